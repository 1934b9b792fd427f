"""Who may invite whom, and what an invitation still opens."""

from uuid import UUID

from django.utils.translation import gettext as _

from community.consent.models import Purpose
from community.foundation import clock, inputs
from community.foundation.errors import Missing, NotAllowed
from community.foundation.registers import look_alikes
from community.joining.models import Invitation
from community.people.models import Person
from community.people.rules import clean_alias
from community.programs.models import Appointment, Cohort, Program
from community.programs.rules import may_appoint, may_enroll


def require_may_invite(person: Person, *, program: Program, cohort: Cohort | None, role: str) -> None:
    """Who may enroll somebody may invite them, who may appoint somebody likewise. Raises NotAllowed."""
    if role:
        wanted = Appointment(person=person, program=program, cohort=cohort, role=role, began=clock.now())
        may_appoint.require(person, wanted)
    elif cohort is None:
        raise NotAllowed
    else:
        may_enroll.require(person, cohort)


def parts_of(invitation: Invitation) -> tuple[Purpose, ...]:
    """What somebody is asked to agree to, in this order."""
    return (Purpose.AGREEMENT,) if invitation.role else (Purpose.AGREEMENT, Purpose.ROOM, Purpose.DUTY)


def subject_of(part: Purpose, invitation: Invitation) -> str:
    """What an agreement is about: the cohort's room, or this place as a whole."""
    return f"cohort:{invitation.cohort_id}" if part == Purpose.ROOM else ""


def clean_name(invitation: Invitation, alias: object, person: Person | None = None) -> str:
    """The name somebody chose for their group, told before anything is made. Raises Invalid at /alias.

    ``person``: who they are, if they are here already.
    """
    words = clean_alias(alias)
    own = person.pk if person else None
    if any(taken(invitation.cohort_id, words, own) for taken in look_alikes if invitation.cohort_id):
        inputs.refuse(
            "/alias",
            "taken",
            _("Somebody in this group already goes by this name, or one like it. Please choose another."),
        )
    return words


def invitation_of(person: Person, invitation_id: UUID) -> Invitation:
    """One that this member of staff may see. Raises Missing."""
    found = Invitation.objects.of_staff(person.pk, clock.now()).to_show().filter(pk=invitation_id).first()
    if found is None:
        raise Missing
    return found

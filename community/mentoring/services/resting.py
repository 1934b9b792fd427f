"""A break: taken and ended by a mentor or staff, and begun by itself where somebody may not go on meeting people.

``by=None`` is the program itself.
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from community.consent.models import ConsentRecord, Purpose
from community.foundation import inputs
from community.foundation.errors import Conflict
from community.mentoring.desk.holding import held, move, require_lead_or_own
from community.mentoring.models import Mentor
from community.mentoring.plans.codes import Action, State
from community.mentoring.rules.standing import agreement_subject, standing_of
from community.people.models import Person

AT_WORK = frozenset({State.ACTIVE, State.RENEWAL_DUE})  # people may walk with them


@transaction.atomic
def pause(*, mentor: Mentor, wishes_cover: object = False, by: Person | None = None) -> Mentor:
    """Take a break: nobody new; with ``wishes_cover`` somebody else stands in where that can be found.

    For the mentor and who runs the program. Raises NotAllowed, Invalid, Conflict. Publishes MentorPaused.
    """
    require_lead_or_own(mentor, by)
    cover = inputs.flag(wishes_cover, at="/wishes_cover")
    row = held(mentor, Action.PAUSE)
    row.wishes_cover = cover
    return move(row, Action.PAUSE, by, "wishes_cover")


@transaction.atomic
def resume(*, mentor: Mentor, by: Person | None = None) -> Mentor:
    """Be back after a break. Raises NotAllowed; Conflict, also while they are in a program themselves, or do not agree

    to what mentors agree to any more. Publishes MentorResumed.
    """
    require_lead_or_own(mentor, by)
    row = held(mentor, Action.RESUME)
    standing = standing_of(row)
    if standing.in_care:
        raise Conflict(_("While somebody is in a program themselves, this waits."), code="in_care")
    if not standing.agreed:
        raise Conflict(_("Agree to today’s words first."), code="agreement")
    row.wishes_cover = False
    return move(row, Action.RESUME, by, "wishes_cover")


@transaction.atomic
def rest_in_care(*, person_id: UUID) -> int:
    """Somebody begins a program anew: as a mentor they take a break, with cover. Returns how many rows that were.

    Publishes MentorPaused.
    """
    return _rest(person_id)


@transaction.atomic
def rest_without_agreement(*, record_id: UUID, person_id: UUID) -> int:
    """Who takes back what mentors agree to takes a break until they agree again. Publishes MentorPaused."""
    record = ConsentRecord.objects.of(person_id).filter(pk=record_id).first()
    if record is None or record.purpose != Purpose.MENTORING:
        return 0
    return _rest(person_id, record.subject)


def _rest(person_id: UUID, subject: str | None = None) -> int:
    """Where they stand is asked of rows that are held: who takes a break in this moment is not in anybody's way."""
    theirs = Mentor.objects.of(person_id).open().order_by("pk")
    asked = [one for one in theirs if subject in {None, agreement_subject(one.program_id)}]
    rests = [row for row in (Mentor.objects.locked_one(one.pk) for one in asked) if row.state in AT_WORK]
    for row in rests:
        row.wishes_cover = True
        move(row, Action.PAUSE, None, "wishes_cover")
    return len(rests)

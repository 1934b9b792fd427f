"""What staff may invite to."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.foundation import clock
from community.foundation.errors import NotAllowed
from community.foundation.registers import Reminder
from community.joining.models import Invitation
from community.joining.rules import require_may_invite
from community.joining.services import Place
from community.people.models import Person
from community.programs.models import Cohort, Program, StaffRole

SOON = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One line of the list: what a form sends, what a person reads, and where it leads."""

    value: str
    label: str
    place: Place


def places_for(person: Person) -> list[Choice]:
    """Cohorts this person may enroll into, then the work they may give, in the order it is read."""
    now = clock.now()
    cohorts = Cohort.objects.of_staff(person.pk, now).select_related("program").order_by("name", "pk")
    found = [
        Choice(value=f"cohort:{one.pk}", label=one.name, place=Place(program=one.program, cohort=one))
        for one in cohorts
        if one.ends is None or one.ends >= clock.today(one.zone)
    ]
    for program in Program.objects.run_by(person.pk, now).order_by("name"):
        found += [_work(program, role) for role in StaffRole if _may_give(person, program, role)]
    return found


def _work(program: Program, role: StaffRole) -> Choice:
    label = f"{program.name}: {role.label}"
    return Choice(value=f"{role.value}:{program.pk}", label=label, place=Place(program=program, role=role))


def _may_give(person: Person, program: Program, role: StaffRole) -> bool:
    try:
        require_may_invite(person, program=program, cohort=None, role=role)
    except NotAllowed:
        return False
    return True


def ending_soon(person: Person, now: datetime) -> list[Reminder]:
    """Invitations of this person's that nobody has used and that end within two days, as one reminder."""
    count = Invitation.objects.of_staff(person.pk, now).usable(now).filter(expires__lte=now + SOON).count()
    if not count:
        return []
    says = ngettext(
        "%(count)d invitation is good for two days at most, and nobody has come in with it yet.",
        "%(count)d invitations are good for two days at most, and nobody has come in with them yet.",
        count,
    )
    return [Reminder(icon="mail", title=_("Invitations"), says=says % {"count": count}, link="invitations")]

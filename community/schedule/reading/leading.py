"""When people lead a group, so that a roster can warn: who leads cannot read at the same time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from community.foundation import clock
from community.programs.models import Appointment, Cohort
from community.programs.times import sessions
from community.schedule.models import Shift

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Lead:
    """Somebody who leads a group, from and until."""

    person: UUID
    begins: datetime
    ends: datetime
    cohort: str


def leading(people: Collection[UUID], shifts: Sequence[Shift]) -> list[Lead]:
    """When these people lead a group on the days of these shifts.

    Who is appointed to a cohort leads it; where nobody is, who leads all groups of its program does.
    """
    if not people:
        return []
    held = Appointment.objects.live(clock.now()).leading()
    programs = set(held.filter(person__in=list(people)).values_list("program", flat=True))
    leads = list(held.filter(program__in=programs))
    first, last = min(one.begins for one in shifts), max(one.ends for one in shifts)
    going_on = Cohort.objects.filter(Q(ends=None) | Q(ends__gte=first.date() - DAY), program__in=programs)
    found: list[Lead] = []
    for cohort in going_on.prefetch_related("slots"):
        own = {one.person_id for one in leads if one.cohort_id == cohort.pk}
        whole = {one.person_id for one in leads if one.cohort_id is None and one.program_id == cohort.program_id}
        for person in (own or whole) & set(people):
            found += [Lead(person, begins, ends, cohort.name) for begins, ends in _times(cohort, first, last)]
    return found


def _times(cohort: Cohort, first: datetime, last: datetime) -> list[tuple[datetime, datetime]]:
    since = first.astimezone(ZoneInfo(cohort.zone)).date() - DAY
    days = (last - first) // DAY + 3
    met = sessions(cohort.slots.all(), zone=cohort.zone, first=cohort.starts, last=cohort.ends, since=since, days=days)
    return [(one.begins, one.ends) for one in met]

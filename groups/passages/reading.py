"""What stays open to somebody whose time in a program ended."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from community.foundation import clock
from community.people.models import Person
from community.programs.models import Enrollment
from groups.membership.models import Group, Membership
from groups.passages.models import Leaving, Then
from groups.passages.rules import kept_for

#: So long after the end it is shown to who holds no seat: help and asking to come back need none.
SHOWN_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """A time in a program that ended. ``until``, a day in their zone, and ``then`` say how long a seat on its way out

    stays, and what follows; None, there is no such seat any more.
    """

    cohort: str
    until: date | None = None
    then: Then | None = None


def parted(person: Person, *, seats: Sequence[Membership]) -> Parted | None:
    """The time that ended last, while its seat is on its way out or, without any seat, for 90 days.

    ``seats``: all that they hold today. One question, and none where no seat is on its way out.
    """
    if seats:
        if all(seat.writes_until is None for seat in seats):
            return None
        leaving = Leaving.objects.open().of(person.pk).to_show().order_by("-enrollment__ended", "-due").first()
        return _with_seat(leaving, person) if leaving else None
    since = clock.today(person.zone) - SHOWN_FOR
    last = Enrollment.objects.of(person.pk).ended_since(since).select_related("cohort").order_by("-ended").first()
    return Parted(cohort=last.cohort.name) if last else None


def kept_beside(seats: Sequence[Membership], *, person: Person, cohorts: Collection[UUID]) -> list[Group]:
    """Rooms where a seat waits for them (rules.py), beside all they hold today; ``cohorts`` are those they are in.

    Asked only where one of these has no seat, or they hold none at all.
    """
    if seats and set(cohorts) <= {seat.group.cohort_id for seat in seats}:
        return []
    return list(kept_for(person.pk))


def _with_seat(leaving: Leaving, person: Person) -> Parted:
    until = leaving.due.astimezone(ZoneInfo(person.zone)).date()
    return Parted(cohort=leaving.enrollment.cohort.name, until=until, then=Then(leaving.then))

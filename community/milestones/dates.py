"""The date rules of milestones, all of them. Pure: no database, no clock of its own, nothing stored.

A start is a calendar date and day 0. Months and years are counted from the start each time, never from the one before,
and end with the month where it is shorter: 31 January and one month is 28 February, and two months 31 March again.
"Today" is the date where the person lives. A day is due from its date on, so that one which a zone skips is not lost.
"""

from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from heapq import merge
from types import MappingProxyType
from zoneinfo import ZoneInfo

from community.foundation import clock
from community.milestones.ladders import Ladder, Step, Unit

START_YEARS = range(1900, 2101)  # a start outside was mistyped
GRACE = 3  # days a celebration may be late
QUIET_FROM, QUIET_UNTIL = time(21), time(9)  # on the wall where the person lives
IN_DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7}
IN_MONTHS = {Unit.MONTHS: 1, Unit.YEARS: 12}


class Sharing(StrEnum):
    """Who hears of a milestone: nobody is asked or told, the person alone, or the groups they chose."""

    OFF = "off"
    PRIVATE = "private"
    GROUP = "group"


class Audience(StrEnum):
    NONE = "none"
    SELF = "self"
    GROUP = "group"


AS_IT_COMES: Mapping[Step, date] = MappingProxyType({})
AUDIENCE = {Sharing.OFF: Audience.NONE, Sharing.PRIVATE: Audience.SELF, Sharing.GROUP: Audience.GROUP}


def due_on(start: date, step: Step) -> date:
    """The date a step is reached. Raises OverflowError beyond the year 9999."""
    if step.unit in IN_DAYS:
        return start + timedelta(days=step.number * IN_DAYS[step.unit])
    years, month = divmod(start.month - 1 + step.number * IN_MONTHS[step.unit], 12)
    year, month = start.year + years, month + 1
    if year > date.max.year:
        raise OverflowError
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def local_day(moment: datetime, zone: str) -> date:
    """The date of a moment where the person lives."""
    return moment.astimezone(ZoneInfo(zone)).date()


def post_not_before(now: datetime, zone: str) -> datetime:
    """When something may be posted: now, or after quiet hours at nine in the morning, in UTC."""
    place = ZoneInfo(zone)
    there = now.astimezone(place)
    if QUIET_UNTIL <= there.time() < QUIET_FROM:
        return now.astimezone(UTC)
    morning = there.date() + timedelta(days=there.time() >= QUIET_FROM)
    return max(clock.on_the_wall(morning, QUIET_UNTIL, place).astimezone(UTC), now.astimezone(UTC))


@dataclass(frozen=True, slots=True)
class Path:
    """A start, and how far it has come: ``count`` whole days, the steps reached, and the one that comes next."""

    start: date
    today: date
    reached: tuple[Step, ...]
    next: Step | None
    ladder: Ladder

    @property
    def started(self) -> bool:
        return self.start <= self.today

    @property
    def count(self) -> int:
        """Whole days since the start; 0 on the day itself and before."""
        return max((self.today - self.start).days, 0)


def path(start: date, ladder: Ladder, today: date) -> Path:
    """How far a start has come. What was due before it was entered is reached all the same."""
    reached: list[Step] = []
    for step in in_order(start, ladder):
        if due_on(start, step) > today:
            return Path(start, today, tuple(reached), step, ladder)
        reached.append(step)
    return Path(start, today, tuple(reached), None, ladder)


def in_order(start: date, ladder: Ladder) -> Iterator[Step]:
    """The steps by their dates from this start: two months may be fewer days than sixty, or more."""

    def due(step: Step) -> date:
        return due_on(start, step)

    return merge(sorted(ladder.steps, key=due), ladder.further, key=due)


def to_celebrate(
    way: Path,
    *,
    entered: date,
    announced: Collection[Step] = (),
    suppressed: Collection[Step] = (),
    put_off: Mapping[Step, date] = AS_IT_COMES,
    grace: int = GRACE,
) -> Step | None:
    """The one step that may be celebrated today, or none: at most one a path and day, whatever was reached.

    It is the latest that is due on or after the day the start was ``entered``, at most ``grace`` days late, not
    ``suppressed`` by the person, not ``announced``, and later than all that were. A step that was put into the ladder
    later counts from that day on. One that the person ``put_off`` comes on the day they chose, and is late after that.
    """
    last = max((due_on(way.start, step) for step in announced), default=date.min)
    for step in reversed(way.reached):
        due = due_on(way.start, step)
        late = (way.today - put_off.get(step, due)).days
        fresh = due >= max(entered, way.ladder.since(step)) and 0 <= late <= grace
        if fresh and step not in suppressed and step not in announced and due > last:
            return step
    return None

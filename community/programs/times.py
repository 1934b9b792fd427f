"""When a group meets: weekly slots in a zone, turned into real moments. Pure: no database, no clock of its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from community.foundation import clock

DAY = timedelta(days=1)
AHEAD = 9  # days: yesterday's session may still run, and each weekday comes once in the eight that follow


class Weekly(Protocol):
    """A slot of the week: Monday is 0, ``starts`` is on the clock of the place, ``minutes`` long."""

    @property
    def weekday(self) -> int: ...
    @property
    def starts(self) -> time: ...
    @property
    def minutes(self) -> int: ...


@dataclass(frozen=True, slots=True, order=True)
class ClinicSession:
    """One time the group meets, from and until, on the clock of the place."""

    begins: datetime
    ends: datetime


def ends_at(slot: Weekly) -> time:
    """What the clock on the wall is to show at the end; 0:00 where that is the end of the day."""
    until = slot.starts.hour * 60 + slot.starts.minute + slot.minutes
    return time(until // 60 % 24, until % 60)


def session_of(slot: Weekly, day: date, zone: ZoneInfo) -> ClinicSession:
    begins = clock.on_the_wall(day, slot.starts, zone)
    ends = (begins.astimezone(UTC) + timedelta(minutes=slot.minutes)).astimezone(zone)
    return ClinicSession(begins, ends)


def sessions(
    slots: Iterable[Weekly], *, zone: str, first: date, last: date | None, since: date, days: int
) -> Iterator[ClinicSession]:
    """The sessions on ``days`` calendar days from ``since``, none before ``first`` or after ``last``."""
    slots, place = list(slots), ZoneInfo(zone)
    for ahead in range(days):
        day = since + ahead * DAY
        if first <= day and (last is None or day <= last):
            yield from (session_of(slot, day, place) for slot in slots if slot.weekday == day.weekday())


def next_session(
    slots: Iterable[Weekly], *, zone: str, first: date, last: date | None, now: datetime
) -> ClinicSession | None:
    """The session that runs at ``now``, else the next one; None when there is none to come."""
    since = max(first, now.astimezone(ZoneInfo(zone)).date() - DAY)
    found = sessions(slots, zone=zone, first=first, last=last, since=since, days=AHEAD)
    return min((one for one in found if one.ends > now), default=None)


def weekly_minutes(slots: Iterable[Weekly]) -> int:
    return sum(slot.minutes for slot in slots)


def hours_advice(minutes: int, usual: tuple[int, int]) -> str | None:
    """ "few" or "many" where the minutes of a week are outside what is usual; nothing planned needs no advice."""
    least, most = (hours * 60 for hours in usual)
    if 0 < minutes < least:
        return "few"
    return "many" if minutes > most else None

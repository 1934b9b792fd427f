"""When two people are both free, in the coming week, as it really comes: over midnight, zones and changed clocks."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from community.foundation import clock
from community.matching.facts import Window

WEEK = timedelta(days=7)
type Span = tuple[datetime, datetime]


def together(mine: Iterable[Window], theirs: Iterable[Window], week_of: datetime) -> list[Span]:
    """The times both have, in UTC, in the seven days from ``week_of``. Raises ValueError for a zone nobody knows."""
    ours, others = spans(mine, week_of), spans(theirs, week_of)
    found: list[Span] = []
    here = there = 0
    while here < len(ours) and there < len(others):
        begin, end = max(ours[here][0], others[there][0]), min(ours[here][1], others[there][1])
        if begin < end:
            found.append((begin, end))
        if ours[here][1] <= others[there][1]:
            here += 1
        else:
            there += 1
    return found


def minutes(found: Iterable[Span]) -> int:
    """How long these are in all, in whole minutes."""
    return sum((end - begin for begin, end in found), timedelta()) // timedelta(minutes=1)


def spans(windows: Iterable[Window], week_of: datetime) -> list[Span]:
    """When these windows are in the seven days from ``week_of``, in UTC and in order, each moment once."""
    first, last = week_of.astimezone(UTC), week_of.astimezone(UTC) + WEEK
    found: list[Span] = []
    for window in windows:
        place = _place(window.zone)
        day = first.astimezone(place).date() - timedelta(days=1)
        for _day in range(9):
            if day.weekday() == window.weekday:
                until = day + timedelta(days=window.end <= window.start)
                begin = clock.on_the_wall(day, time(*divmod(window.start, 60)), place).astimezone(UTC)
                end = clock.on_the_wall(until, time(*divmod(window.end, 60)), place).astimezone(UTC)
                found.append((max(begin, first), min(end, last)))
            day += timedelta(days=1)
    return _merged(sorted(span for span in found if span[0] < span[1]))


def _merged(found: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for begin, end in found:
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


def _place(zone: str) -> ZoneInfo:
    try:
        return ZoneInfo(zone)
    except (KeyError, OSError, ValueError) as error:
        raise ValueError(f"there is no zone {zone!a}") from error

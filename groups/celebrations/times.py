"""When to look at a count again. Pure: no database, no clock of its own."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from community.foundation import clock
from community.milestones.dates import QUIET_UNTIL, due_on, in_order, post_not_before
from community.milestones.ladders import PRESETS, Scheme, Step

#: The days a person counts themselves are celebrated; weeks in a program pass quietly.
LADDER = PRESETS[Scheme.ABSTINENCE]
DAY = timedelta(days=1)


def ahead(start: date, entered: date) -> Iterator[tuple[Step, date]]:
    """The steps that may be celebrated, with their days: none that was due before the start was entered."""
    return ((step, due_on(start, step)) for step in in_order(start, LADDER) if due_on(start, step) >= entered)


def morning(day: date, zone: str) -> datetime:
    """Nine in the morning of a day where the person lives, in UTC."""
    return clock.on_the_wall(day, QUIET_UNTIL, ZoneInfo(zone)).astimezone(UTC)


def is_quiet(now: datetime, zone: str) -> bool:
    return post_not_before(now, zone) > now


def to_ask(start: date, entered: date, today: date) -> tuple[Step, date] | None:
    """What is asked about today: the step of tomorrow, or of this very day."""
    coming = next(((step, day) for step, day in ahead(start, entered) if day >= today), None)
    return coming if coming is not None and coming[1] <= today + DAY else None


def next_look(start: date, entered: date, zone: str, now: datetime) -> datetime:
    """The next morning on which there is something to ask or to post: the day before a step, or its day."""
    return next(
        at for _step, day in ahead(start, entered) for at in (morning(day - DAY, zone), morning(day, zone)) if at > now
    )

"""When to look at a count again. Pure: no database, no clock of its own."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from community.foundation import clock
from community.milestones.dates import QUIET_UNTIL, due_on, in_order, post_not_before
from community.milestones.ladders import Ladder, Step

DAY = timedelta(days=1)
FAR = timedelta(days=365)
PUT_OFF_MOST = timedelta(days=14)  # MATCHING.md 4c: who is asked may share it later


def ahead(start: date, entered: date, ladder: Ladder) -> Iterator[tuple[Step, date]]:
    """The steps that may be celebrated, with their days.

    None that was due before the start was entered, or before the step was put into the ladder.
    """
    days = ((step, due_on(start, step)) for step in in_order(start, ladder))
    return ((step, day) for step, day in days if day >= max(entered, ladder.since(step)))


def morning(day: date, zone: str) -> datetime:
    """Nine in the morning of a day where the person lives, in UTC."""
    return clock.on_the_wall(day, QUIET_UNTIL, ZoneInfo(zone)).astimezone(UTC)


def day_of_life(due: date, zone: str) -> date:
    """The day on which to look for a sign of life: the day itself, or the next where a place left it out."""
    return morning(due, zone).astimezone(ZoneInfo(zone)).date()


def is_quiet(now: datetime, zone: str) -> bool:
    return post_not_before(now, zone) > now


def to_ask(start: date, entered: date, ladder: Ladder, today: date) -> tuple[Step, date] | None:
    """What is asked about today: the step of tomorrow, or of this very day."""
    coming = next(((step, day) for step, day in ahead(start, entered, ladder) if day >= today), None)
    return coming if coming is not None and coming[1] <= today + DAY else None


def latest_day(start: date, ladder: Ladder, due: date) -> date:
    """The last day to which sharing a step may be put off: two weeks, and before the next step is reached.

    So no card says less than what has been reached by then.
    """
    days = (due_on(start, step) for step in in_order(start, ladder))
    following = next((day for day in days if day > due), None)
    most = due + PUT_OFF_MOST
    return most if following is None else min(most, following - DAY)


def next_look(start: date, entered: date, ladder: Ladder, zone: str, now: datetime) -> datetime:
    """The next morning on which there is something to ask or to post: the day before a step, or its day.

    Where no step is to come, in a year; a ladder that changes has its counts looked at anew.
    """
    days = (day for _step, day in ahead(start, entered, ladder))
    mornings = (at for day in days for at in (morning(day - DAY, zone), morning(day, zone)))
    return next((at for at in mornings if at > now), now + FAR)

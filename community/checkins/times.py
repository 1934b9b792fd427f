"""When a day of check-ins begins and ends, and which days may still be filled in. Pure: no table, no clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from community.foundation.clock import on_the_wall

DAY_BEGINS = time(3)  # PRODUCT.md 3.7: who is still awake at two has not begun the next day
BACK = 7  # days before today that may be filled in
MIDNIGHT, MOMENT = time(0), timedelta(seconds=1)


def day_of(moment: datetime, zone: str) -> date:
    """The day it is for somebody in ``zone``: until three in the morning it is still the day before.

    Where a clock is put back over three o'clock, the day that has begun goes on.
    """
    local = moment.astimezone(ZoneInfo(zone))
    today = local.date()
    if local.time() >= DAY_BEGINS or moment.astimezone(UTC) >= on_the_wall(today, DAY_BEGINS, ZoneInfo(zone)):
        return today
    return day_before(today, zone)


def begins(day: date, zone: str) -> datetime:
    """The moment a day begins, in UTC: at three in the morning."""
    return on_the_wall(day, DAY_BEGINS, ZoneInfo(zone)).astimezone(UTC)


def day_before(day: date, zone: str) -> date:
    """The day before; a date that a place left out of its calendar was none."""
    began = on_the_wall(day, MIDNIGHT, ZoneInfo(zone)).astimezone(UTC)
    return (began - MOMENT).astimezone(ZoneInfo(zone)).date()


def open_days(today: date) -> list[date]:
    """The days that may be filled in, the newest first."""
    return [today - timedelta(days=back) for back in range(BACK + 1)]


def next_time(at: time, zone: str, now: datetime) -> datetime:
    """The next moment after ``now``, in UTC, at which the clock of ``zone`` shows ``at``."""
    today = now.astimezone(ZoneInfo(zone)).date()
    moments = (on_the_wall(today + timedelta(days=ahead), at, ZoneInfo(zone)).astimezone(UTC) for ahead in range(3))
    return next(moment for moment in moments if moment > now)

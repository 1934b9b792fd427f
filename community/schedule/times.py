"""Moments as a roster and a room say them. Pure."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from community.foundation import clock
from community.foundation.times import clock_time, weekday_words

NEAR = timedelta(days=6)


def when_words(moment: datetime, zone: str, now: datetime) -> str:
    """ "8pm" of today, "Tuesday at 8am" of the next days, "Tuesday, November 17 at 8am" after those."""
    local, today = moment.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    if local.date() == today:
        return clock_time(local)
    near = pgettext("a day of this week, Django date format", "l")
    day = formats.date_format(local, near) if local.date() - today <= NEAR else weekday_words(local)
    return _("%(day)s at %(time)s") % {"day": day, "time": clock_time(local)}


def stretch_words(begins: datetime, ends: datetime, zone: str) -> str:
    """ "6pm to 9pm", on the clock of ``zone``."""
    first, last = begins.astimezone(ZoneInfo(zone)), ends.astimezone(ZoneInfo(zone))
    return _("%(begins)s to %(ends)s") % {"begins": clock_time(first), "ends": clock_time(last)}


def week_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def days_from(first: date, zone: str, days: int) -> tuple[datetime, datetime]:
    """From when to when some days last that begin with ``first``, on the clock of ``zone``."""
    place = ZoneInfo(zone)
    return tuple(  # type: ignore[return-value] # two of them
        clock.on_the_wall(first + timedelta(days=ahead), datetime.min.time(), place) for ahead in (0, days)
    )

"""Times as people say them, in the language that is active. Each moment comes in the zone of who reads."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from community.foundation import clock

NEAR_ZONES = (
    ("America/New_York", gettext_lazy("Eastern")),
    ("America/Chicago", gettext_lazy("Central")),
    ("America/Denver", gettext_lazy("Mountain")),
    ("America/Phoenix", gettext_lazy("Arizona")),
    ("America/Los_Angeles", gettext_lazy("Pacific")),
    ("America/Anchorage", gettext_lazy("Alaska")),
    ("Pacific/Honolulu", gettext_lazy("Hawaii")),
    ("America/Puerto_Rico", gettext_lazy("Puerto Rico")),
)


def clock_time(moment: datetime | time) -> str:
    """ "6pm", "7:30pm"."""
    hour, half = moment.hour % 12 or 12, "am" if moment.hour < 12 else "pm"
    return f"{hour}:{moment.minute:02}{half}" if moment.minute else f"{hour}{half}"


def day_words(moment: datetime) -> str:
    """ "Today", "Yesterday", "Tuesday, November 17", and the year where it is another."""
    today = clock.now().astimezone(moment.tzinfo).date()
    if moment.date() >= today:
        return _("Today")
    if moment.date() == today - timedelta(days=1):
        return _("Yesterday")
    day = weekday_words(moment)
    return day if moment.year == today.year else _("{day}, {year}").format(day=day, year=moment.year)


def weekday_words(day: date) -> str:
    """ "Tuesday, November 17"; for days near by."""
    return formats.date_format(day, pgettext("day heading, Django date format", "l, F j"))


def date_words(day: date) -> str:
    """ "November 17", and the year where it is another."""
    if day.year == clock.now().year:
        return formats.date_format(day, pgettext("a day of this year, Django date format", "F j"))
    return formats.date_format(day, pgettext("a day of another year, Django date format", "F j, Y"))


def at_words(at: datetime, zone: str) -> str:
    """ "November 17, 2:04pm", on the clock of who reads."""
    local = at.astimezone(ZoneInfo(zone))
    return _("%(day)s, %(time)s") % {"day": date_words(local.date()), "time": clock_time(local)}


def zone_words(zone: str) -> str:
    """ "Eastern"; a zone that has no short word goes by its own name, as "Europe/Lisbon"."""
    return str(dict(NEAR_ZONES).get(zone, zone.replace("_", " ")))

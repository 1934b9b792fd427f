"""What pages show of check-ins: days in words, the last weeks as a picture, and with whom a day can be shared."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from uuid import UUID

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from community.checkins.models import CheckIn, Weather
from community.checkins.rules import shared_with, today_of
from community.foundation import clock
from community.foundation.crisis import line_to_call
from community.foundation.registers import Further
from community.foundation.times import date_words, weekday_words
from community.people.models import Person
from community.programs.models import Appointment, Enrollment

WEEKS = 4
SHOWN = WEEKS * 7  # days in one picture
STEP, RISE = 12, 32  # of the picture: how wide a day is, how tall a weather
ICONS = {
    Weather.STRUGGLING: "cloud-lightning",
    Weather.LOW: "cloud-rain",
    Weather.OKAY: "cloud",
    Weather.STEADY: "cloud-sun",
    Weather.GOOD: "sun",
}


def day_title(day: date, today: date) -> str:
    """ "Today", "Yesterday", "Tuesday, November 17", and the year where it is another."""
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    return capfirst(weekday_words(day) if day.year == today.year else date_words(day))


def which_day(day: date, today: date) -> str:
    """ "Yesterday: Tuesday, November 17": for who has to choose between days."""
    return _("{day}: {date}").format(day=day_title(day, today), date=weekday_words(day))


@dataclass(frozen=True, slots=True)
class Row:
    """One day in words. ``today`` is the reader's own, or its person's where it was shared."""

    check_in: CheckIn
    today: date

    @property
    def title(self) -> str:
        return day_title(self.check_in.day, self.today)

    @property
    def short(self) -> str:
        """ "Today", "Tue, Nov 17": for a column of days."""
        if self.is_today:
            return self.title
        return formats.date_format(self.check_in.day, pgettext("a day in a column, Django date format", "D, M j"))

    @property
    def weather(self) -> str:
        return str(Weather(self.check_in.weather).label)

    @property
    def icon(self) -> str:
        return ICONS[Weather(self.check_in.weather)]

    @property
    def is_today(self) -> bool:
        return self.check_in.day == self.today

    @property
    def facts(self) -> list[str]:
        """What else was said, a sentence a part; the note stands apart."""
        one = self.check_in
        parts = [one.get_connection_display()]
        if one.sleep:
            parts.append(_("Sleep: {hours}").format(hours=one.get_sleep_display().lower()))
        if one.craving is not None:
            parts.append(_("Craving %(number)d of 10") % {"number": one.craving})
        return [str(part) for part in parts if part]


@dataclass(frozen=True, slots=True)
class Dot:
    x: int
    y: int
    weather: str


@dataclass(frozen=True)
class Weeks:
    """Four weeks of one person, ``back`` times four weeks before the ones that end today.

    Nothing begins before the first day they said anything of. Days without a word are left out, of the picture and of
    the table: nobody is shown what they did not do.
    """

    person: Person
    back: int = 0

    @cached_property
    def today(self) -> date:
        return today_of(self.person)

    @property
    def last(self) -> date:
        return self.today - timedelta(days=self.back * SHOWN)

    @property
    def first(self) -> date:
        """The first day of these weeks, or of all that was ever said, if that is later."""
        opens = self.last - timedelta(days=SHOWN - 1)
        return max(opens, min(self.begun, self.last)) if self.begun else opens

    @cached_property
    def begun(self) -> date | None:
        """The first day that was ever said anything of."""
        return CheckIn.objects.of(self.person.pk).order_by("day").values_list("day", flat=True).first()

    @property
    def title(self) -> str:
        if not self.back:
            return _("Since {day}").format(day=date_words(self.first))
        return _("{first} to {last}").format(first=date_words(self.first), last=date_words(self.last))

    @cached_property
    def rows(self) -> list[Row]:
        found = CheckIn.objects.of(self.person.pk).between(self.first, self.last).to_show().newest_first()
        return [Row(one, self.today) for one in found]

    @property
    def any_earlier(self) -> bool:
        return self.begun is not None and self.begun < self.first

    @cached_property
    def dots(self) -> list[Dot]:
        heights = {weather: height for height, weather, _label in self.levels}
        return [
            Dot(STEP // 2 + (one.day - self.first).days * STEP, heights[one.weather], one.weather)
            for one in (row.check_in for row in reversed(self.rows))
        ]

    @property
    def lines(self) -> list[tuple[Dot, Dot]]:
        """From one day to the very next."""
        return [(one, other) for one, other in pairwise(self.dots) if other.x - one.x == STEP]

    @property
    def width(self) -> int:
        return SHOWN * STEP

    @property
    def height(self) -> int:
        return len(Weather) * RISE

    @property
    def levels(self) -> list[tuple[int, str, str]]:
        """How high each weather stands, and its word; the brightest on top."""
        brightest_first = list(Weather)[::-1]
        return [(RISE // 2 + place * RISE, one.value, str(one.label)) for place, one in enumerate(brightest_first)]


@dataclass(frozen=True, slots=True)
class Way:
    """One way a day can be shared: with who leads the group of one of my episodes."""

    enrollment: Enrollment
    leads: tuple[str, ...]
    shared: bool

    @property
    def names(self) -> str:
        return ", ".join(self.leads)


def ways_of(check_in: CheckIn) -> list[Way]:
    """Whom its person may share it with, or shares it with, an episode each; in two questions. Needs ``to_show()``."""
    episodes = list(Enrollment.objects.open().of(check_in.person_id).select_related("cohort").order_by("began", "pk"))
    programs = {one.cohort.program_id for one in episodes}
    held = Appointment.objects.live(clock.now()).leading().filter(program__in=programs).select_related("person")
    leaders = list(held.exclude(person=check_in.person_id).order_by("began", "pk"))
    shared = {one.enrollment_id for one in check_in.shares.all()}
    ways = []
    for episode in episodes:
        cohorts: set[UUID | None] = {None, episode.cohort_id}
        theirs = [one for one in leaders if one.program_id == episode.program_id and one.cohort_id in cohorts]
        if theirs:
            names = tuple(dict.fromkeys(one.person.alias for one in theirs))
            ways.append(Way(episode, names, episode.pk in shared))
    return ways


def number_to_call() -> str:
    """The first number on Get help now that somebody can call and that is not for emergencies alone; often 988."""
    line = line_to_call()
    return line.tel if line else ""


def shared_at_the_desk(viewer: Person, enrollment_id: UUID) -> list[Further]:
    """What the desk shows who leads a cohort, where somebody shared a day with them."""
    episode = Enrollment.objects.select_related("person").filter(pk=enrollment_id).first()
    count = shared_with(viewer, episode).count() if episode else 0
    if not count:
        return []
    title = ngettext("%(count)d day they shared with you", "%(count)d days they shared with you", count)
    return [Further(icon="sun", title=title % {"count": count}, link="desk_check_ins")]

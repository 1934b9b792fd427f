"""What pages show of cohorts, in words and on the clock of the place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst, get_text_list
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.times import clock_time, date_words, weekday_words
from community.programs.models import Appointment, Cohort, Slot, Weekday
from community.programs.times import ends_at, sessions


@dataclass(frozen=True, slots=True)
class CohortRow:
    """A cohort in a list at ``now``. Needs ``with_people()`` and ``to_show()``."""

    cohort: Cohort
    now: datetime

    @property
    def people(self) -> int:
        return int(getattr(self.cohort, "people", 0))

    @property
    def people_words(self) -> str:
        about = {"people": self.people, "capacity": self.cohort.capacity}
        return (
            ngettext(
                "%(people)d of %(capacity)d place taken",
                "%(people)d of %(capacity)d places taken",
                self.cohort.capacity,
            )
            % about
        )

    @property
    def next(self) -> str:
        return next_words(self.cohort, self.now)

    @property
    def first_day(self) -> str:
        return date_words(self.cohort.starts)

    @property
    def last_day(self) -> str:
        return date_words(self.cohort.ends) if self.cohort.ends else ""

    @property
    def is_over(self) -> bool:
        return (
            self.cohort.ends is not None and self.cohort.ends < self.now.astimezone(ZoneInfo(self.cohort.zone)).date()
        )


def leads_in(cohorts: Iterable[Cohort]) -> dict[UUID, tuple[str, ...]]:
    """Who leads each cohort today, first appointed first."""
    cohorts = list(cohorts)
    wanted = Q(cohort__in=cohorts) | Q(cohort=None, program__in=[cohort.program_id for cohort in cohorts])
    held = (
        Appointment.objects.live(clock.now()).leading().filter(wanted).select_related("person").order_by("began", "pk")
    )
    found: dict[UUID, tuple[str, ...]] = {cohort.pk: () for cohort in cohorts}
    for one in held if cohorts else ():
        for cohort in cohorts:
            if one.cohort_id == cohort.pk or (one.cohort_id is None and one.program_id == cohort.program_id):
                found[cohort.pk] = (*found[cohort.pk], one.person.alias)
    return found


def next_words(cohort: Cohort, now: datetime) -> str:
    """ "Tuesday, November 17, 6pm", or that it meets right now; empty when nothing is to come."""
    session = cohort.next_session(now)
    if session is None:
        return ""
    if session.begins <= now:
        return _("meeting now, until %(time)s") % {"time": clock_time(session.ends)}
    return f"{weekday_words(session.begins.date())}, {clock_time(session.begins)}"


def slot_words(slot: Slot) -> str:
    """ "Tuesday, 6pm to 9pm"."""
    return _("%(day)s, %(begins)s to %(ends)s") % {
        "day": capfirst(Weekday(slot.weekday).label),
        "begins": clock_time(slot.starts),
        "ends": clock_time(ends_at(slot)),
    }


def usual_week(cohort: Cohort, zone: str) -> tuple[str, ...]:
    """When it meets in an ordinary week, Monday first, on the clock of ``zone``."""
    first = max(clock.today(cohort.zone), cohort.starts)
    week = sessions(cohort.slots.all(), zone=cohort.zone, first=first, last=None, since=first, days=7)
    there = ZoneInfo(zone)
    times = [(one.begins.astimezone(there), one.ends.astimezone(there)) for one in week]
    return week_words(sorted(times, key=lambda time: (time[0].weekday(), time[0].time())))


def week_words(times: Iterable[tuple[datetime, datetime]]) -> tuple[str, ...]:
    """Times of one week in words, a line where the hours are the same: "Tuesday and Thursday, 6pm to 9pm"."""
    hours: dict[tuple[str, str], set[int]] = {}
    for begins, ends in times:
        hours.setdefault((clock_time(begins), clock_time(ends)), set()).add(begins.weekday())
    return tuple(
        _("{days}, {begins} to {ends}").format(days=_named(days), begins=begins, ends=ends)
        for (begins, ends), days in hours.items()
    )


def _named(days: set[int]) -> str:
    """Days of the week (Monday is 0) in words; only English writes each with a capital."""
    words = get_text_list([str(WEEKDAYS[day]) for day in sorted(days)], _("and"))
    return words if (get_language() or "en").startswith("en") else words.capitalize()


def advice(cohort: Cohort) -> str:
    """One sentence about the hours of a week, where they are not what is usual. It stops nobody."""
    least, most = cohort.program.profile.weekly_hours
    about = {"hours": f"{cohort.weekly_minutes / 60:.1f}".removesuffix(".0"), "least": least, "most": most}
    match cohort.hours_advice:
        case "few":
            return (
                _("%(hours)s hours a week. Usual are %(least)s to %(most)s; fewer can be right near the end.") % about
            )
        case "many":
            return (
                _("%(hours)s hours a week. Usual are %(least)s to %(most)s; more can be hard beside work and home.")
                % about
            )
    return ""

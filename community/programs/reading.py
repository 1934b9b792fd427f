"""What pages show of cohorts, of the people in them and of who works there, in words and on the clock of the place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.foundation import clock
from community.foundation.times import clock_time, date_words, weekday_words
from community.people.models import Person
from community.people.querysets import PersonQuerySet
from community.people.rules import look_alike
from community.programs.models import (
    Appointment,
    Cohort,
    Enrollment,
    Farewell,
    Outcome,
    PhaseKind,
    Program,
    Slot,
    StaffRole,
    Weekday,
)
from community.programs.times import ends_at

LAST_SECOND = timedelta(seconds=1)


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


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody's time in a cohort, by the name they chose. Needs ``to_show()``, and ``with_phase()`` for that."""

    enrollment: Enrollment

    @property
    def alias(self) -> str:
        return self.enrollment.person.alias

    @property
    def card_name(self) -> str:
        """What staff called them on their card, where that is another name: for who leads them alone."""
        name = self.enrollment.card_name
        return "" if any(look_alike(name, one) for one in (self.alias, self.enrollment.known_as)) else name

    @property
    def hue(self) -> int:
        """Which of the twelve pebble colors stands for this person among staff."""
        return self.enrollment.person_id.bytes[0] % 12

    @property
    def shape(self) -> int:
        """Which of the three pebble shapes."""
        return self.enrollment.person_id.bytes[1] % 3

    @property
    def phase(self) -> str:
        kind = getattr(self.enrollment, "phase", None)
        return str(PhaseKind(kind).label) if kind else ""

    @property
    def began(self) -> str:
        return date_words(self.enrollment.began)

    @property
    def ended(self) -> str:
        return date_words(self.enrollment.ended) if self.enrollment.ended else ""

    @property
    def away(self) -> str:
        return self._local(self.enrollment.away_since)

    @property
    def asked(self) -> str:
        return self._local(self.enrollment.asked_back)

    @property
    def farewell(self) -> str:
        """What the group is told at the end, as the person chose."""
        if self.enrollment.farewell == Farewell.LINE:
            return _("“%(name)s's time in this group has ended.”") % {"name": self.enrollment.known_as}
        return _("Nothing") if self.enrollment.farewell else _("Nothing, as long as they choose nothing")

    def _local(self, moment: datetime | None) -> str:
        return date_words(moment.astimezone(ZoneInfo(self.enrollment.cohort.zone)).date()) if moment else ""


def card_name_for(viewer: Person, person: Person) -> str:
    """What stood on the card of somebody this viewer leads, or led; empty where nothing did."""
    theirs = Enrollment.objects.of_staff(viewer.pk, clock.now()).of(person.pk).to_show().order_by("-began", "pk")
    return next((name for name in (PersonRow(one).card_name for one in theirs) if name), "")


@dataclass(frozen=True, slots=True)
class StaffRow:
    """What somebody does here. Needs ``to_show()``."""

    appointment: Appointment

    @property
    def until(self) -> str:
        """The last whole day, on the clock of the program."""
        ends, program = self.appointment.ends, self.appointment.program
        if ends is None or program is None:
            return ""
        return date_words((ends - LAST_SECOND).astimezone(ZoneInfo(program.zone)).date())


@dataclass(frozen=True, slots=True)
class MyTime:
    """One's own time in a program: where, when and with whom. Made by :func:`my_times`."""

    row: PersonRow
    next: str
    leads: tuple[str, ...]
    back: bool  # in this program again, or still

    @property
    def asks(self) -> bool:
        """Whether they can ask to come back here."""
        return not self.back and self.enrollment.may_ask_back(clock.today(self.enrollment.cohort.zone))

    @property
    def calls(self) -> bool:
        """Whether that was too long ago, and coming back begins with a call."""
        return not (self.back or self.asks)

    @property
    def enrollment(self) -> Enrollment:
        return self.row.enrollment

    @property
    def is_over(self) -> bool:
        """Whether the group's own last day has passed; somebody's time in it may not have been ended yet."""
        cohort = self.enrollment.cohort
        return cohort.ends is not None and cohort.ends < clock.today(cohort.zone)

    @property
    def goodbye(self) -> str:
        """A word once it is over, for who is not back in the program."""
        if self.enrollment.is_open:
            day = date_words(self.enrollment.cohort.ends) if self.is_over and self.enrollment.cohort.ends else ""
            return (
                _("The last day of this group was %(day)s. Thank you for being part of it.") % {"day": day}
                if day
                else ""
            )
        if self.back:
            return ""
        if self.enrollment.outcome == Outcome.GRADUATED:
            return _("You finished this program. What you did here stays yours.")
        return _("Your time in this group has ended. Thank you for being part of it. Get help now stays open to you.")

    @property
    def says_goodbye(self) -> bool:
        """Whether what the group sees at the end is still to come."""
        return self.enrollment.is_open or self.asks

    @property
    def week(self) -> list[str]:
        return [slot_words(slot) for slot in self.enrollment.cohort.slots.all()]


def my_times(person: Person) -> list[MyTime]:
    """All of somebody's times in programs, the latest first."""
    mine = list(Enrollment.objects.of(person.pk).with_phase().with_week().to_show().order_by("-began", "pk"))
    leads = leads_in([one.cohort for one in mine if one.is_open])
    back = {one.program_id for one in mine if one.is_open}
    return [
        MyTime(
            row=PersonRow(one),
            next=next_words(one.cohort, clock.now()) if one.is_open else "",
            leads=leads.get(one.cohort_id, ()),
            back=one.program_id in back,
        )
        for one in mine
    ]


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


def roles_in(program: Program, held: Iterable[Appointment]) -> list[str]:
    """What somebody who holds these appointments is there: each role once, however many groups it is for."""
    theirs = {one.role for one in held if one.program_id in {None, program.pk}}
    return [str(role.label) for role in StaffRole if role in theirs]


def may_work_in(program: Program) -> PersonQuerySet:
    """Who can be asked to work for a program: colleagues of any, and people who finished this one."""
    live = Appointment.objects.live(clock.now()).filter(person=OuterRef("pk"))
    finished = Enrollment.objects.filter(person=OuterRef("pk"), program=program, outcome=Outcome.GRADUATED)
    return Person.objects.filter(Exists(live) | Exists(finished))


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


def step_words(enrollment: Enrollment) -> Sequence[str]:
    """The steps of care of an episode so far, each with its first day."""
    return [
        _("%(phase)s, since %(day)s") % {"phase": PhaseKind(phase.kind).label, "day": date_words(phase.began)}
        for phase in enrollment.phases.all()
    ]


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

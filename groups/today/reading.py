"""What the day holds for one person: when their groups meet on their own clock, and one true sentence about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.checkins import times as waking
from community.foundation import clock
from community.foundation.registers import Further, now_and_then
from community.foundation.times import clock_time
from community.milestones.rules import deciding_among
from community.people.models import Person
from community.programs.models import Cohort, Enrollment, Program
from community.programs.reading import week_words
from community.programs.times import sessions
from groups.celebrations.reading import asks_of, speaking
from groups.membership.models import Membership
from groups.membership.reading import seats_of
from groups.passages.models import AlumniOffer

#: As long as somebody is new: the card that says when we meet, where, who leads and how to leave.
FIRST_DAYS = timedelta(days=14)
DAY = timedelta(days=1)
AHEAD = 8  # days: each weekday comes once
#: From this hour on, on the person's own clock.
GREETINGS: tuple[tuple[int, Promise], ...] = (
    (5, gettext_lazy("Good morning, {name}")),
    (12, gettext_lazy("Good afternoon, {name}")),
    (17, gettext_lazy("Good evening, {name}")),
    (22, gettext_lazy("Hello, {name}")),
)
EVENING, MORNING = 17, 5  # what begins from the one on, or before the other, is tonight


@dataclass(frozen=True, slots=True, order=True)
class Time:
    """One time a group meets, on the reader's own clock."""

    begins: datetime
    ends: datetime
    cohort_id: UUID
    cohort: str
    where: str
    leads: tuple[str, ...]

    @property
    def starts_words(self) -> str:
        return clock_time(self.begins)

    @property
    def ends_words(self) -> str:
        return clock_time(self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstDays:
    """What somebody new needs to know: ``week`` says when their cohort meets, a line a time of day."""

    where: str
    leads: tuple[str, ...]
    week: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of one person, until three in the morning. ``next``: the first time after it, where it holds none.

    ``cohorts``: those whose people they are today. ``deciding``: the programs by which days are counted for them.
    """

    date: date
    greeting: str
    sentence: str
    times: tuple[Time, ...]
    next: Time | None
    first_days: FirstDays | None
    cohorts: frozenset[UUID]
    deciding: tuple[Program, ...]


def day_of(person: Person) -> Day:
    """The day of ``person``, in five questions to the database."""
    now = clock.now().astimezone(ZoneInfo(person.zone))
    today = waking.day_of(now, person.zone)
    going_on = Cohort.objects.met_by(person.pk, clock.now()).not_over(now.date() - 2 * DAY)  # over in every zone
    cohorts = list(going_on.to_show())
    ever = list(Enrollment.objects.of(person.pk).select_related("cohort", "program").order_by("-began", "pk"))
    episodes = [one for one in ever if one.is_open]
    leads = leads_in(cohorts)
    coming = sorted(times_of(cohorts, leads, now))
    times = tuple(one for one in coming if waking.day_of(one.begins, person.zone) == today)
    away = bool(episodes) and all(one.is_away for one in episodes)
    return Day(
        date=today,
        greeting=greeting(now, person.alias),
        sentence=sentence(now, times, away=away),
        times=times,
        next=None if times else next(iter(coming), None),
        first_days=next(
            (first_days_in(one.cohort, coming, leads) for one in episodes if today - one.began < FIRST_DAYS), None
        ),
        cohorts=frozenset(one.cohort_id for one in episodes),
        deciding=tuple(deciding_among(ever)),
    )


def first_days_in(cohort: Cohort, coming: list[Time], leads: dict[UUID, tuple[str, ...]]) -> FirstDays:
    """What to know of ``cohort``."""
    week = week_words((one.begins, one.ends) for one in coming if one.cohort_id == cohort.pk)
    return FirstDays(where=cohort.where, leads=leads.get(cohort.pk, ()), week=week)


def times_of(cohorts: Iterable[Cohort], leads: dict[UUID, tuple[str, ...]], now: datetime) -> list[Time]:
    """When these cohorts meet from today on, for a week, on the clock of ``now``; what is over is left out."""
    return [
        Time(
            begins=one.begins.astimezone(now.tzinfo),
            ends=one.ends.astimezone(now.tzinfo),
            cohort_id=cohort.pk,
            cohort=cohort.name,
            where=cohort.where,
            leads=leads.get(cohort.pk, ()),
        )
        for cohort in cohorts
        for one in sessions(
            cohort.slots.all(),
            zone=cohort.zone,
            first=cohort.starts,
            last=cohort.ends,
            since=now.date() - DAY,
            days=AHEAD + 1,
        )
        if one.ends > now
    ]


def leads_in(cohorts: Iterable[Cohort]) -> dict[UUID, tuple[str, ...]]:
    """Who leads each cohort's room today, by the name they go by there."""
    found: dict[UUID, tuple[str, ...]] = {}
    rows = Membership.objects.current().leading().filter(group__cohort__in=[one.pk for one in cohorts])
    for cohort, alias in rows.order_by("began", "pk").values_list("group__cohort", "alias"):
        found[cohort] = (*found.get(cohort, ()), alias)
    return found


def greeting(now: datetime, name: str) -> str:
    words = [words for hour, words in GREETINGS if now.hour >= hour]
    return str(words[-1] if words else GREETINGS[-1][1]).format(name=name)


def sentence(now: datetime, times: tuple[Time, ...], *, away: bool) -> str:
    """One thing that is true today."""
    if away:
        return _("You’re away for now. Your seat is kept, and nobody is told why.")
    if not times:
        return _("Nothing planned today. That’s fine.")
    first = times[0]
    if first.begins <= now:
        return _("Your group is meeting right now, until {time}.").format(time=first.ends_words)
    if not MORNING <= first.begins.hour < EVENING:
        return _("Group is at {time} tonight.").format(time=first.starts_words)
    return _("Group is at {time} today.").format(time=first.starts_words)


def rooms_to_say_in(person: Person) -> list[Membership]:
    """The seats of ``person`` that may write today, in the order they are always shown."""
    return [seat for seat in seats_of(person.pk) if seat.writes_at(clock.now())]


def say_in_a_group(person: Person, _day: date) -> list[Further]:
    """What a day's own page offers who sits in a group: to say it there, as a message of theirs."""
    if not rooms_to_say_in(person):
        return []
    says = _("As a message of yours, in your own words.")
    return [Further(icon="messages-square", title=_("Say it in a group"), says=says, link="check_in_say")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What lies there until somebody looks at it: what is worth another look, and seats in a room for afterwards.

    ``asked``: whether to mark something; ``comes``: what comes next of their days, where they want to see it.
    ``speaks``: whether a check-in of today may share something.
    """

    again: list[Further]
    offers: list[AlumniOffer]
    asked: bool
    comes: bool
    speaks: bool


def waiting_for(person: Person) -> Waiting:
    """One question, and one more only where there is an offer."""
    now = clock.now()
    offers = AlumniOffer.objects.of(person.pk).waiting(now)
    again_due = (Exists(one.due(person.pk, now)) for one in now_and_then)
    theirs = [Exists(offers), Exists(asks_of(person)), Exists(person.focuses.on_today()), Exists(speaking(person))]
    offered, asked, comes, speaks, *again = Person.objects.filter(pk=person.pk).values_list(*theirs, *again_due).get()
    return Waiting(
        again=[one.shows() for one, so in zip(now_and_then, again, strict=True) if so],
        offers=list(offers.to_show()) if offered else [],
        asked=asked,
        comes=comes,
        speaks=speaks,
    )

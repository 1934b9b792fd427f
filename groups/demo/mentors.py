"""Who of the demo's people is, or would like to be, a mentor, and who hopes for one.

They talk at other times than their groups meet. Ben and Ana fit; while Rosa is in training, no mentor speaks Spanish,
as Chelo does.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from community.foundation import clock
from community.mentoring import services as mentoring
from community.mentoring.desk.holding import STEP
from community.mentoring.models import Mentor
from community.milestones import services as milestones
from community.notices import services as notices
from community.people.models import Person
from community.programs.models import Program
from groups.demo.cast import FRI, MON, SAT, SUN, THU, TUE, WED, on
from groups.demo.script import Moment
from groups.demo.stage import Step

CLEARED = timedelta(days=350)  # how long what staff looked at is good
MORNING, AFTERNOON, EVENING = ("08:00", "12:00"), ("12:00", "17:00"), ("17:00", "21:00")
type Hours = tuple[tuple[int, tuple[str, str]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """Somebody who offers to be a mentor, and how far they have come. ``days``: what they counted when they did.

    ``supervisor``: whom they turn to.
    """

    who: str
    days: int | None
    offers: Moment
    hours: Hours
    says: dict[str, Any]
    places: int = 2
    met: Moment | None = None
    trains: Moment | None = None
    approved: Moment | None = None
    supervisor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hope:
    """Somebody who asks for a mentor."""

    who: str
    asks: Moment
    hours: Hours
    says: dict[str, Any]


GUIDES = (
    Guide(
        who="Ben", days=None, offers=on(20, MON, 20), met=on(19, WED, 17), trains=on(18, TUE, 17),
        approved=on(15, THU, 17), supervisor="Dana", hours=((MON, EVENING), (WED, EVENING), (SUN, AFTERNOON)),
        says={
            "languages": ["en"], "gender": "man", "pathways": ["smart", "cbt_dbt"], "style": "listener",
            "values": ["Honesty", "Long walks", "Good tea"], "life_stages": ["Living alone", "Settled at work"],
        },
    ),
    Guide(
        who="Rowan", days=1770, offers=on(16, SAT, 11), met=on(15, MON, 12), trains=on(14, MON, 12),
        approved=on(11, FRI, 13), supervisor="Ruth", places=1,
        hours=((TUE, MORNING), (THU, MORNING), (SAT, AFTERNOON)),
        says={
            "languages": ["en"], "pathways": ["twelve_step", "secular"], "style": "structured",
            "values": ["Showing up", "Honesty"], "life_stages": ["Twenty years in one job"],
        },
    ),
    Guide(
        who="Rosa", days=400, offers=on(3, SUN, 19), met=on(2, TUE, 17), trains=on(1, THU, 17), supervisor="Marisol",
        hours=((TUE, EVENING), (SUN, MORNING)),
        says={
            "languages": ["en", "es"], "gender": "woman", "pathways": ["faith", "twelve_step"], "style": "listener",
            "values": ["Family", "Cooking for others"], "life_stages": ["A mother", "Caring for a parent"],
        },
    ),
    Guide(
        who="Bev", days=None, offers=on(1, SAT, 10), hours=((MON, MORNING), (SAT, AFTERNOON)),
        says={
            "languages": ["en"], "gender": "woman", "pathways": ["smart"], "values": ["Humor"],
            "life_stages": ["A grandmother"],
        },
    ),
)  # fmt: skip

HOPES = (
    Hope(
        who="Chelo", asks=on(4, SAT, 14), hours=((TUE, EVENING), (SUN, AFTERNOON)),
        says={
            "languages": ["es"], "pathways": ["faith"], "values": ["La familia"], "life_stages": ["Abuela"],
            "hopes": "Alguien con quien hablar mientras coso. Que se ría conmigo.",
        },
    ),
    Hope(
        who="Hallie", asks=on(3, TUE, 19), hours=((THU, MORNING), (SAT, AFTERNOON)),
        says={
            "languages": ["en"], "style": "structured", "pathways": ["secular"], "values": ["Showing up", "Dogs"],
            "hopes": "Somebody who asks me on Saturdays whether I did what I said.",
        },
    ),
    Hope(
        who="Marcus", asks=on(2, SUN, 21), hours=((WED, EVENING), (SAT, AFTERNOON)),
        says={
            "languages": ["en"], "gender": "man", "wish_kind": "prefer", "wish_of": ["man"], "pathways": ["smart"],
            "values": ["Being a good father"], "life_stages": ["A father", "Looking for work"],
            "hopes": "A man who has been through a job search without losing his evenings.",
        },
    ),
    Hope(
        who="Ana", asks=on(1, FRI, 19, 30), hours=((MON, EVENING), (SUN, AFTERNOON)),
        says={
            "languages": ["en"], "gender": "woman", "pathways": ["smart", "cbt_dbt"], "style": "listener",
            "values": ["Honesty", "Long walks"], "life_stages": ["Back at work", "Living with my mom"],
            "hopes": "Somebody for the hour after work, when the others go out.",
        },
    ),
)  # fmt: skip


def steps(person: Callable[[str], Person], program: Program, now: datetime) -> Iterator[Step]:
    """How the mentors of ``program`` came to be, with who coordinates it, and who asked for one."""
    for one in GUIDES:
        yield from Way(one, person, program).steps(now)
    for hope in HOPES:
        yield hope.asks.on(now), partial(_ask, person, program, hope)


@dataclass(slots=True)
class Way:
    """One person's way to be a mentor, as far as it has come."""

    guide: Guide
    person: Callable[[str], Person]
    program: Program

    def steps(self, now: datetime) -> Iterator[Step]:
        one = self.guide
        for moment, step in (
            (one.offers, self.offer),
            (one.met, self.meet),
            (one.trains, self.train),
            (one.approved, self.approve),
        ):
            if moment is not None:
                yield moment.on(now), step

    @property
    def mentor(self) -> Mentor:
        found: Mentor = Mentor.objects.of(self.person(self.guide.who).pk).open().to_show().get()
        return found

    def offer(self) -> None:
        one, person = self.guide, self.person(self.guide.who)
        if one.days is not None:
            milestones.begin(person=person, start=clock.today(person.zone) - timedelta(days=one.days))
        mentoring.apply(person=person, program=self.program, wanted=_said(one.hours, one.says), agrees=True)
        mentoring.change(person=person, mentor=self.mentor, wanted={"capacity": one.places})

    def meet(self) -> None:
        mentoring.screen(mentor=self.mentor, by=self.person("Dana"))

    def train(self) -> None:
        """They learn what it is, and know whom to turn to."""
        mentoring.train(mentor=self.mentor, by=self.person("Dana"))
        if name := self.guide.supervisor:
            mentoring.name_supervisor(mentor=self.mentor, supervisor=self.person(name), by=self.person("Dana"))

    def approve(self) -> None:
        """Staff looked at what the law asks for; and they have read that it was a yes."""
        until = clock.today(self.program.zone) + CLEARED
        mentoring.clear(mentor=self.mentor, until=until, by=self.person("Dana"))
        mentor = mentoring.approve(mentor=self.mentor, by=self.person("Dana"))
        notices.settle(person=mentor.person, notice=STEP, about=mentor.pk)


def _ask(person: Callable[[str], Person], program: Program, hope: Hope) -> None:
    mentoring.ask(person=person(hope.who), program=program, wanted=_said(hope.hours, hope.says), agrees=True)


def _said(hours: Hours, says: dict[str, Any]) -> dict[str, Any]:
    windows = [{"weekday": int(day), "starts": starts, "ends": ends} for day, (starts, ends) in hours]
    return {**says, "hours": windows}

"""Days as tests turn them: so many from today on somebody's own clock, and what the scan asks and posts on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from community.checkins import services as checkins
from community.checkins.rules import today_of
from community.foundation import clock
from community.milestones import services as milestones
from community.milestones.models import Focus
from community.people.models import Person
from groups.celebrations import services as celebrations
from groups.celebrations.models import Celebration, Place, Pulse, Watch
from groups.celebrations.tasks import look_at_due
from groups.chat.models import Kind, Message
from groups.demo.services import World
from groups.membership.models import Group

DAY = timedelta(days=1)
NINE, NOON = time(9, 1), time(12)


@pytest.fixture(autouse=True)
def _early(world: World) -> Iterator[None]:
    """Whatever the time is where this runs, it is five in the morning where everybody lives."""
    with it_is(world.ana, 0, time(5)):
        Watch.objects.update(next_at=clock.now())
        yield


@contextmanager
def it_is(person: Person, days: int, at: time = NOON) -> Iterator[None]:
    """So many days from today, at a time on the clock of ``person``; the scan ran an hour before."""
    wall = datetime.combine(clock.today(person.zone) + days * DAY, at, ZoneInfo(person.zone)).astimezone(UTC)
    with clock.turned(by=wall - clock.now()):
        Pulse.objects.filter(pk=1, stopped=None).update(last=clock.now())
        yield


def focus_of(person: Person) -> Focus:
    found: Focus = person.focuses.get()
    return found


def question(person: Person) -> Celebration:
    """What the scan asks: the step of tomorrow."""
    with it_is(person, 0, NINE):
        look_at_due()
    found: Celebration = Celebration.objects.of(person.pk).get()
    return found


def says_yes(person: Person, *groups: Group, words: str = "") -> Celebration:
    one = question(person)
    return celebrations.answer(person=person, celebration=one, groups=[group.pk for group in groups], words=words)


def cards(group: Group) -> list[Message]:
    return list(Message.objects.of(group.pk).filter(kind=Kind.CELEBRATION).order_by("position"))


def lines(group: Group) -> list[str | None]:
    said = Message.objects.of(group.pk).filter(kind=Kind.SYSTEM, body__startswith="Also today")
    return list(said.order_by("position").values_list("body", flat=True))


def checks_in(person: Person) -> None:
    checkins.check_in(person=person, day=today_of(person), answers={"weather": "okay"})


def shares_a_new_count(person: Person, group: Group, days: int = 0) -> Focus:
    """A new count, so many days from today at ten; its first day is shared at five past nine the morning after."""
    focus = focus_of(person)
    with it_is(person, days, time(10)):
        run = milestones.begin_anew(person=person, focus=focus)
        look_at_due()
        celebrations.answer(person=person, celebration=run.celebrations.get(), groups=[group.pk])
    with it_is(person, days + 1, time(9, 5)):
        look_at_due()
        assert Place.objects.filter(celebration__run=run).posted().exists()
    return focus

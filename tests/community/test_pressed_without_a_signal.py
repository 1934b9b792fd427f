"""A check-in that arrives late: of the day it was pressed on, and as made on it only where that can be believed."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from community.checkins import services as checkins
from community.checkins.models import CheckIn
from community.checkins.rules import DayOver, drawn_now, today_of
from community.foundation import clock
from community.foundation.errors import Invalid
from community.people import services as people
from groups.demo.services import World
from tests.community.desk import words
from tests.doors import Script, problem

DAY = date(2026, 11, 18)
NEW_YORK = ZoneInfo("America/New_York")
LOW: dict[str, Any] = {"weather": "low"}


def at(hour: int, minute: int = 0, *, days: int = 0) -> AbstractContextManager[None]:
    """Live at this time of that Wednesday, or some days later, in New York."""
    then = datetime(DAY.year, DAY.month, DAY.day, hour, minute, tzinfo=NEW_YORK) + timedelta(days=days)
    return clock.turned(by=then - clock.now())


def told(hour: int, minute: int = 0, *, days: int = 0) -> str:
    """What a device says whose clock shows this."""
    with at(hour, minute, days=days):
        return clock.moment(clock.now()) or ""


@pytest.fixture
def drawn(world: World) -> Iterator[str]:
    """What the page carries that asked Ana at eight in the morning how that Wednesday is."""
    with at(8):
        yield drawn_now(world.ana, DAY)


def arrives(world: World, *, pressed: str, drawn: str | None, days: int = 1) -> CheckIn:
    """At noon, so many days later."""
    with at(12, days=days):
        return checkins.check_in(person=world.ana, day=DAY, answers=LOW, seen="", pressed=pressed, drawn=drawn)


@pytest.mark.parametrize(("hour", "minute", "days"), [(8, 0, 0), (23, 30, 0), (2, 59, 1)])
@pytest.mark.parametrize("later", [1, 7])
def test_what_was_pressed_on_its_day_was_made_on_it_whenever_it_arrives(
    world: World, drawn: str, hour: int, minute: int, days: int, later: int
) -> None:
    row = arrives(world, pressed=told(hour, minute, days=days), drawn=drawn, days=later)
    assert (row.day, row.on_its_day) == (DAY, True)


def test_at_three_in_the_morning_its_day_is_over_and_the_one_it_was_is_named(world: World, drawn: str) -> None:
    with pytest.raises(DayOver) as refused:
        arrives(world, pressed=told(3, days=1), drawn=drawn)
    assert refused.value.code == "day_over"
    assert refused.value.extra["day"] == "2026-11-19"
    assert not CheckIn.objects.exists()


def test_a_word_alone_says_nothing_of_a_day_that_is_over(world: World) -> None:
    row = arrives(world, pressed=told(23), drawn=None)
    assert (row.day, row.on_its_day) == (DAY, False)


@pytest.mark.parametrize("odd", ["", "2026-11-18T08:00:00.000Z", "2026-11-18T08:00:00.000Z:mine", "\u2603"])
def test_what_is_not_our_word_says_nothing_and_loses_no_words(world: World, odd: str) -> None:
    assert not arrives(world, pressed=told(23), drawn=odd).on_its_day


def test_a_page_of_another_person_or_of_another_day_says_nothing(world: World) -> None:
    with at(8):
        of_ben, of_tuesday = drawn_now(world.ben, DAY), drawn_now(world.ana, DAY - timedelta(days=1))
    for other in (of_ben, of_tuesday):
        assert not arrives(world, pressed=told(23), drawn=other).on_its_day


@pytest.mark.parametrize(("minute", "believed"), [(54, False), (56, True)])
def test_nothing_was_pressed_before_its_page_was_drawn_but_for_a_clock_a_little_behind(
    world: World, drawn: str, minute: int, *, believed: bool
) -> None:
    assert arrives(world, pressed=told(7, minute), drawn=drawn).on_its_day == believed


def test_a_device_whose_clock_is_days_behind_lands_on_the_day_it_was_asked_of(world: World, drawn: str) -> None:
    behind = told(8, days=-30)
    row = arrives(world, pressed=behind, drawn=drawn)
    assert (row.day, row.on_its_day) == (DAY, False)
    row.delete()
    with at(20):
        row = checkins.check_in(person=world.ana, day=DAY, answers=LOW, pressed=behind, drawn=drawn)
    assert row.on_its_day  # it has arrived on its day, whatever a device says


def test_what_lies_ahead_is_taken_as_now(world: World, drawn: str) -> None:
    with at(22):
        assert checkins.check_in(
            person=world.ana, day=DAY, answers=LOW, pressed=told(22, days=3), drawn=drawn
        ).on_its_day
    CheckIn.objects.all().delete()
    with pytest.raises(DayOver):
        arrives(world, pressed=told(22, days=3), drawn=drawn)


def test_after_seven_days_nothing_is_added_however_it_was_pressed(world: World, drawn: str) -> None:
    with pytest.raises(Invalid) as refused:
        arrives(world, pressed=told(23), drawn=drawn, days=8)
    assert refused.value.code == "past"


def test_the_day_is_the_one_where_its_person_lives(world: World) -> None:
    with at(22):
        ana = people.change(person=world.ana, wanted={"zone": "Asia/Tokyo"})
        day, page = today_of(ana), drawn_now(ana, today_of(ana))
        assert day == DAY + timedelta(days=1)
    with at(12, days=2):
        row = checkins.check_in(person=ana, day=day, answers=LOW, pressed=told(23), drawn=page)
    assert row.on_its_day


def test_the_same_twice_from_a_phone_that_heard_no_answer_is_one(world: World, drawn: str) -> None:
    first = arrives(world, pressed=told(23), drawn=drawn)
    again = arrives(world, pressed=told(23), drawn=drawn, days=2)
    assert (again.pk, again.changed, again.on_its_day) == (first.pk, first.changed, True)


def test_what_was_filled_in_later_does_not_become_made_on_its_day_by_a_second_word_alone(world: World) -> None:
    arrives(world, pressed=told(23), drawn=None)
    with at(12, days=2):
        row = checkins.check_in(person=world.ana, day=DAY, answers={"weather": "good"}, pressed=told(23))
    assert not row.on_its_day


def test_the_page_that_asks_carries_the_word_and_no_page_of_another_day_does(world: World) -> None:
    with at(8):
        (found,) = re.findall(r'data-drawn="([^"]*)"', words(world.ana, "/today/"))
        assert 'data-drawn=""' in words(world.ana, f"/check-ins/{DAY - timedelta(days=1)}/")
    assert arrives(world, pressed=told(9), drawn=found).on_its_day


def test_by_rest_it_is_the_same(world: World, drawn: str) -> None:
    with at(12, days=1):
        ana, path = Script(world.ana), f"checkins/{DAY}"
        over = problem(ana.put(path, {**LOW, "pressed": told(3, days=1), "drawn": drawn}), 422, "day_over")
        assert ana.put(path, {**LOW, "pressed": told(9), "drawn": "x" * 101}).status_code == 422
        assert not CheckIn.objects.exists()
        assert ana.put(path, {**LOW, "pressed": told(9), "drawn": drawn}).status_code == 200
    assert over["day"] == "2026-11-19"
    assert CheckIn.objects.get().on_its_day

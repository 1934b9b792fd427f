"""Today: when my groups meet on my own clock, one true sentence, and what somebody new needs to know."""

from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from community.foundation import clock
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Cohort, Enrollment
from groups.demo.services import World
from groups.today.reading import day_of, greeting
from tests.doors import browser

TUESDAY = datetime(2026, 11, 17, tzinfo=ZoneInfo("America/New_York"))
QUERIES = 12


def at(hour: int, minute: int = 0, *, days: int = 0) -> AbstractContextManager[None]:
    """Live at this time of that Tuesday, or some days later, in New York."""
    moment = TUESDAY.replace(hour=hour, minute=minute) + timedelta(days=days)
    return clock.turned(by=moment - clock.now())


@pytest.fixture
def evenings(world: World) -> World:
    """The Tuesday cohort meets from 6pm to 9pm on Tuesdays and Thursdays, in room 2."""
    Cohort.objects.filter(pk=world.cohort.pk).update(starts=date(2026, 10, 1))  # its people begin when the tests run
    with at(8, days=-30):
        programs.change_cohort(cohort=world.cohort, wanted={"where": "Room 2"})
        programs.set_slots(
            cohort=world.cohort,
            slots=[{"weekday": day, "starts": time(18), "minutes": 180} for day in (1, 3)],
        )
    return world


def page(person: Person) -> str:
    return browser(person).get("/today/").content.decode()


@pytest.mark.parametrize(
    ("hour", "sentence"),
    [
        (8, "Group is at 6pm tonight."),
        (18, "Your group is meeting right now, until 9pm."),
        (22, "Nothing planned today. That’s fine."),
    ],
)
def test_one_true_sentence_says_what_the_day_holds(evenings: World, hour: int, sentence: str) -> None:
    with at(hour):
        assert day_of(evenings.ana).sentence == sentence


def test_a_day_without_a_group_names_the_next_one(evenings: World) -> None:
    with at(8, days=1):
        day = day_of(evenings.ana)
    assert day.times == ()
    assert day.next is not None
    assert (day.next.starts_words, day.next.begins.strftime("%A")) == ("6pm", "Thursday")


def test_times_stand_on_the_readers_own_clock(evenings: World) -> None:
    ana = people.change(person=evenings.ana, wanted={"zone": "America/Los_Angeles"})
    with at(8):
        assert [one.starts_words for one in day_of(ana).times] == ["3pm"]


def test_a_time_past_midnight_over_there_is_tonight_here(evenings: World) -> None:
    ana = people.change(person=evenings.ana, wanted={"zone": "Europe/Madrid"})
    with at(17):
        assert [one.begins.strftime("%A %H") for one in day_of(ana).times] == ["Wednesday 00"]
        assert day_of(ana).sentence == "Group is at 12am tonight."


def test_until_three_in_the_morning_all_of_the_page_is_of_the_day_before(evenings: World) -> None:
    with at(2, 59, days=1):
        assert day_of(evenings.ana).date == date(2026, 11, 17)
        shown = page(evenings.ana)
    assert "Tuesday, November 17" in shown
    assert "Thursday, November 19" in shown  # the next time, by its own date
    with at(3, days=1):
        assert day_of(evenings.ana).date == date(2026, 11, 18)


def test_who_is_awake_at_one_is_told_of_the_morning_as_the_next_day(evenings: World) -> None:
    with at(1):
        day = day_of(evenings.ana)
    assert day.times == ()
    assert day.next is not None
    assert day.next.begins.strftime("%A %H") == "Tuesday 18"


def test_the_first_days_say_when_where_who_and_how_to_leave(evenings: World) -> None:
    with at(8):
        newcomer = people.create(alias="Jo", address="jo@porchlight.test")
        programs.enroll(person=newcomer, cohort=evenings.cohort)
        shown = page(newcomer)
    for words in ("Your first days", "Tuesday and Thursday, 6pm to 9pm", "Room 2", "Dana", "How to leave"):
        assert words in shown, words
    with at(8, days=15):
        assert "Your first days" not in page(newcomer)


def test_somebody_away_is_told_that_the_seat_is_kept(evenings: World) -> None:
    programs.away(enrollment=Enrollment.objects.open().of(evenings.ana.pk).get())
    assert "Your seat is kept" in day_of(evenings.ana).sentence


def test_somebody_without_a_group_finds_a_kind_word(world: World) -> None:
    shown = page(people.create(alias="Jo"))
    assert "When your facilitator adds you to a group, it stands here." in shown
    assert "Nothing planned today." in shown


def test_nobody_sees_the_day_of_another_program(evenings: World) -> None:
    with at(8):
        assert day_of(evenings.eli).times == ()
        assert "Room 2" not in page(evenings.eli)


def test_who_leads_a_group_sees_its_times(evenings: World) -> None:
    with at(8):
        assert [one.starts_words for one in day_of(evenings.dana).times] == ["6pm"]


def test_groups_that_are_over_cost_who_led_them_nothing(evenings: World) -> None:
    wanted = {"name": "Summer", "admission": "closed", "starts": "2026-07-01", "ends": "2026-09-01", "capacity": 8}
    over = programs.open_cohort(program=evenings.evening, wanted=wanted)
    with at(8), CaptureQueriesContext(connection) as asked:
        day_of(evenings.dana)
    told = "".join(one["sql"] for one in asked).replace("-", "")
    assert evenings.cohort.pk.hex in told
    assert over.pk.hex not in told


def test_the_page_costs_at_most_twelve_questions(evenings: World) -> None:
    for person in (evenings.ana, evenings.ben, evenings.dana):
        client = browser(person)
        client.get("/today/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/today/")
        assert len(asked) <= QUERIES, [row["sql"] for row in asked]


@given(st.datetimes(timezones=st.sampled_from([ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu")])))
def test_every_hour_has_a_greeting_with_the_name(moment: datetime) -> None:
    said: Any = greeting(moment, "Jo")
    assert said.endswith(", Jo")
    assert ("morning" in said) == (5 <= moment.hour < 12)

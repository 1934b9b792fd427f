"""One person, two devices, one moment: a day is said once, a count begins once, and no device is told of an error.

On PostgreSQL, where both really run at once; through the doors that phones use.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from community.checkins.models import CheckIn
from community.checkins.rules import today_of
from community.checkins.times import BACK
from community.foundation import clock
from community.milestones import services as milestones
from community.milestones.models import Focus, Run
from community.people.models import Person
from groups.celebrations.models import Watch
from groups.demo.services import World
from tests.community.test_on_call_at_once import at_once
from tests.doors import Script, browser
from tests.groups.days import _early  # noqa: F401 - the hour of every test

pytestmark = [pytest.mark.servers, pytest.mark.django_db(transaction=True)]
SAME = {"weather": "low", "connection": "alone", "note": "Rain all day."}
DAY = timedelta(days=1)


def devices(person: Person) -> tuple[Script, Script]:
    return Script(person), Script(person)


def answers_of(*asks: Callable[[], Any]) -> list[int]:
    """How each was answered that was sent in the same moment, the lowest number first."""
    return sorted(answer.status_code for answer in at_once(*asks))  # type: ignore[attr-defined]  # as the doors answer


def open_days(person: Person) -> list[date]:
    return [today_of(person) - back * DAY for back in range(BACK + 1)]


def test_the_same_check_in_from_two_devices_at_once_is_one_row_and_no_error(world: World) -> None:
    phones = devices(world.ana)
    for day in open_days(world.ana):
        said = answers_of(*(partial(phone.put, f"checkins/{day}", {**SAME, "seen": ""}) for phone in phones))
        assert said == [200, 200], day
        (row,) = CheckIn.objects.of(world.ana.pk).on(day)
        assert {name: row.answers[name] for name in SAME} == SAME


def test_the_same_check_in_by_page_and_by_a_phone_that_had_waited_is_one_row_and_no_error(world: World) -> None:
    page, phone = browser(world.ana), Script(world.ana)
    for day in open_days(world.ana):
        said = answers_of(
            partial(page.post, f"/check-ins/{day}/", {**SAME, "seen": ""}),
            partial(phone.put, f"checkins/{day}", {**SAME, "seen": ""}),
        )
        assert said == [200, 303], day
        assert CheckIn.objects.of(world.ana.pk).on(day).count() == 1


def test_of_two_who_say_other_things_of_a_day_at_once_one_stands_whole_and_the_other_hears_of_it(world: World) -> None:
    one, other = devices(world.ana)
    bright = {"weather": "good", "sleep": "over_8", "note": "From the tablet."}
    for day in open_days(world.ana):
        said = answers_of(
            partial(one.put, f"checkins/{day}", {**SAME, "seen": ""}),
            partial(other.put, f"checkins/{day}", {**bright, "seen": ""}),
        )
        assert said == [200, 409], day
        row = CheckIn.objects.of(world.ana.pk).get(day=day)
        assert (row.weather, row.connection, row.sleep, row.note) in {
            ("low", "alone", "", "Rain all day."),
            ("good", "", "over_8", "From the tablet."),
        }


def test_two_devices_that_enter_a_first_day_at_once_begin_one_count(world: World) -> None:
    phones, today = devices(world.cy), clock.today(world.cy.zone)
    for back in range(5):
        first = (today - back * DAY).isoformat()
        said = answers_of(*(partial(phone.post, "milestones", {"start": first, "name": "Rest"}) for phone in phones))
        assert said == [201, 201]
        run = Run.objects.get(focus__person=world.cy)
        assert run.start.isoformat() == first
        assert Watch.objects.filter(run=run).count() == 1  # and it is looked at once
        milestones.forget(person=world.cy, focus=run.focus)


def test_of_two_first_days_entered_at_once_no_sixth_count_comes_of_it(world: World) -> None:
    phones, today = devices(world.cy), clock.today(world.cy.zone)
    for name in ("One", "Two", "Three", "Four"):
        milestones.begin(person=world.cy, start=today, name=name)
    said = answers_of(
        *(
            partial(phone.post, "milestones", {"start": today.isoformat(), "name": name})
            for phone, name in zip(phones, ("Five", "Six"), strict=True)
        )
    )
    assert said == [201, 409]
    assert Focus.objects.of(world.cy.pk).count() == 5


def test_a_new_count_begun_on_two_devices_at_once_is_one(world: World) -> None:
    phones, focus = devices(world.ana), world.ana.focuses.get()
    said = answers_of(*(partial(phone.post, f"milestones/{focus.pk}/new-count", {}) for phone in phones))
    assert said == [201, 201]
    assert Run.objects.filter(focus=focus).count() == 2
    assert Run.objects.open().get(focus=focus).start == clock.today(world.ana.zone)


def test_a_first_day_corrected_on_two_devices_at_once_is_one_of_the_two(world: World) -> None:
    phones, focus, today = devices(world.ana), world.ana.focuses.get(), clock.today(world.ana.zone)
    wanted = [today - 40 * DAY, today - 50 * DAY]
    said = answers_of(
        *(
            partial(phone.put, f"milestones/{focus.pk}/first-day", {"start": day.isoformat()})
            for phone, day in zip(phones, wanted, strict=True)
        )
    )
    assert said == [200, 200]
    assert Run.objects.get(focus=focus).start in wanted

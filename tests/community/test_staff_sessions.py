"""Whoever works here is signed out sooner: a device left on a desk shows nobody what people wrote."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from community.foundation import clock
from community.people import services as people
from community.people.models import Person, Session
from community.people.sessions import SEEN_EVERY
from community.phones import services as phones
from community.phones.models import PhoneKey
from community.programs import services as programs
from community.programs.models import Appointment, StaffRole
from groups.demo.services import World
from tests.doors import browser

QUIET = timedelta(minutes=30)
MOST = timedelta(hours=12)
MOMENT = timedelta(minutes=1)


def is_in(client: Client) -> bool:
    return client.get("/groups/").status_code == 200


def used_until(client: Client, end: timedelta, begin: timedelta = timedelta()) -> None:
    """Somebody uses the device every 25 minutes, from ``begin`` to ``end`` from now."""
    at = begin
    while at < end:
        with clock.turned(at):
            assert is_in(client)
        at += timedelta(minutes=25)


@pytest.fixture
def dana(world: World) -> Client:
    """A device of somebody who facilitates."""
    return browser(world.dana)


def test_thirty_quiet_minutes_sign_staff_out(world: World, dana: Client) -> None:
    with clock.turned(QUIET - MOMENT):
        assert is_in(dana)
    with clock.turned(QUIET * 2 - MOMENT * 2):
        assert is_in(dana)
    with clock.turned(QUIET * 3):
        assert not is_in(dana)


def test_twelve_hours_sign_staff_out_however_busy(world: World, dana: Client) -> None:
    used_until(dana, MOST)
    with clock.turned(MOST + MOMENT):
        assert not is_in(dana)


def test_members_stay_signed_in_for_fourteen_days(world: World) -> None:
    device = browser(world.ben)
    with clock.turned(timedelta(days=13)):
        assert is_in(device)


@pytest.mark.parametrize("role", [StaffRole.MODERATOR, StaffRole.REVIEWER, StaffRole.COORDINATOR])
def test_who_comes_to_work_here_is_bound_from_then_on_where_they_are_signed_in(world: World, role: StaffRole) -> None:
    device = browser(world.ben)
    with clock.turned(timedelta(days=3)):
        assert is_in(device)
        programs.appoint(person=world.ben, program=world.evening, role=role)
        assert is_in(device)
    with clock.turned(timedelta(days=3) + QUIET + MOMENT):
        assert not is_in(device)


def test_a_device_of_before_has_twelve_hours_from_the_appointment(world: World) -> None:
    device = browser(world.ben)
    start = timedelta(days=3)
    with clock.turned(start):
        programs.appoint(person=world.ben, program=world.evening, role=StaffRole.MODERATOR)
    used_until(device, start + MOST, start)
    with clock.turned(start + MOST + MOMENT):
        assert not is_in(device)


def test_an_appointment_lengthens_no_time(world: World) -> None:
    device = browser(world.ben)
    with clock.turned(timedelta(days=14) - MOMENT * 5):
        programs.appoint(person=world.ben, program=world.evening, role=StaffRole.MODERATOR)
    with clock.turned(timedelta(days=14) + MOMENT):
        assert not is_in(device)


def test_who_works_here_no_longer_stays_signed_in_as_a_member(world: World, dana: Client) -> None:
    for held in Appointment.objects.of(world.dana.pk):
        programs.dismiss(appointment=held)
    with clock.turned(QUIET - MOMENT):
        assert is_in(dana)
    with clock.turned(timedelta(days=10)):
        assert is_in(dana)


def test_one_appointment_of_two_is_enough_to_be_bound(world: World, dana: Client) -> None:
    again = programs.appoint(person=world.dana, program=world.evening, role=StaffRole.MODERATOR)
    programs.dismiss(appointment=again)
    with clock.turned(QUIET + MOMENT):
        assert not is_in(dana)


def test_staff_on_the_clinics_tablet_are_signed_out_as_everybody(world: World, dana: Client) -> None:
    dana.post("/tablet/")
    people.set_password(person=world.dana, password="four words in a row")
    dana.post("/sign-in/", {"login": world.dana.address, "password": "four words in a row"})
    assert is_in(dana)
    with clock.turned(timedelta(minutes=5) + MOMENT):
        assert not is_in(dana)


def test_an_operator_says_how_many_minutes(world: World, settings: Settings) -> None:
    settings.STAFF_IDLE, settings.STAFF_MOST = timedelta(minutes=10), timedelta(minutes=15)
    idle, busy = browser(world.dana), browser(world.dana)
    with clock.turned(timedelta(minutes=9)):
        assert is_in(busy)
    with clock.turned(timedelta(minutes=11)):
        assert not is_in(idle)
        assert is_in(busy)
    with clock.turned(timedelta(minutes=16)):
        assert not is_in(busy)


def test_who_touches_a_page_uses_the_device(world: World, dana: Client) -> None:
    page = dana.get("/groups/").content.decode()
    assert 'name="awake" content="/tablet/awake/"' in page
    assert 'name="awake"' not in browser(world.ana).get("/groups/").content.decode()
    with clock.turned(QUIET - MOMENT):
        assert dana.head("/tablet/awake/").status_code == 204
    with clock.turned(QUIET + MOMENT * 5):
        assert is_in(dana)


# What they find -----------------------------------------------------------------------------------------------------


def test_the_way_in_says_kindly_why_and_leads_back(world: World, dana: Client) -> None:
    people.set_password(person=world.dana, password="four words in a row", but=Session.objects.get().pk)
    room = f"/groups/{world.tuesday.pk}/"
    with clock.turned(QUIET + MOMENT):
        way = dana.get(room).headers["Location"]
        page = dana.get(way).content.decode()
        assert "nobody touched this device for 30 minutes" in page
        assert "It is so for everybody who works here" in page
        typed = {"login": world.dana.address, "password": "four words in a row", "next": room}
        assert f"next={room}" in dana.post("/sign-in/", typed).headers["Location"].replace("%2F", "/")


def test_after_twelve_hours_it_says_so(world: World, dana: Client) -> None:
    used_until(dana, MOST)
    with clock.turned(MOST + MOMENT):
        assert "a whole working day" in dana.get("/groups/", follow=True).content.decode()


def test_a_form_sent_too_late_leads_back_to_its_page_and_sends_nothing(world: World, dana: Client) -> None:
    room = f"/groups/{world.tuesday.pk}/"
    with clock.turned(QUIET + MOMENT):
        answer = dana.post(f"{room}post/", {"body": "Hello."}, headers={"referer": f"http://testserver{room}"})
    assert answer.headers["Location"] == f"/sign-in/?next={room}&over=quiet"


@pytest.mark.parametrize("from_there", ["http://evil.example/groups/", "nonsense", ""])
def test_it_leads_to_no_page_of_another_place(world: World, dana: Client, from_there: str) -> None:
    with clock.turned(QUIET + MOMENT):
        answer = dana.post(f"/groups/{world.tuesday.pk}/post/", {}, headers={"referer": from_there})
    assert answer.headers["Location"].startswith(f"/sign-in/?next=/groups/{world.tuesday.pk}/post/")


def test_nobody_else_is_told_why(world: World) -> None:
    device, strange = browser(world.ana), Client(headers={"cookie": "sessionid=" + "a" * 32})
    with clock.turned(timedelta(days=15)):
        assert device.get("/groups/").headers["Location"] == "/sign-in/?next=/groups/"
    assert strange.get("/groups/").headers["Location"] == "/sign-in/?next=/groups/"


def test_a_device_signed_out_by_hand_is_told_nothing(world: World, dana: Client) -> None:
    people.end_sessions(person=world.dana)
    assert dana.get("/groups/").headers["Location"] == "/sign-in/?next=/groups/"


def test_why_can_be_said_for_a_day_and_then_the_row_is_gone(world: World, dana: Client) -> None:
    with clock.turned(QUIET + timedelta(hours=23)):
        people.forget_ended_devices()
        assert "over=quiet" in dana.get("/groups/").headers["Location"]
    with clock.turned(QUIET + timedelta(hours=25)):
        people.forget_ended_devices()
    assert not Session.objects.exists()


def test_what_was_being_written_waits_on_a_phone_that_is_only_theirs(world: World, dana: Client) -> None:
    row = Session.objects.get(person=world.dana)
    phones.answer(person=world.dana, session_id=row.pk, only_mine=True)
    key = phones.open_phone(person=world.dana, session_id=row.pk, phone_id=world.dana.pk)
    with clock.turned(timedelta(days=2)):
        assert not is_in(dana)
        people.forget_ended_devices()
        assert PhoneKey.objects.get().key == key


def test_the_api_answers_as_for_nobody(world: World, dana: Client) -> None:
    with clock.turned(QUIET + MOMENT):
        answer = dana.get("/api/v1/me")
        assert (answer.status_code, answer.json()["code"]) == (401, "sign_in")


# What it costs ------------------------------------------------------------------------------------------------------


def asked(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as found:
        act()
    return sum("people_session" in one["sql"] for one in found)


def test_a_page_asks_no_more_of_a_device_than_before(world: World) -> None:
    for person in (world.ana, world.dana):
        device = browser(person)
        assert asked(lambda: device.get("/groups/")) == 1  # noqa: B023 - called at once
        with clock.turned(SEEN_EVERY + MOMENT):
            assert asked(lambda: device.get("/groups/")) == 2  # noqa: B023 - as above


def test_nobody_is_bound_who_only_signs_in(world: World) -> None:
    made: Person = people.create(alias="Gil")
    browser(made)
    assert Session.objects.get(person=made).staff_since is None

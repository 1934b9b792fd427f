"""Whoever wants it is asked for their password after fifteen quiet minutes: who picks the phone up reads nothing."""

from datetime import timedelta

import pytest
from django.test import Client

from community.foundation import clock
from community.people import services as people
from community.people.models import Session
from community.programs import services as programs
from community.programs.models import StaffRole
from groups.demo.services import World
from tests.doors import ALL, Script, browser

QUIET, MOMENT = timedelta(minutes=15), timedelta(minutes=1)


def is_in(client: Client) -> bool:
    return client.get("/groups/").status_code == 200


def locks(world: World, *, wanted: bool = True) -> None:
    people.change(person=world.ben, wanted={"locks": wanted})


def test_nobody_is_asked_who_did_not_want_it(world: World) -> None:
    ben = browser(world.ben)
    with clock.turned(timedelta(days=2)):
        assert is_in(ben)


@pytest.mark.parametrize("door", ["page", "rest"])
def test_fifteen_quiet_minutes_lock_every_device_and_use_keeps_it_open(world: World, door: str) -> None:
    one, other = browser(world.ben), browser(world.ben)
    if door == "page":
        assert one.post("/settings/devices/", {"locks": "1"}).status_code == 302
    else:
        assert Script(world.ben, ALL).patch("me", {"locks": True}).json()["locks"] is True
    with clock.turned(QUIET - MOMENT):
        assert is_in(one)
    with clock.turned(2 * QUIET - 2 * MOMENT):
        assert is_in(one)
        assert not is_in(other)


def test_the_way_in_says_why_and_leads_back(world: World) -> None:
    locks(world)
    ben = browser(world.ben)
    with clock.turned(QUIET + MOMENT):
        asked = ben.get("/groups/")
        assert asked.headers["Location"] == "/sign-in/?next=/groups/&over=locked"
        assert "You wanted to be asked for your password" in ben.get(asked.headers["Location"]).content.decode()


def test_who_signs_in_later_is_asked_there_as_well(world: World) -> None:
    locks(world)
    ben = browser(world.ben)
    with clock.turned(QUIET + MOMENT):
        assert not is_in(ben)


def test_who_does_not_want_it_any_more_stays_signed_in(world: World) -> None:
    locks(world)
    ben = browser(world.ben)
    assert b"Don\xe2\x80\x99t ask any more" in ben.get("/settings/devices/").content
    ben.post("/settings/devices/", {"locks": "0"})
    with clock.turned(timedelta(days=2)):
        assert is_in(ben)


def test_a_lock_makes_nothing_longer_for_staff(world: World) -> None:
    programs.appoint(person=world.ben, program=world.evening, role=StaffRole.MODERATOR)
    locks(world)
    ben = browser(world.ben)
    with clock.turned(QUIET + MOMENT):
        assert not is_in(ben)
    locks(world, wanted=False)
    ben = browser(world.ben)
    with clock.turned(2 * QUIET + MOMENT):
        assert not is_in(ben)


def test_nobody_elses_devices_are_locked_with_it(world: World) -> None:
    ana = browser(world.ana)
    locks(world)
    assert not Session.objects.of(world.ana.pk).filter(locks=True).exists()
    with clock.turned(QUIET + MOMENT):
        assert is_in(ana)

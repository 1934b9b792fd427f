"""What the house does by itself: chores that may run twice, late, and beside one that fails."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from community.foundation import clock, registers
from community.foundation.models import FirstAnswer
from community.foundation.registers import Chore, Register
from community.foundation.upkeep import keep_up
from community.people.models import Session
from groups.demo.services import World

ANSWERS = "foundation: forget first answers after 24 hours"
DEVICES = "people: forget devices whose time is over"


@pytest.fixture
def chores(monkeypatch: pytest.MonkeyPatch) -> Register[Chore]:
    """A register of this test alone."""
    empty: Register[Chore] = Register("a test")
    monkeypatch.setattr("community.foundation.upkeep.upkeep", empty)
    return empty


def answered(world: World) -> None:
    FirstAnswer.objects.create(person=world.ana.pk, key="one", asked="x" * 64, status=201, answer={}, at=clock.now())


def a_device(world: World) -> None:
    now = clock.now()
    Session.objects.create(
        digest="d" * 64, person=world.ana, created=now, last_seen=now, expires=now + timedelta(days=14)
    )


def test_what_is_still_wanted_stays(world: World) -> None:
    answered(world)
    a_device(world)
    with clock.turned(timedelta(hours=23)):
        done = keep_up()
    assert (done[ANSWERS], done[DEVICES]) == (0, 0)
    assert FirstAnswer.objects.exists()
    assert Session.objects.exists()


def test_old_answers_and_old_devices_are_forgotten_once(world: World) -> None:
    answered(world)
    a_device(world)
    with clock.turned(timedelta(days=15)):
        first, second = keep_up(), keep_up()
    assert (first[ANSWERS], first[DEVICES]) == (1, 1)
    assert (second[ANSWERS], second[DEVICES]) == (0, 0)


def test_a_chore_that_fails_keeps_no_other_one_waiting(db: None, chores: Register[Chore]) -> None:
    def stumble() -> int:
        raise RuntimeError

    chores.add("broken", stumble)
    chores.add("whole", lambda: 3)
    assert keep_up() == {"broken": None, "whole": 3}


def test_the_command_says_what_was_done(db: None) -> None:
    said = StringIO()
    call_command("upkeep", stdout=said)
    assert said.getvalue().splitlines() == [f"{name}: 0" for name in registers.upkeep.names()]


def test_the_command_ends_with_an_error_when_something_could_not_be_done(db: None, chores: Register[Chore]) -> None:
    chores.add("broken", lambda: 1 // 0)
    with pytest.raises(CommandError, match="1 could not be done"):
        call_command("upkeep", stdout=StringIO())

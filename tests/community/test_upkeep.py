"""What the house does by itself: chores that may run twice, late, and beside one that fails."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult, get_date_max

from community.foundation import clock, registers
from community.foundation.models import FirstAnswer
from community.foundation.registers import Chore, Register
from community.foundation.upkeep import keep_up
from community.foundation.worker import forget_tasks, free_tasks
from community.people.models import Session
from groups.demo.services import World

ANSWERS = "foundation: forget first answers after 24 hours"
DEVICES = "people: forget devices whose time is over"


@pytest.fixture
def chores(monkeypatch: pytest.MonkeyPatch) -> Register[Chore]:
    """A register of this test alone."""
    empty: Register[Chore] = Register("a test")
    monkeypatch.setattr("community.foundation.upkeep.upkeep", empty)
    for other in ("errands", "urgent"):
        monkeypatch.setattr(f"community.foundation.upkeep.{other}", Register(other))
    return empty


def a_task(**given: Any) -> DBTaskResult[Any, Any]:
    """A task of this house, as its table holds it."""
    return DBTaskResult.objects.create(
        **{
            "args_kwargs": {"args": [], "kwargs": {}},
            "task_path": "tests.community.test_upkeep.nothing",
            "backend_name": "default",
            "run_after": get_date_max(),
            "status": "RUNNING",
            "exception_class_path": "",
            "traceback": "",
            **given,
        }
    )


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


def test_a_task_of_a_worker_that_is_gone_runs_again(db: None) -> None:
    now = clock.now()
    lost = a_task(started_at=now - timedelta(minutes=16), worker_ids=["gone"])
    busy = a_task(started_at=now - timedelta(minutes=14), worker_ids=["here"])
    assert (free_tasks(), free_tasks()) == (1, 0)
    lost.refresh_from_db()
    busy.refresh_from_db()
    assert (lost.status, busy.status) == ("READY", "RUNNING")
    assert DBTaskResult.objects.ready().get() == lost


def test_a_task_that_ends_its_worker_is_given_up(db: None) -> None:
    a_task(started_at=clock.now() - timedelta(minutes=16), worker_ids=["gone"] * 5)
    assert free_tasks() == 1
    assert DBTaskResult.objects.get().status == "FAILED"


def test_tasks_that_ended_long_ago_are_forgotten(db: None) -> None:
    for days in (13, 15):
        a_task(status="SUCCESSFUL", finished_at=clock.now() - timedelta(days=days))
    assert (forget_tasks(), forget_tasks()) == (1, 0)


def test_a_chore_that_fails_keeps_no_other_one_waiting(db: None, chores: Register[Chore]) -> None:
    def stumble() -> int:
        raise RuntimeError

    chores.add("broken", stumble)
    chores.add("whole", lambda: 3)
    assert keep_up() == {"broken": None, "whole": 3}


def test_the_command_says_what_was_done(db: None) -> None:
    said = StringIO()
    call_command("upkeep", stdout=said)
    assert said.getvalue().splitlines() == [
        f"{name}: 0" for name in (*registers.urgent.names(), *registers.errands.names(), *registers.upkeep.names())
    ]


def test_the_command_ends_with_an_error_when_something_could_not_be_done(db: None, chores: Register[Chore]) -> None:
    chores.add("broken", lambda: 1 // 0)
    with pytest.raises(CommandError, match="1 could not be done"):
        call_command("upkeep", stdout=StringIO())

"""Where a program counts no days, an open socket shows none either: not in what comes, and not in what is caught up."""

import json
from datetime import timedelta
from typing import Any

import pytest

from community.foundation import clock
from community.programs import services as programs
from community.programs.models import Enrollment
from groups.celebrations import services as celebrations
from groups.celebrations.models import Watch
from groups.celebrations.tasks import look_at_due
from groups.demo.services import World
from tests.groups.test_celebrations import NINE, it_is
from tests.realtime.conftest import Plugger, db

pytestmark = pytest.mark.django_db(transaction=True)


def shares(world: World) -> None:
    with it_is(world.ana, 0, NINE):
        Watch.objects.update(next_at=clock.now())  # whatever the hour is where this runs
        look_at_due()
    asked = world.ana.focuses.get().runs.get().celebrations.get()
    celebrations.answer(person=world.ana, celebration=asked, groups=[world.tuesday.pk], words="Mine.")
    with it_is(world.ana, 1):
        look_at_due()


def comes_to_harbor(world: World) -> None:
    for episode in Enrollment.objects.open().of(world.ana.pk):
        programs.withdraw(enrollment=episode)
    programs.enroll(person=world.ana, cohort=world.mornings)


def card_in(frame: dict[str, Any]) -> bool:
    return frame.get("type") == "change" and frame["message"]["kind"] == "celebration"


async def test_a_card_leaves_every_open_socket_when_its_owner_comes_where_no_days_are_counted(
    world: World, plug: Plugger
) -> None:
    ben = await plug(world.ben)
    await db(shares)(world)
    assert "Ana has 30 days" in (await ben.until(card_in))["message"]["body"]
    await db(comes_to_harbor)(world)
    gone = await ben.until(card_in)
    assert (gone["message"]["body"], gone["message"]["removed"]) == (None, "author")
    for person in (world.ana, world.ben):
        fresh = await plug(person)
        await fresh.ask("sync", since={one["id"]: 0 for one in fresh.hello["groups"]})
        assert fresh.hello["groups"]
        assert "30 days" not in json.dumps(fresh.heard)
        assert (clock.today(person.zone) - timedelta(days=29)).isoformat() not in json.dumps(fresh.heard)

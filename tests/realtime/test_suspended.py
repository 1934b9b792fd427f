"""Somebody is suspended while their sockets are open."""

from datetime import timedelta
from uuid import uuid4

import pytest

from community.foundation import clock
from community.sanctions import services as sanctions
from groups.demo.services import World
from tests.doors import say
from tests.realtime.conftest import Plugger, db

pytestmark = pytest.mark.django_db(transaction=True)


async def test_open_sockets_hear_nothing_more_and_are_back_by_themselves(world: World, plug: Plugger) -> None:
    ben, ana, decision = await plug(world.ben), await plug(world.ana), uuid4()
    until = clock.now() + timedelta(hours=1)
    await db(sanctions.suspend)(person_id=world.ben.pk, decision_id=decision, until=until)
    await ben.until(lambda frame: frame.get("type") == "left" and frame["group"] == str(world.tuesday.pk))
    await db(say)(world.ana, world.tuesday, "Only for who is here.")
    assert not (await ben.say(world.tuesday, "Still here?"))["ok"]
    fresh = await plug(world.ben)
    assert fresh.hello["groups"] == []
    assert "Only for who is here." not in str(ben.heard) + str(fresh.heard)
    await ana.until(lambda frame: "Only for who is here." in str(frame))
    await db(sanctions.end)(decision_id=decision)
    for socket in (ben, fresh):
        await socket.until(lambda frame: frame.get("type") == "joined" and frame["group"] == str(world.tuesday.pk))
    assert (await ben.say(world.tuesday, "Hello again."))["ok"]

"""The quiet evening, heard by who is there; and where there is none."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from community.people import services as people
from groups.demo import script
from groups.demo.services import World
from groups.membership import services as membership
from realtime.evening import Evening, has_an_evening
from realtime.hub import hub_here
from tests.realtime.conftest import Plugger, db

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = script.lines("evening_tuesday")


async def test_who_is_in_the_room_hears_the_evening_go_on(world: World, plug: Plugger) -> None:
    for alias in sorted({line.author for line in TOLD}):
        await db(membership.seat)(person=await db(people.create)(alias=alias), group=world.tuesday)
    ana = await plug(world.ana)
    going_on = Evening(await hub_here())
    going_on.company[world.tuesday.pk] = timedelta(hours=1)
    await going_on.once()
    heard = await ana.type("change")
    assert heard["message"]["body"] == TOLD[0].body
    assert heard["message"]["author"]["alias"] == TOLD[0].author
    assert going_on.company[world.tuesday.pk] == timedelta()
    await going_on.once()
    assert await ana.receive_nothing()


async def test_a_room_nobody_has_open_stays_still(world: World, plug: Plugger) -> None:
    await plug(world.eli)
    going_on = Evening(await hub_here())
    await going_on.once()
    assert set(going_on.company) == {world.harbor.pk}


@pytest.mark.parametrize(
    ("demo", "switch", "answer"), [(True, True, True), (True, False, False), (False, True, False), (None, True, False)]
)
def test_only_the_demo_has_an_evening_and_it_can_be_switched_off(
    settings: Settings,
    demo: bool | None,  # noqa: FBT001 - a row of the table
    switch: bool,  # noqa: FBT001
    answer: bool,  # noqa: FBT001
) -> None:
    settings.EVENING = switch
    settings.DEMO = demo
    if demo is None:
        del settings.DEMO
    assert has_an_evening() is answer

"""Who is around: of those who chose it, for as long as they are, and never when they were last."""

from typing import Any

import pytest
from django.core.cache import cache

from community.foundation import leases
from community.people import services as people
from community.people.models import Person
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.rules import AROUND
from realtime.around import Around
from realtime.hub import hub_here
from tests.doors import Script, browser
from tests.realtime.conftest import Plug, Plugger, db

pytestmark = pytest.mark.django_db(transaction=True)


async def shows(person: Person, *, shown: bool = True) -> None:
    await db(people.change)(person=person, wanted={"shows_presence": shown})


async def around_at(plug: Plug, world: World, *members: str) -> dict[str, Any]:
    """The first word that exactly these are around in the Tuesday group."""
    return await plug.until(
        lambda frame: (
            frame.get("type") == "presence"
            and frame["group"] == str(world.tuesday.pk)
            and frame["around"] == sorted(members)
        )
    )


def member(plug: Plug, world: World) -> str:
    return next(str(seat["me"]) for seat in plug.hello["groups"] if seat["id"] == str(world.tuesday.pk))


def told(person: Person, world: World) -> dict[str, Any]:
    """What the member list says of who is around, by name."""
    rows = Script(person).get(f"groups/{world.tuesday.pk}/members").json()["results"]
    return {row["alias"]: row["around"] for row in rows if "around" in row}


async def test_nobody_is_shown_around_unless_they_chose_it(world: World, plug: Plugger) -> None:
    ben = await plug(world.ben)
    await plug(world.ana)
    assert await ben.receive_nothing()
    assert await db(told)(world.ben, world) == {}


async def test_who_chose_it_is_shown_around_to_those_who_are_there_and_who_come(world: World, plug: Plugger) -> None:
    await shows(world.ana)
    ben = await plug(world.ben)
    ana = await plug(world.ana)
    await around_at(ben, world, member(ana, world))
    cy = await plug(world.cy)
    await around_at(cy, world, member(ana, world))
    assert await db(told)(world.ben, world) == {"Ana": True}


async def test_choosing_it_shows_at_once_and_turning_it_off_hides_at_once(world: World, plug: Plugger) -> None:
    ben, ana = await plug(world.ben), await plug(world.ana)
    await shows(world.ana)
    await around_at(ben, world, member(ana, world))
    await shows(world.ana, shown=False)
    await around_at(ben, world)
    assert await db(told)(world.ben, world) == {}


async def test_who_is_away_is_said_to_be_not_around_and_nothing_more(world: World) -> None:
    await shows(world.ana)
    assert await db(told)(world.ben, world) == {"Ana": False}


async def test_it_ends_by_itself(world: World, plug: Plugger) -> None:
    await shows(world.ana)
    ben, ana = await plug(world.ben), await plug(world.ana)
    await around_at(ben, world, member(ana, world))
    await ana.unplug()
    reader = (await hub_here()).readers[world.tuesday.pk]
    reader.around.until = dict.fromkeys(reader.around.until, 0.0)  # a while later
    reader.lapse()
    await around_at(ben, world)


async def test_a_lost_lease_is_taken_again_in_the_next_round(world: World, plug: Plugger) -> None:
    await shows(world.ana)
    ben, ana = await plug(world.ben), await plug(world.ana)
    await around_at(ben, world, member(ana, world))
    cache.clear()
    assert await db(told)(world.ben, world) == {"Ana": False}
    await (await hub_here()).presence.renew([world.ana.pk])
    assert await db(told)(world.ben, world) == {"Ana": True}


async def test_who_holds_no_seat_here_hears_nothing_of_it(world: World, plug: Plugger) -> None:
    await shows(world.ana)
    eli, ben = await plug(world.eli), await plug(world.ben)
    ana = await plug(world.ana)
    await around_at(ben, world, member(ana, world))
    assert await eli.receive_nothing()


async def test_whose_seat_ended_is_around_in_that_room_no_longer(world: World, plug: Plugger) -> None:
    await shows(world.ana)
    ben = await plug(world.ben)
    ana = await plug(world.ana)
    await around_at(ben, world, member(ana, world))
    await db(membership.unseat)(person=world.ana, group=world.tuesday, by=world.dana)
    assert await db(told)(world.ben, world) == {}
    await ana.type("left")
    await (await hub_here()).presence.renew([world.ana.pk])
    await around_at(ben, world)


def test_a_lease_that_is_renewed_is_no_news() -> None:
    here = Around()
    assert here.hear({"one": 40})
    assert not here.hear({"one": 40})
    assert here.hear({"two": 40})
    assert here.hear({"one": 0})
    assert here.members() == ["two"]


@pytest.mark.parametrize(("many", "said"), [(3, False), (4, True)])
def test_the_room_says_a_number_only_above_three(world: World, many: int, *, said: bool) -> None:
    everybody = list(world.tuesday.memberships.current().select_related("person"))[:many]
    assert len(everybody) == many
    for seat in everybody:
        people.change(person=seat.person, wanted={"shows_presence": True})
    leases.hold(what=AROUND, who=[str(seat.person_id) for seat in everybody], seconds=60)
    page = browser(world.dana).get(f"/groups/{world.tuesday.pk}/").content.decode()
    assert (f"{many} are around now" in page) is said
    assert page.split("data-members>")[1].count("data-around>around now") == many

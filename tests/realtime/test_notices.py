"""Words to one person reach every socket they have, by hint or by sweep, and nobody else's."""

from uuid import uuid4

import pytest

from community.notices import services as notices
from community.people import services as people
from groups.demo.services import World
from realtime.delivery import bell
from realtime.inbox import news_for
from tests.realtime.conftest import Plugger, db

pytestmark = pytest.mark.django_db(transaction=True)
ROOM = "words_released"


async def test_a_word_reaches_every_socket_of_its_person_and_no_other(world: World, plug: Plugger) -> None:
    phone, desk, ben = await plug(world.ana), await plug(world.ana), await plug(world.ben)
    told = await db(notices.tell)(person=world.ana, notice=ROOM, about=world.tuesday.pk)
    for socket in (phone, desk):
        notice = (await socket.type("notice"))["notice"]
        assert (notice["id"], notice["kind"], notice["seen"]) == (str(told.pk), ROOM, None)
        assert notice["link"] == f"/groups/{world.tuesday.pk}/"
    assert await ben.receive_nothing()
    assert await phone.receive_nothing()


async def test_it_is_said_in_the_language_its_person_reads(world: World, plug: Plugger) -> None:
    await db(people.change)(person=world.ana, wanted={"language": "es"})
    ana = await plug(world.ana)
    await db(notices.tell)(person=world.ana, notice="password_changed")
    assert "contraseña" in (await ana.type("notice"))["notice"]["text"]


async def test_a_lost_hint_is_found_by_the_sweep(world: World, plug: Plugger, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = await plug(world.ana)
    monkeypatch.setattr(bell, "ring", lambda _hints: None)
    told = await db(notices.tell)(person=world.ana, notice=ROOM, about=world.tuesday.pk)
    assert (await ana.type("notice"))["notice"]["id"] == str(told.pk)


async def test_what_waits_is_told_to_a_socket_that_comes(world: World, plug: Plugger) -> None:
    seen = await db(notices.tell)(person=world.ana, notice=ROOM, about=uuid4())
    waits = await db(notices.tell)(person=world.ana, notice=ROOM, about=uuid4())
    await db(notices.see)(person=world.ana, notice=seen)
    ana = await plug(world.ana)
    assert (await ana.type("notice"))["notice"]["id"] == str(waits.pk)
    assert await ana.receive_nothing()


async def test_what_was_seen_on_one_device_goes_from_the_others(world: World, plug: Plugger) -> None:
    told = [await db(notices.tell)(person=world.ana, notice=ROOM, about=uuid4()) for _time in range(3)]
    ana = await plug(world.ana)
    for _time in told:
        await ana.type("notice")
    await db(notices.see_all)(person=world.ana, number=2)
    gone = [(await ana.type("notice"))["notice"] for _time in range(2)]
    assert [one["id"] for one in gone] == [str(one.pk) for one in told[:2]]
    assert all(one["seen"] and one["version"] == 4 for one in gone)
    assert await ana.receive_nothing()


async def test_a_token_for_the_rooms_alone_hears_no_word_about_its_person(world: World, plug: Plugger) -> None:
    ana = await plug(world.ana, ["chat:read", "chat:write"])
    await db(notices.tell)(person=world.ana, notice=ROOM, about=world.tuesday.pk)
    assert await ana.receive_nothing(3.0)


async def test_many_words_arrive_in_order_and_once(world: World, plug: Plugger) -> None:
    ana = await plug(world.ana)
    told = [str((await db(notices.tell)(person=world.ana, notice=ROOM, about=uuid4())).pk) for _time in range(12)]
    heard = [(await ana.type("notice"))["notice"]["id"] for _time in range(12)]
    assert heard == told
    assert await ana.receive_nothing(2.6)


def test_who_comes_late_is_told_the_newest_twenty(world: World) -> None:
    for _time in range(25):
        notices.tell(person=world.ana, notice=ROOM, about=uuid4())
    reached, found = news_for(world.ana.pk, 0)
    assert (reached, [one["number"] for one in found]) == (25, list(range(6, 26)))
    assert news_for(world.ana.pk, 25) == (25, [])

"""Two people talk."""

from uuid import uuid4

import pytest

from groups.chat import services as chat
from groups.demo.services import World
from groups.membership import services as membership
from tests.realtime.conftest import Plugger, db

pytestmark = pytest.mark.django_db(transaction=True)


async def test_what_one_says_the_other_hears(world: World, plug: Plugger) -> None:
    ana, ben = await plug(world.ana), await plug(world.ben)
    answer = await ana.say(world.tuesday, "See you Tuesday.")
    heard = await ben.type("change")
    assert answer["ok"]
    assert heard["message"] == answer["message"]
    assert heard["message"]["body"] == "See you Tuesday."
    assert heard["message"]["author"]["alias"] == "Ana"


async def test_the_author_hears_the_answer_before_the_echo(world: World, plug: Plugger) -> None:
    ana = await plug(world.ana)
    for number in range(20):
        answer = await ana.say(world.tuesday, f"Line {number}")
        assert answer["ok"]
        echo = await ana.type("change")
        assert echo["message"]["id"] == answer["message"]["id"]
    assert [frame.get("type", "answer") for frame in ana.heard[1:]] == ["answer", "change"] * 20


async def test_a_key_sent_again_gets_the_first_answer(world: World, plug: Plugger) -> None:
    ana, key = await plug(world.ana), str(uuid4())
    first = await ana.say(world.tuesday, "Once.", key=key)
    again = await ana.say(world.tuesday, "Once.", key=key.upper())
    other = await ana.say(world.tuesday, "Something else.", key=key)
    assert first["message"] == again["message"]
    assert other["error"]["status"] == 409


async def test_a_member_who_lost_their_seat_hears_nothing_more(world: World, plug: Plugger) -> None:
    ana = await plug(world.ana)
    await db(membership.unseat)(person=world.ana, group=world.tuesday, by=world.dana)
    assert (await ana.type("left"))["group"] == str(world.tuesday.pk)
    await db(chat.post)(author=world.ben, group=world.tuesday, key=uuid4(), body="See you Thursday.")
    assert await ana.receive_nothing()
    refused = await ana.say(world.tuesday, "Hello?")
    assert refused["error"]["status"] == 404


async def test_a_seat_won_is_live_at_once(world: World, plug: Plugger) -> None:
    eli = await plug(world.eli)
    await db(membership.seat)(person=world.eli, group=world.tuesday, by=world.dana)
    assert (await eli.type("joined"))["group"] == str(world.tuesday.pk)
    await db(chat.post)(author=world.ben, group=world.tuesday, key=uuid4(), body="Welcome.")
    assert (await eli.type("change"))["message"]["body"] == "Welcome."


async def test_a_sync_gives_what_was_missed_in_order(world: World, plug: Plugger) -> None:
    ana = await plug(world.ana)
    before = next(group["version"] for group in ana.hello["groups"] if group["id"] == str(world.tuesday.pk))
    await ana.unplug()
    for number in range(5):
        await db(chat.post)(author=world.ben, group=world.tuesday, key=uuid4(), body=f"Line {number}")
    ana = await plug(world.ana)
    answer = await ana.ask("sync", since={str(world.tuesday.pk): before, str(world.harbor.pk): 0, "nonsense": 3})
    missed = [frame["message"]["body"] for frame in ana.heard if frame.get("type") == "change"]
    assert missed == [f"Line {number}" for number in range(5)]
    assert answer["versions"] == {str(world.tuesday.pk): before + 5}

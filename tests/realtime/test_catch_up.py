"""Whatever the layer loses, whoever is slow: everybody ends with what their seat shows, and nothing else."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from channels.layers import get_channel_layer

from community.foundation import clock
from groups.chat import services as chat
from groups.chat.models import Message
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Group, Role
from realtime import questions, sockets
from realtime.hub import hub_here
from realtime.reader import Reader
from tests.realtime.conftest import Plug, Plugger, db

pytestmark = pytest.mark.django_db(transaction=True)


async def said(world: World, *bodies: str) -> list[Message]:
    """Ben says these words in Tuesday evening, in one batch."""
    drafts = [chat.draft(author_id=world.ben.pk, group_id=world.tuesday.pk, key=uuid4(), body=body) for body in bodies]
    return [outcome.message for outcome in await db(chat.post_all)(drafts=drafts) if outcome.message]


def bodies(plug: Plug) -> list[Any]:
    return [frame["message"]["body"] for frame in plug.heard if frame.get("type") == "change"]


@pytest.mark.usefixtures("brisk")
async def test_a_lost_hint_is_healed_by_the_sweep(world: World, plug: Plugger, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = await plug(world.ana)
    await said(world, "Everybody was told.")
    await ana.type("change")
    healed = (await hub_here()).sweep.healed
    monkeypatch.setattr("realtime.delivery.bell.ring", lambda hints: None)
    await said(world, "Nobody was told.")
    assert (await ana.type("change"))["message"]["body"] == "Nobody was told."
    assert (await hub_here()).sweep.healed == healed + 1


@pytest.mark.usefixtures("brisk")
async def test_a_lost_hint_about_a_seat_is_healed_by_the_sweep(
    world: World, plug: Plugger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, eli = await plug(world.ana), await plug(world.eli)
    monkeypatch.setattr("realtime.delivery.bell.ring", lambda hints: None)
    await db(membership.unseat)(person=world.ana, group=world.tuesday, by=world.dana)
    await db(membership.seat)(person=world.eli, group=world.tuesday, by=world.dana)
    assert (await ana.type("left"))["group"] == str(world.tuesday.pk)
    assert (await eli.type("joined"))["group"] == str(world.tuesday.pk)


async def test_words_after_a_removal_are_not_delivered_though_no_hint_told_of_it(
    world: World, plug: Plugger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, cy = await plug(world.ana), await plug(world.cy)
    with monkeypatch.context() as silent:
        silent.setattr("realtime.delivery.bell.ring", lambda hints: None)
        await db(membership.unseat)(person=world.ana, group=world.tuesday, by=world.dana)
    await said(world, "Only for those who are here.")
    assert (await cy.type("change"))["message"]["body"] == "Only for those who are here."
    await ana.type("left")
    assert bodies(ana) == []


@pytest.mark.usefixtures("brisk")
async def test_a_flushed_layer_loses_nothing(world: World, plug: Plugger) -> None:
    ana = await plug(world.ana)
    layer = get_channel_layer()
    assert layer is not None
    layer.groups.clear() if hasattr(layer, "groups") else None
    await said(world, "One.", "Two.")
    await ana.until(lambda frame: frame.get("type") == "change" and frame["message"]["body"] == "Two.")
    assert bodies(ana) == ["One.", "Two."]


async def test_far_behind_is_stale_and_goes_on_live(world: World, plug: Plugger) -> None:
    ana = await plug(world.ana)
    for _round in range(3):
        await said(world, *(f"Line {number}" for number in range(200)))
    await ana.unplug()
    ana = await plug(world.ana)
    here = str(world.tuesday.pk)
    answer = await ana.ask("sync", since={here: 0})
    stale = next(frame for frame in ana.heard if frame.get("type") == "stale")
    assert answer["versions"] == {here: stale["version"]} == {here: 600}
    await said(world, "Live again.")
    assert (await ana.type("change"))["message"]["body"] == "Live again."


async def test_ahead_of_the_group_is_stale(world: World, plug: Plugger) -> None:
    ana = await plug(world.ana)
    answer = await ana.ask("sync", since={str(world.tuesday.pk): 10_000})
    assert ana.heard[-2]["type"] == "stale"
    assert answer["versions"] == {str(world.tuesday.pk): 0}


async def test_five_hundred_missed_changes_come_in_order(world: World, plug: Plugger) -> None:
    ana = await plug(world.ana)
    await ana.unplug()
    for start in (0, 200, 400):
        await said(world, *(f"Line {start + number}" for number in range(min(200, 500 - start))))
    ana = await plug(world.ana)
    here = str(world.tuesday.pk)
    await ana.send({"id": "s", "do": "sync", "since": {here: 0}})
    await ana.until(lambda frame: frame.get("type") == "change" and frame["version"] == 250)
    await ana.send({"do": "seen", "cursors": {here: 250}})
    answer = await ana.until(lambda frame: frame.get("re") == "s")
    assert bodies(ana) == [f"Line {number}" for number in range(500)]
    assert answer["versions"] == {here: 500}


async def test_removed_words_are_nowhere_to_be_replayed(world: World, plug: Plugger) -> None:
    cy = await plug(world.cy)
    (message,) = await said(world, "Take this back.")
    await cy.type("change")
    await db(chat.remove)(person=world.ben, message=message)
    ana = await plug(world.ana)
    await ana.ask("sync", since={str(world.tuesday.pk): 0})
    assert bodies(ana) == [None]
    assert "Take this back." not in repr(ana.heard)


async def test_removed_words_are_not_replayed_by_a_reader_that_is_behind(
    world: World, plug: Plugger, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def late(_reader: Reader) -> None: ...

    cy = await plug(world.cy)
    (message,) = await said(world, "Take this back.")
    await cy.type("change")
    monkeypatch.setattr(Reader, "_catch_up", late)
    await db(chat.remove)(person=world.ben, message=message)
    ana = await plug(world.ana)
    await ana.ask("sync", since={str(world.tuesday.pk): 0})
    assert bodies(ana) == [None]


async def test_a_newcomer_is_shown_only_what_their_seat_shows(world: World, plug: Plugger) -> None:
    with clock.turned(by=-timedelta(days=8)):
        old = (await said(world, "Long ago."))[0]
    await said(world, "This week.")
    await db(membership.seat)(person=world.eli, group=world.tuesday, by=world.dana)
    eli = await plug(world.eli)
    await eli.ask("sync", since={str(world.tuesday.pk): 0})
    assert bodies(eli) == ["This week."]
    await db(chat.react)(person=world.cy, message=old, name="hug")
    await said(world, "And now.")
    assert (await eli.type("change"))["message"]["body"] == "And now."


async def test_a_socket_that_does_not_say_what_it_saw_is_paused_and_goes_on_later(
    world: World, plug: Plugger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "WINDOW", 5)
    monkeypatch.setattr(sockets, "QUEUE", 4)
    ana, ben = await plug(world.ana), await plug(world.ben)
    here = str(world.tuesday.pk)
    await said(world, *(f"Line {number}" for number in range(30)))
    for _number in range(5):
        await ana.type("change")
    assert await ana.receive_nothing()
    assert (await ben.ask("ping"))["ok"], "a slow socket never slows another"
    while len(bodies(ana)) < 30:
        await ana.send({"do": "seen", "cursors": {here: len(bodies(ana))}})
        await ana.type("change")
    assert bodies(ana) == [f"Line {number}" for number in range(30)]


@pytest.mark.usefixtures("brisk")
async def test_a_socket_that_stays_behind_is_closed(
    world: World, plug: Plugger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "WINDOW", 2)
    monkeypatch.setattr("realtime.sweep.STALLED", 0.0)
    ana = await plug(world.ana)
    await said(world, *(f"Line {number}" for number in range(10)))
    assert await ana.closed() == 4408


async def test_each_change_is_encoded_once_for_everybody(
    world: World, plug: Plugger, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoded: list[int] = []
    whole = questions.entry_of

    def counted(row: Message) -> questions.Entry:
        encoded.append(row.version)
        return whole(row)

    monkeypatch.setattr(questions, "entry_of", counted)
    plugs = [await plug(person) for person in (world.ana, world.ana, world.ben, world.cy, world.dana)]
    await said(world, "Once.")
    await asyncio.gather(*(one.type("change") for one in plugs))
    assert encoded == [1]


async def test_who_reads_the_log_is_one_reader_a_group(world: World, plug: Plugger) -> None:
    await asyncio.gather(*(plug(person) for person in (world.ana, world.ben, world.cy)))
    hub = await hub_here()
    assert len(hub.readers[world.tuesday.pk].subscriptions) == 3


async def test_a_change_of_role_or_name_tells_everybody_to_look(world: World, plug: Plugger) -> None:
    ana = await plug(world.ana)
    await db(membership.seat)(person=world.ben, group=world.tuesday, role=Role.MODERATOR, by=world.dana)
    members = await ana.type("members")
    group = await db(Group.objects.get)(pk=world.tuesday.pk)
    assert members == {"type": "members", "group": str(group.pk), "seats": group.seats}


async def test_held_words_reach_their_author_only(world: World, plug: Plugger) -> None:
    await db(membership.hold_room)(group=world.tuesday, by=world.dana, held=True)
    ana, ben = await plug(world.ana), await plug(world.ben)
    answer = await ana.say(world.tuesday, "Please read this first.")
    assert answer["message"]["body"] == "Please read this first."
    assert answer["held"]["reason"]
    heard = (await ben.type("change"))["message"]
    assert (heard["body"], heard["author"], heard["removed"]) == (None, None, "held")
    message = await db(Message.objects.get)(pk=heard["id"])
    await db(chat.release)(person=world.dana, message=message)
    assert (await ben.type("change"))["message"]["body"] == "Please read this first."


async def test_catching_up_ends_live_under_fire(world: World, plug: Plugger) -> None:
    """Words are written while a sync runs: none is missed, none comes twice."""
    ana = await plug(world.ana)
    here = str(world.tuesday.pk)
    await said(world, *(f"Line {number}" for number in range(100)))
    await ana.until(lambda frame: frame.get("version") == 100)
    ana.heard.clear()

    async def write() -> None:
        for number in range(100, 160, 3):
            await said(world, *(f"Line {number + more}" for more in range(3)))

    writing = asyncio.create_task(write())
    await ana.ask("sync", since={here: 20})
    await writing
    await ana.until(lambda frame: frame.get("version") == 160)
    assert bodies(ana) == [f"Line {number}" for number in range(20, 160)]

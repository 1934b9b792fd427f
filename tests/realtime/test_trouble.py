"""Things that go wrong at the worst moment, each of them found by breaking a running house."""

import asyncio
import threading
import time
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError, connection, transaction

from community.foundation.errors import Busy
from community.foundation.models import Deployment
from groups.chat import services as chat
from groups.chat.desk import Draft, Outcome
from groups.chat.models import Message
from groups.demo.services import World
from groups.membership.models import Group
from realtime import questions
from realtime.hub import hub_here
from realtime.questions import Place
from realtime.writer import Waiting
from tests.realtime.conftest import Plugger, db

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 5.0  # seconds


async def test_a_sync_beside_a_feed_still_goes_back_to_where_its_client_is(
    world: World, plug: Plugger, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = [chat.draft(author_id=world.ben.pk, group_id=world.tuesday.pk, key=uuid4(), body="b") for _ in range(9)]
    await db(chat.post_all)(drafts=drafts)
    ana = await plug(world.ana)
    hub = await hub_here()
    (socket,) = hub.people[world.ana.pk]
    subscription, asked, gate = socket.subscriptions[world.tuesday.pk], threading.Event(), threading.Event()
    real = questions.how_stale

    def slow(group_id: UUID, since: int, place: Place) -> tuple[int, bool]:
        asked.set()
        gate.wait(5)
        return real(group_id, since, place)

    monkeypatch.setattr("realtime.catchup.how_stale", slow)
    subscription.live = False
    hub.feed(socket)
    await asyncio.to_thread(asked.wait, 5)
    await ana.send({"id": "s", "do": "sync", "since": {str(world.tuesday.pk): 0}})
    assert (await ana.ask("ping"))["ok"]
    gate.set()
    answer = await ana.until(lambda frame: frame.get("re") == "s")
    assert [frame["version"] for frame in ana.heard if frame.get("type") == "change"] == list(range(1, 10))
    assert answer["versions"] == {str(world.tuesday.pk): 9}


async def test_nothing_comes_before_hello(world: World, plug: Plugger, monkeypatch: pytest.MonkeyPatch) -> None:
    await plug(world.ben)
    hub, real, asked, gate = await hub_here(), questions.collapsed_for, threading.Event(), threading.Event()

    def slow(person: UUID) -> dict[str, list[str]]:
        asked.set()
        gate.wait(5)
        return real(person)

    monkeypatch.setattr("realtime.hub.collapsed_for", slow)
    coming = asyncio.ensure_future(plug(world.ana))
    await asyncio.to_thread(asked.wait, 5)
    await hub.sweep.once()
    gate.set()
    ana = await coming
    assert ana.hello["type"] == "hello"


async def test_a_connection_the_server_cancels_leaves_nothing_behind(
    world: World, plug: Plugger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = await plug(world.ana)
    hub, asked, gate = await hub_here(), threading.Event(), threading.Event()

    def slow(**_asked: Any) -> int:
        asked.set()
        gate.wait(5)
        return 0

    monkeypatch.setattr(chat, "mark_read", slow)
    await ana.send({"id": 1, "do": "read", "group": str(world.tuesday.pk), "position": 0})
    await asyncio.to_thread(asked.wait, 5)
    ana._wire.future.cancel()
    await asyncio.wait_for(hub.emptied.wait(), 5)
    gate.set()
    assert hub.people == {}
    assert world.tuesday.pk not in hub.readers


async def test_a_hub_that_cannot_start_leaves_no_threads(
    world: World, hub: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**_asked: Any) -> None:
        raise OperationalError("away")

    monkeypatch.setattr(Deployment.objects, "get_or_create", away)
    before = threading.active_count()
    for _time in range(20):
        with pytest.raises(Busy):
            await hub_here()
    deadline = time.monotonic() + PATIENCE
    while threading.active_count() > before:  # a thread that was told to end does so when it gets its turn
        assert time.monotonic() < deadline, [thread.name for thread in threading.enumerate()]
        await asyncio.sleep(0.01)


async def test_a_row_that_cannot_be_told_does_not_silence_its_room(world: World, plug: Plugger) -> None:
    ana = await plug(world.ana)

    def plant() -> None:
        """As a bad repair by hand might."""
        message = chat.post(author=world.ben, group=world.tuesday, key=uuid4(), body="One.")
        Message.objects.filter(pk=message.pk).update(reactions={"hug": ["nonsense"]}, version=2)
        Group.objects.filter(pk=world.tuesday.pk).update(version=2)

    await db(plant)()
    await db(chat.post)(author=world.ben, group=world.tuesday, key=uuid4(), body="Two.")
    assert (await ana.until(lambda frame: frame.get("version") == 3))["message"]["body"] == "Two."


@pytest.mark.servers
async def test_a_locked_room_keeps_no_other_room_waiting(
    world: World, hub: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody holds one room's row; what is posted elsewhere in the same batch is answered."""
    held, free = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Group.objects.select_for_update(no_key=True).get(pk=world.tuesday.pk)
            held.set()
            free.wait(30)

    def impatient(drafts: list[Draft]) -> list[Outcome]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = 200")
            return whole(drafts=drafts)

    whole = chat.post_all
    monkeypatch.setattr(chat, "post_all", lambda *, drafts: impatient(drafts))
    holding = asyncio.ensure_future(db(hold)())
    await asyncio.to_thread(held.wait, 5)
    batch = [
        Waiting(
            draft=chat.draft(author_id=world.dana.pk, group_id=group.pk, key=uuid4(), body="b"),
            limited=False,
            loop=asyncio.get_running_loop(),
            outcome=asyncio.get_running_loop().create_future(),
        )
        for group in (world.tuesday, world.alumni)
    ]
    await db((await hub_here()).writer._write)(batch)
    locked, other = [await one.outcome for one in batch]
    free.set()
    await holding
    assert isinstance(locked.refusal, Busy)
    assert other.message is not None


async def test_an_answer_to_a_sync_counts_what_came_live_while_another_group_was_served(
    world: World, plug: Plugger, monkeypatch: pytest.MonkeyPatch
) -> None:
    dana = await plug(world.dana)
    asked, gate, real = threading.Event(), threading.Event(), questions.how_stale

    def slow(group_id: UUID, since: int, place: Place) -> tuple[int, bool]:
        if group_id == world.alumni.pk:
            asked.set()
            gate.wait(5)
        return real(group_id, since, place)

    monkeypatch.setattr("realtime.catchup.how_stale", slow)
    tuesday, alumni = str(world.tuesday.pk), str(world.alumni.pk)
    await dana.send({"id": "s", "do": "sync", "since": {tuesday: 0, alumni: 0}})
    await asyncio.to_thread(asked.wait, 5)
    await db(chat.post)(author=world.ben, group=world.tuesday, key=uuid4(), body="Meanwhile.")
    await dana.type("change")
    gate.set()
    answer = await dana.until(lambda frame: frame.get("re") == "s")
    assert answer["versions"] == {tuesday: 1, alumni: 0}

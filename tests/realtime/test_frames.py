"""What frames may say, and what happens to those that may not."""

import json
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import Settings

from community.people import services as people
from groups.chat import services as chat
from groups.chat.models import Message
from groups.demo.services import World
from groups.membership import services as membership
from realtime import protocol
from tests.realtime.conftest import Plugger, db

pytestmark = pytest.mark.django_db(transaction=True)

MALFORMED: list[Any] = [
    " ",
    "nonsense",
    "[]",
    "null",
    "3",
    '"post"',
    "{}",
    '{"id": 1}',
    '{"id": 1, "do": null}',
    '{"id": 1, "do": "explode"}',
    '{"id": 1, "do": ["post"]}',
    '{"id": 1, "do": "ping", "do": "ping"}',
    '{"id": 1, "do": "ping", "more": 1}',
    '{"id": 1, "do": "post"}',
    '{"id": 1, "do": "post", "group": 3, "key": "k", "body": "b"}',
    '{"id": 1, "do": "post", "group": "g", "key": "k", "body": ["b"]}',
    '{"id": 1, "do": "post", "group": "g", "key": "k", "body": null}',
    '{"id": 1, "do": "read", "group": "g", "position": "3"}',
    '{"id": 1, "do": "read", "group": "g", "position": true}',
    '{"id": 1, "do": "read", "group": "g", "position": 1.5}',
    '{"id": 1, "do": "sync", "since": []}',
    '{"id": 1, "do": "sync", "since": {"g": "1"}}',
    '{"id": 1, "do": "sync", "since": {"g": -1}}',
    '{"id": 1, "do": "ping", "x": NaN}',
    '{"id": ' + "9" * 5000 + ', "do": "ping"}',
    '{"id": ' + "[" * 9 + "]" * 9 + ', "do": "ping"}',
    '{"id": ' + "[" * 30000 + ', "do": "ping"}',
    "\x00",
    '{"id": 1, "do": "ping"',
]


async def test_a_malformed_frame_is_answered_in_kind_and_ends_nothing(world: World, plug: Plugger) -> None:
    ana = await plug(world.ana)
    for frame in MALFORMED:
        await ana.send(frame)
        answer = await ana.next()
        assert (answer["ok"], answer["error"]["status"]) == (False, 400), frame
        assert answer["re"] in {1, None}, frame
        assert (await ana.ask("ping"))["ok"], frame
    assert (await ana.say(world.tuesday, "Still here."))["ok"]


async def test_a_binary_frame_is_malformed(world: World, plug: Plugger) -> None:
    ana = await plug(world.ana)
    await ana._wire.send_to(bytes_data=b'{"id": 1, "do": "ping"}')
    assert (await ana.next())["error"]["status"] == 400


async def test_the_tenth_malformed_frame_in_a_row_closes(world: World, plug: Plugger) -> None:
    ana = await plug(world.ana)
    for _number in range(9):
        await ana.send("nonsense")
    assert (await ana.ask("ping"))["ok"]
    for _number in range(10):
        await ana.send("nonsense")
    assert await ana.closed() == protocol.CLOSE_PROTOCOL


async def test_a_frame_over_64_kib_is_answered_and_closed(world: World, plug: Plugger) -> None:
    ana = await plug(world.ana)
    most = 64 * 1024
    frame = json.dumps({"id": 1, "do": "ping"})
    await ana.send(frame + " " * (most - len(frame)))
    assert (await ana.next())["ok"]
    await ana.send(frame + " " * (most - len(frame) + 1))
    assert (await ana.next())["error"]["status"] == 413
    assert await ana.closed() == protocol.CLOSE_TOO_LARGE


REFUSED: list[tuple[dict[str, Any], int, str]] = [
    ({"body": " \n\t "}, 422, "blank"),
    ({"body": "\u200b\u2060"}, 422, "blank"),
    ({"body": "a\x00b"}, 422, "characters"),
    ({"body": "a\x1bb"}, 422, "characters"),
    ({"body": "a\ud800b"}, 422, "characters"),
    ({"body": "a" * 4001}, 422, "too_long"),
    ({"body": "\U0001f642" * 4001}, 422, "too_long"),
    ({"key": "short"}, 422, "id"),
    ({"key": "00000000-0000-0000-0000-000000000000"}, 422, "id"),
    ({"reply_to": "nonsense"}, 422, "id"),
    ({"reply_to": str(uuid4())}, 422, "not_found"),
    ({"content_note": ""}, 422, "blank"),
    ({"content_note": "two\nlines"}, 422, "characters"),
    ({"content_note": "x" * 81}, 422, "too_long"),
    ({"group": str(uuid4())}, 404, "not_found"),
    ({"group": "nonsense"}, 404, "not_found"),
    ({"group": ""}, 404, "not_found"),
]


async def test_what_cannot_be_granted_is_refused_and_changes_nothing(world: World, plug: Plugger) -> None:
    ana = await plug(world.ana)
    for fields, status, code in REFUSED:
        words = {"group": str(world.tuesday.pk), "key": str(uuid4()), "body": "Words."}
        answer = await ana.ask("post", **{**words, **fields})
        assert (answer["error"]["status"], answer["error"]["code"]) == (status, code), fields
    assert not await db(Message.objects.exists)()


async def test_what_fits_exactly_is_kept_as_it_is(world: World, plug: Plugger) -> None:
    ana = await plug(world.ana)
    words = "\U0001f642" * 3990 + "a\r\nb\rc\t \u202e"
    answer = await ana.say(world.tuesday, words)
    assert answer["message"]["body"] == "\U0001f642" * 3990 + "a\nb\nc\t \u202e"


#: Every frame that names a group, with what else it needs; a new frame without a row fails the test.
NAMING: dict[str, dict[str, Any]] = {
    "post": {"key": "11111111-1111-4111-8111-111111111111", "body": "b"},
    "edit": {"message": "22222222-2222-4222-8222-222222222222", "body": "b"},
    "remove": {"message": "22222222-2222-4222-8222-222222222222"},
    "react": {"message": "22222222-2222-4222-8222-222222222222", "name": "hug"},
    "unreact": {"message": "22222222-2222-4222-8222-222222222222", "name": "hug"},
    "read": {"position": 0},
}
SILENT = {"sync", "seen", "typing", "ping"}  # a group not yours is left out of these without a word


async def test_every_frame_is_the_same_for_a_stranger_for_who_left_and_for_no_group(
    world: World, plug: Plugger
) -> None:
    assert NAMING.keys() | SILENT == protocol.COMMANDS.keys()
    message = await db(chat.post)(author=world.ben, group=world.tuesday, key=uuid4(), body="Inside.")
    ana = await plug(world.ana)
    await db(membership.unseat)(person=world.ana, group=world.tuesday, by=world.dana)
    await ana.type("left")
    rooms = {"left": str(world.tuesday.pk), "foreign": str(world.harbor.pk), "nowhere": str(uuid4())}
    for do, fields in NAMING.items():
        told = [
            {**await ana.ask(do, group=room, **{**fields, **more}), "re": 0}
            for room in rooms.values()
            for more in ({}, {"message": str(message.pk)} if "message" in fields else {})
        ]
        assert all(answer == told[0] for answer in told), do
        assert told[0]["error"]["status"] == 404, do
    for room in rooms.values():
        assert (await ana.ask("sync", since={room: 0}))["versions"] == {}
        await ana.send({"do": "seen", "cursors": {room: 3}})
        await ana.send({"do": "typing", "group": room})
    assert await ana.receive_nothing()


async def test_every_change_reaches_the_others(world: World, plug: Plugger) -> None:
    ana, ben = await plug(world.ana), await plug(world.ben)
    message = (await ana.say(world.tuesday, "First."))["message"]
    at = {"group": str(world.tuesday.pk), "message": message["id"]}
    assert (await ana.ask("edit", **at, body="Second."))["message"]["body"] == "Second."
    assert (await ben.ask("react", **at, name="hug"))["ok"]
    assert (await ben.ask("react", **at, name="shrug"))["error"]["status"] == 422
    assert (await ben.ask("edit", **at, body="Mine."))["error"]["status"] == 403
    assert (await ana.ask("read", group=str(world.tuesday.pk), position=1))["ok"]
    assert (await ana.ask("read", group=str(world.tuesday.pk), position=99))["error"]["status"] == 422
    assert (await ana.ask("remove", **at))["message"]["removed"] == "author"
    last = await ben.until(lambda frame: frame.get("type") == "change" and frame["message"]["removed"] == "author")
    assert last["message"]["body"] is None
    versions = [frame["version"] for frame in ben.heard if frame.get("type") == "change"]
    assert versions == sorted(set(versions))


async def test_a_token_without_the_scope_may_not_write(world: World, plug: Plugger) -> None:
    ana = await plug(world.ana, scopes=["chat:read"])
    answer = await ana.say(world.tuesday, "Words.")
    assert answer["error"]["code"] == "scope_missing"
    assert (await ana.ask("sync", since={}))["ok"]


async def test_typing_is_told_only_by_those_who_chose_it(world: World, plug: Plugger) -> None:
    ben = await plug(world.ben)
    ana = await plug(world.ana)
    await ana.send({"do": "typing", "group": str(world.tuesday.pk)})
    assert await ben.receive_nothing()
    await db(people.change)(person=world.ana, wanted={"shows_typing": True})
    ana = await plug(world.ana)
    await ana.send({"do": "typing", "group": str(world.harbor.pk)})
    await ana.send({"do": "typing", "group": str(world.tuesday.pk)})
    told = await ben.type("typing")
    assert told["group"] == str(world.tuesday.pk)
    assert told["member"] == next(g["me"] for g in ana.hello["groups"] if g["id"] == told["group"])


async def test_posting_too_fast_is_refused_and_the_tenth_time_closed(
    world: World, plug: Plugger, settings: Settings
) -> None:
    settings.LIMITS = {**settings.LIMITS, "posts": 3, "post_seconds": 3600}
    ana, key = await plug(world.ana), str(uuid4())
    assert (await ana.say(world.tuesday, "First.", key=key))["ok"]
    for _number in range(2):
        assert (await ana.say(world.tuesday, "More."))["ok"]
    refused = await ana.say(world.tuesday, "Too much.")
    assert refused["error"]["status"] == 429
    assert refused["error"]["retry_after"] >= 1
    assert (await ana.say(world.tuesday, "First.", key=key))["ok"], "a repeat counts no limit"
    for _number in range(10):
        await ana.send({"do": "post", "group": str(world.tuesday.pk), "key": str(uuid4()), "body": "Too much."})
    assert await ana.closed() == protocol.CLOSE_TOO_FAST


async def test_an_id_that_cannot_come_back_is_malformed_and_silences_nothing(world: World, plug: Plugger) -> None:
    ana = await plug(world.ana)
    for frame in ('{"id": "\\ud800", "do": "ping"}', json.dumps({"id": "x" * 300, "do": "ping"})):
        await ana.send(frame)
        answer = await ana.next()
        assert (answer["re"], answer["error"]["status"]) == (None, 400)
    assert (await ana.ask("ping"))["ok"]


async def test_a_socket_that_says_too_much_at_once_is_refused_and_closed(
    world: World, plug: Plugger, settings: Settings
) -> None:
    settings.LIMITS = {**settings.LIMITS, "frames": 5, "frames_a_second": 0}
    ana = await plug(world.ana)
    for _number in range(5):
        assert (await ana.ask("ping"))["ok"]
    for _number in range(10):
        await ana.send({"id": 1, "do": "ping"})
    assert (await ana.next())["error"]["status"] == 429
    assert await ana.closed() == protocol.CLOSE_TOO_FAST


async def test_changing_too_much_in_a_minute_is_refused(world: World, plug: Plugger, settings: Settings) -> None:
    settings.LIMITS = {**settings.LIMITS, "changes": 2, "change_seconds": 3600}
    ana = await plug(world.ana)
    message = (await ana.say(world.tuesday, "Words."))["message"]
    at = {"group": str(world.tuesday.pk), "message": message["id"]}
    told = [await ana.ask("react", **at, name="hug") for _number in range(3)]
    assert [answer["ok"] for answer in told] == [True, True, False]
    assert told[2]["error"]["status"] == 429

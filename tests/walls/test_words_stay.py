"""What a person wrote stands in its row, and in no log and no chain, whichever door it came through."""

import asyncio
import json
import logging
from collections.abc import Iterator
from typing import override
from uuid import uuid4

import pytest
from channels.testing import WebsocketCommunicator
from django.test import Client

from community.audit.models import AuditEntry
from community.checkins import services as checkins
from community.checkins.rules import today_of
from community.foundation.logs import JSONLines
from community.notices.models import Notice
from groups.chat import services as chat
from groups.demo.services import World
from groups.membership import services as membership
from realtime.asgi import application
from realtime.hub import stop_hub
from tests.doors import Script, browser, say
from tests.realtime.conftest import db

MARK = "quietheron"


class Lines(logging.Handler):
    """Every line as it would be written."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(JSONLines())
        self.said: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        if record.name != "asyncio":
            self.said.append(self.format(record))


@pytest.fixture
def lines() -> Iterator[list[str]]:
    handler, root = Lines(), logging.getLogger()
    before = root.level
    loggers = [logging.getLogger(name) for name in ("django.request", "django.security", "django", "daphne")]
    levels = [one.level for one in loggers]
    root.addHandler(handler)
    for one in (root, *loggers):
        one.setLevel(logging.INFO)
    yield handler.said
    root.removeHandler(handler)
    root.setLevel(before)
    for one, level in zip(loggers, levels, strict=True):
        one.setLevel(level)


def nowhere(lines: list[str]) -> None:
    assert not [line for line in lines if MARK in line.lower()]
    assert MARK not in repr(list(AuditEntry.objects.values_list())).lower()


def test_words_through_rest(world: World, lines: list[str]) -> None:
    room, ana = f"groups/{world.tuesday.pk}", Script(world.ana)
    first = ana.post(f"{room}/messages", {"key": str(uuid4()), "body": MARK, "content_note": MARK})
    path = f"{room}/messages/{first.json()['id']}"
    refused = [
        ana.post(f"{room}/messages", {"key": MARK, "body": MARK}),
        ana.post(f"{room}/messages", {"key": str(uuid4()), "body": MARK + "\x00"}),
        ana.post(f"{room}/messages", {"key": str(uuid4()), "body": MARK * 1000}),
        ana.post(f"{room}/messages", {"key": str(uuid4()), "body": "x", MARK: MARK}),
        ana.ask("POST", f"{room}/messages", f'{{"body": "{MARK}"'),
        ana.ask("POST", f"{room}/messages", f'{{"{MARK}": 1, "{MARK}": 1}}'),
        ana.ask("POST", f"{room}/messages", MARK * 10_000),
        ana.get(f"{room}/messages?{MARK}={MARK}"),
        ana.get(f"search?q={MARK}&before={MARK}"),
        ana.get(f"{room}/{MARK}"),
        ana.put(f"{path}/reactions/{MARK}"),
        ana.patch("me", {"alias": MARK + "\u202e"}),
        ana.patch("me", {"zone": MARK}),
        ana.post(f"{room}/members", {"person": MARK}),
        Script(None).ask("GET", "me", headers={"Authorization": f"Bearer {MARK}"}),
        Script(world.eli).post(f"{room}/messages", {"key": str(uuid4()), "body": MARK}),
        Script(None).ask("GET", "me", headers={"Host": f"{MARK}.test"}),
    ]
    assert {answer.status_code for answer in refused} <= {400, 401, 403, 404, 413, 422}
    ana.patch(path, {"body": MARK + " again"})
    ana.patch("me", {"alias": MARK})
    Script(world.cy).delete(path)
    assert lines
    nowhere(lines)


def test_words_through_pages(world: World, lines: list[str]) -> None:
    room, ana = f"/groups/{world.tuesday.pk}", browser(world.ana)
    message = say(world.ana, world.tuesday, MARK)
    for path, sent in (
        ("/post/", {"body": MARK, "key": str(uuid4())}),
        ("/post/", {"body": MARK + "\x00", "key": str(uuid4())}),
        ("/post/", {"body": MARK, "key": MARK}),
        (f"/messages/{message.pk}/edit/", {"body": MARK + "!"}),
        (f"/messages/{message.pk}/edit/", {"body": MARK * 999}),
        (f"/messages/{message.pk}/react/", {"react": MARK}),
        (f"/{MARK}/", {MARK: MARK}),
    ):
        assert ana.post(room + path, sent).status_code < 500
        assert browser(world.eli).post(room + path, sent).status_code == 404
    ana.get(f"{room}/?before={MARK}")
    asked = ana.post("/search/", {"q": MARK}).headers["Location"]
    assert MARK in ana.get(asked).content.decode()
    ana.get(f"{asked}&before={MARK}")
    ana.get(f"/search/?found={MARK}")
    nobody = Client()
    nobody.post("/sign-in/", {"login": f"{MARK}@porchlight.test", "password": MARK})
    nobody.post("/sign-in/", {"login": "ana@porchlight.test", "password": MARK})
    nobody.post("/new-password/", {"email": f"{MARK}@porchlight.test"})
    nobody.get(f"/new-password/{MARK}-{MARK}/")
    Client(enforce_csrf_checks=True).post("/sign-in/", {"login": MARK}, headers={"Cookie": f"sessionid={MARK}"})
    nowhere(lines)


def test_words_of_a_check_in(world: World, lines: list[str]) -> None:
    day, ana, page = today_of(world.ana), Script(world.ana, ["care"]), browser(world.ana)
    assert ana.put(f"checkins/{day}", {"weather": "low", "note": MARK}).status_code == 200
    for body in (
        {"weather": MARK, "note": MARK},
        {"weather": "low", "note": MARK * 200},
        {"weather": "low", MARK: MARK},
    ):
        assert ana.put(f"checkins/{day}", body).status_code == 422
    for sent in ({"weather": "okay", "note": MARK}, {"weather": MARK, "note": MARK}, {"note": MARK * 200}):
        assert page.post(f"/check-ins/{day}/", sent).status_code in {303, 422}
    enrollment = world.ana.enrollments.get()
    checkins.share(person=world.ana, check_in=world.ana.check_ins.get(), enrollment=enrollment)
    assert MARK in browser(world.dana).get(f"/desk/people/{enrollment.pk}/check-ins/").content.decode()
    page.post(f"/check-ins/{day}/erase/")
    nowhere(lines)
    assert MARK not in repr(list(Notice.objects.values_list()))


def test_words_through_held_and_hidden(world: World, lines: list[str]) -> None:
    membership.hold_room(group=world.tuesday, by=world.dana, held=True)
    held = say(world.ana, world.tuesday, MARK)
    chat.release(person=world.cy, message=held)
    chat.remove(person=world.cy, message=held)
    nowhere(lines)


def test_an_error_that_quotes_a_row_is_logged_without_it(
    world: World, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_fields: object) -> None:
        raise ValueError(f"DETAIL: Failing row contains ({MARK})") from KeyError(MARK)

    monkeypatch.setattr(chat, "post_all", broken)
    script = Script(world.ana)
    script.client.raise_request_exception = False
    answer = script.post(f"groups/{world.tuesday.pk}/messages", {"key": str(uuid4()), "body": MARK})
    assert answer.status_code == 500
    assert any("ValueError" in line and "test_words_stay" in line for line in lines)
    nowhere(lines)


@pytest.mark.django_db(transaction=True)
async def test_words_through_the_socket(world: World, lines: list[str]) -> None:
    headers = [(b"host", b"testserver"), (b"authorization", (await db(_bearer)(world)).encode())]
    wire = WebsocketCommunicator(application, "/ws/v1/", headers=headers)
    assert (await wire.connect(timeout=5))[0]
    await wire.receive_output(timeout=5)
    group = str(world.tuesday.pk)
    frames = [
        json.dumps({"id": MARK, "do": "post", "group": group, "key": str(uuid4()), "body": MARK}),
        json.dumps({"id": 2, "do": "post", "group": group, "key": str(uuid4()), "body": MARK + "\x00"}),
        json.dumps({"id": 3, "do": MARK}),
        json.dumps({"id": 4, "do": "post", "group": MARK, "key": MARK, "body": MARK}),
        json.dumps({"id": 5, "do": "react", "group": group, "message": MARK, "name": MARK}),
        json.dumps({"id": 6, "do": "post", MARK: MARK}),
        f'{{"{MARK}',
        MARK,
    ]
    for frame in frames:
        await wire.send_to(text_data=frame)
        await wire.receive_output(timeout=5)
    await wire.disconnect()
    await stop_hub()
    await asyncio.sleep(0)
    await db(nowhere)(lines)


def _bearer(world: World) -> str:
    return Script(world.ana).headers["Authorization"]

"""Sockets of known people, over the real application, and what they say and hear."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from channels.testing import WebsocketCommunicator
from django.db import connection

from community.integrations import services as integrations
from community.people.models import Person
from groups.membership.models import Group
from realtime.asgi import application
from realtime.hub import stop_hub

PATIENCE = 5.0
ALL = ["chat:read", "chat:write", "seats:write", "account"]


def db[**P, T](ask: Callable[P, T]) -> Callable[P, Awaitable[T]]:
    """``await db(service)(...)``: in a thread that gives its connection back."""

    def closed(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return ask(*args, **kwargs)
        finally:
            connection.close()

    async def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.to_thread(closed, *args, **kwargs)

    return asked


class Plug:
    """One open socket: what it was sent so far, and what comes next."""

    def __init__(self, communicator: WebsocketCommunicator) -> None:
        self._wire = communicator
        self.heard: list[dict[str, Any]] = []
        self.hello: dict[str, Any] = {}
        self._number = 0

    async def next(self) -> dict[str, Any]:
        """The next frame; a socket that closes instead fails the test."""
        frame = await self._wire.receive_output(timeout=PATIENCE)
        assert frame["type"] == "websocket.send", frame
        found: dict[str, Any] = json.loads(frame["text"])
        self.heard.append(found)
        return found

    async def until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first frame that fits, whatever comes before it."""
        while True:
            frame = await self.next()
            if wanted(frame):
                return frame

    async def type(self, kind: str) -> dict[str, Any]:
        return await self.until(lambda frame: frame.get("type") == kind)

    async def send(self, frame: Any) -> None:
        await self._wire.send_to(text_data=frame if isinstance(frame, str) else json.dumps(frame))

    async def ask(self, do: str, **fields: Any) -> dict[str, Any]:
        """Send a command and wait for its answer."""
        self._number += 1
        await self.send({"id": self._number, "do": do, **fields})
        return await self.until(lambda frame: frame.get("re") == self._number)

    async def say(self, group: Group, body: str, **fields: Any) -> dict[str, Any]:
        return await self.ask("post", **{"group": str(group.pk), "key": str(uuid4()), "body": body, **fields})

    async def closed(self) -> int:
        """The close code that comes, after whatever is still said."""
        while True:
            frame = await self._wire.receive_output(timeout=PATIENCE)
            if frame["type"] == "websocket.close":
                return int(frame["code"])

    async def receive_nothing(self, seconds: float = 0.3) -> bool:
        return bool(await self._wire.receive_nothing(timeout=seconds))

    async def unplug(self) -> None:
        with suppress(asyncio.CancelledError):  # a test may have cut it as a server does
            await self._wire.disconnect()


type Plugger = Callable[..., Awaitable[Plug]]


@pytest.fixture
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sweep comes eight times as often: what it finds is what is promised, its two seconds are only waited for."""
    monkeypatch.setattr("realtime.sweep.EVERY", 0.25)


@pytest.fixture
async def hub() -> AsyncIterator[None]:
    """The hub of this test's loop is stopped before the loop is."""
    yield
    await stop_hub()


@pytest.fixture
async def plug(hub: None) -> AsyncIterator[Plugger]:
    """``await plug(world.ana)``: Ana's socket, greeted."""
    open_ones: list[Plug] = []

    async def open_one(person: Person, scopes: list[str] | None = None) -> Plug:
        _token, words = await db(integrations.issue)(person=person, scopes=scopes or ALL)
        headers = [(b"host", b"testserver"), (b"authorization", f"Bearer {words}".encode())]
        wire = WebsocketCommunicator(application, "/ws/v1/", headers=headers)
        connected, _protocol = await wire.connect(timeout=PATIENCE)
        assert connected
        one = Plug(wire)
        open_ones.append(one)
        one.hello = await one.next()
        return one

    yield open_one
    await asyncio.gather(*(one.unplug() for one in open_ones))

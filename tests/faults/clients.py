"""One person's client as a real one must be: an outbox, own cursors, the same key until an answer, jittered returns."""

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

from tests.faults.judge import Message, Run, Said, View

PATIENCE = 10.0  # seconds a client waits for an answer before it comes back on another socket
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
SEEN_EVERY = 50  # changes
LATER = {429, 503}  # what is refused in another way is refused again
AWAY = (OSError, EOFError, TimeoutError, InvalidHandshake, ConnectionClosed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How the crowd behaves; shares are of its messages."""

    messages: int = 1000
    pause: float = 0.3  # seconds between one's messages, on average
    thrice: float = 0.08  # sent three times at once under one key
    dropped: float = 0.03  # after which the line is cut and the client comes back
    touched: float = 0.05  # edited and reacted to afterwards


@dataclass(slots=True)
class Record:
    """What happened to everybody, as the judge needs it."""

    said: list[Said] = field(default_factory=list)
    sent: dict[str, float] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    acknowledged_in: list[float] = field(default_factory=list)
    arrived_in: list[float] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)  # what a server never says

    @property
    def acknowledged(self) -> int:
        return len(self.keys)

    def figures(self) -> str:
        """How long it took, and what else happened, for people to read."""
        return f"acknowledged in {spread(self.acknowledged_in)}; arrived in {spread(self.arrived_in)}; " + ", ".join(
            f"{what} {n}" for what, n in sorted(self.happened.items())
        )


def how_lost(error: Exception) -> str:
    if isinstance(error, InvalidStatus):
        return f"turned away with {error.response.status_code}"
    if isinstance(error, ConnectionClosed) and error.rcvd:
        return f"closed {error.rcvd.code}"
    return "line lost" if isinstance(error, ConnectionClosed) else f"no line: {type(error).__name__}"


def spread(seconds: list[float]) -> str:
    if not seconds:
        return "-"
    ordered = sorted(seconds)
    p50, p99 = ordered[len(ordered) // 2], ordered[len(ordered) * 99 // 100]
    return f"p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms, most {ordered[-1] * 1000:.0f} ms"


class Client:
    """One person at one device. ``stay`` keeps a socket open, ``talk`` empties the outbox through whichever is open."""

    def __init__(self, *, rest: httpx.AsyncClient, person: dict[str, str], groups: list[str], record: Record) -> None:
        self.rest, self.url = rest, str(rest.base_url.copy_with(scheme="ws", path="/ws/v1/"))
        self.name, self.token, self.record = person["id"], person["token"], record
        self.views = {group: View(person=self.name, group=group) for group in groups}
        self.cursors = dict.fromkeys(groups, 0)
        self.gone: set[str] = set()
        self.history = ""
        self.open = asyncio.Event()
        self._greeted_here = False
        self._line: ClientConnection | None = None
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._number = 0
        self._syncing: dict[int, list[str]] = {}
        self._unseen = 0
        self._after = 0.0

    # The socket ------------------------------------------------------------------------------------------------------

    async def stay(self) -> None:
        """Be connected, for ever: after a loss come back with full jitter, never before the server's own word."""
        tries = 0
        while True:
            try:
                async with self._connected() as line:
                    tries = 0
                    async for text in line:
                        await self._hear(json.loads(text))
                    self.record.happened[f"closed {line.close_code}"] += 1
            except AWAY as error:
                self.record.happened[how_lost(error)] += 1
            pause = random.uniform(0, min(LONGEST_PAUSE, FIRST_PAUSE * 2**tries))  # noqa: S311 - jitter, not a secret
            await asyncio.sleep(max(pause, self._after))
            tries, self._after = tries + 1, 0.0

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[ClientConnection]:
        line = await connect(
            self.url,
            additional_headers=bearer(self.token),
            compression=None,
            proxy=None,
            max_size=None,
            close_timeout=1,
        )
        self._line, self._greeted_here = line, False
        try:
            yield line
        finally:
            self._line = None
            self.open.clear()
            waiting, self._answers, self._syncing = self._answers, {}, {}
            for answer in waiting.values():
                if not answer.done():
                    answer.cancel()
            await line.close()

    def drop(self) -> None:
        """As a phone in an elevator: the line is gone, and nobody is told."""
        if self._line is not None:
            self.record.happened["line cut"] += 1
            self._line.transport.abort()

    async def _send(self, do: str, **fields: Any) -> int:
        """Raises ConnectionError while there is no line."""
        if self._line is None:
            raise ConnectionError
        self._number += 1
        await self._line.send(json.dumps({"id": self._number, "do": do, **fields}))
        return self._number

    # What comes ------------------------------------------------------------------------------------------------------

    async def _hear(self, frame: dict[str, Any]) -> None:
        if not self._greeted_here and frame.get("type") != "hello":
            self.record.wrong.append(f"{frame.get('type', 'an answer')} came before hello")
        elif "re" in frame:
            await self._answered(frame)
        elif frame["type"] == "hello":
            self._greeted_here = True
            await self._greeted(frame)
        elif frame["type"] == "change":
            await self._changed(frame)
        elif frame["type"] == "stale":
            await self._start_anew(frame["group"], frame["version"])
        elif frame["type"] == "left":
            self._left(frame["group"])
        elif frame["type"] == "restart":
            self._after = frame["after"]
        elif frame["type"] == "beat" and any(v > self.cursors.get(g, v) for g, v in frame["versions"].items()):
            self.record.happened["behind at a beat"] += 1
            await self._sync([group for group in frame["versions"] if group in self.cursors])

    async def _greeted(self, hello: dict[str, Any]) -> None:
        """Take up each group from the own cursor; one that is not named any more is lost."""
        self.record.happened["greeted"] += 1
        if self.history and self.history != hello["history"]:
            self.cursors = dict.fromkeys(self.cursors, 0)
        self.history = hello["history"]
        mine = {row["id"]: row["version"] for row in hello["groups"]}
        for group in self.cursors.keys() - mine.keys():
            self._left(group)
        for group, version in mine.items():
            self.views[group].runs.append(Run(after=version))
            self.views[group].after_left += group in self.gone
        await self._sync(list(mine))
        self.open.set()

    async def _sync(self, groups: list[str]) -> None:
        for group in groups:
            self.views[group].runs[-1].rewinds += 1
        number = await self._send("sync", since={group: self.cursors[group] for group in groups})
        self._syncing[number] = groups

    async def _changed(self, frame: dict[str, Any]) -> None:
        group, version, message = frame["group"], frame["version"], frame["message"]
        view = self.views[group]
        view.after_left += group in self.gone
        view.runs[-1].versions.append(version)
        known = view.messages.get(message["id"])
        if known is None and message["key"] in self.record.sent:
            self.record.arrived_in.append(time.monotonic() - self.record.sent[message["key"]])
        if known is None or known["version"] < version:
            view.messages[message["id"]] = message
        if group in self.cursors and not self.syncs(group):
            self.cursors[group] = max(self.cursors[group], version)
        self._unseen += 1
        if self._unseen >= SEEN_EVERY:
            self._unseen = 0
            await self._send("seen", cursors=self.cursors)

    async def _start_anew(self, group: str, version: int) -> None:
        """Too far behind: drop what is kept and load history; what comes meanwhile waits in line."""
        self.record.happened["stale"] += 1
        view = self.views[group]
        view.runs.append(Run(after=version))
        self.cursors[group] = version
        rows = await pages(self.rest, self.token, f"/groups/{group}/messages?after=0")
        view.messages = {row["id"]: row for row in rows}

    async def _answered(self, frame: dict[str, Any]) -> None:
        if (groups := self._syncing.pop(frame["re"], None)) is not None:
            if not frame["ok"]:  # the store was away: a moment later is early enough
                self.record.happened["sync refused"] += 1
                await self._sync([group for group in groups if group in self.cursors])
                return
            for group, version in frame["versions"].items():
                if group in self.cursors:
                    self.cursors[group] = version
                    self.views[group].runs.append(Run(after=version))
        elif (answer := self._answers.pop(frame["re"], None)) is not None and not answer.done():
            answer.set_result(frame)

    def syncs(self, group: str) -> bool:
        """Whether an answer to a sync of this group is still to come."""
        return any(group in groups for groups in self._syncing.values())

    def _left(self, group: str) -> None:
        self.gone.add(group)
        self.cursors.pop(group, None)

    # What goes out ---------------------------------------------------------------------------------------------------

    async def talk(self, habits: Habits, share: int, dice: random.Random) -> None:
        """Say ``share`` things, one after the other, each until it is answered."""
        rooms = list(self.views)
        for number in range(share):
            if habits.pause:
                await asyncio.sleep(dice.expovariate(1 / habits.pause))
            times = 3 if dice.random() < habits.thrice else 1
            message = None
            while message is None:
                group = dice.choice(rooms)
                message = await self._say(group, f"This is line {number}", times=times)
                if message is None:  # not ours any more, whether or not `left` came already: then in another one
                    rooms.remove(group)
            if dice.random() < habits.touched:
                await self._touch(group, message)
            if dice.random() < habits.dropped:
                self.drop()

    async def _say(self, group: str, body: str, *, times: int) -> Message | None:
        """Post under one key until it is acknowledged; None when this group is not ours any more."""
        key = str(uuid4())
        fields = {"group": group, "key": key, "body": body}
        while True:
            await self.open.wait()
            self.record.sent.setdefault(key, time.monotonic())
            answers = await self._ask("post", times=times, **fields)
            if any(answer["ok"] for answer in answers):
                for answer in answers:
                    self._acknowledged(group, key, answer)
                found: Message = next(answer["message"] for answer in answers if answer["ok"])
                return found
            if any(answer["error"]["status"] == 404 for answer in answers):
                self.record.happened["refused: not there"] += 1
                return None
            for answer in answers:
                self.record.happened[f"refused: {answer['error']['code']}"] += 1
                assert answer["error"]["status"] in LATER, answer["error"]
            await asyncio.sleep(random.uniform(0, FIRST_PAUSE))  # noqa: S311 - jitter, not a secret

    async def _touch(self, group: str, message: Message) -> None:
        """An edit and a reaction, once each: what became of them is in the final view, or in none."""
        await self._ask("edit", group=group, message=message["id"], body=f"{message['body']}, again")
        await self._ask("react", group=group, message=message["id"], name="with_you")

    async def _ask(self, do: str, *, times: int = 1, **fields: Any) -> list[dict[str, Any]]:
        """The answers that came; none if the line was lost or nobody answered, and then the line is left."""
        waiting = []
        try:
            for _time in range(times):
                number = self._number + 1
                self._answers[number] = asyncio.get_running_loop().create_future()
                waiting.append(self._answers[number])
                await self._send(do, **fields)
        except (ConnectionError, ConnectionClosed):
            return []
        done, silent = await asyncio.wait(waiting, timeout=PATIENCE)
        if silent:
            self.record.happened["no answer in time"] += 1
            self.drop()
        return [answer.result() for answer in done if not answer.cancelled()]

    def _acknowledged(self, group: str, key: str, answer: dict[str, Any]) -> None:
        if not answer["ok"]:
            return
        message, record = answer["message"], self.record
        if key not in record.keys:
            record.keys.add(key)
            record.acknowledged_in.append(time.monotonic() - record.sent[key])
        at = record.sent[key]
        record.said.append(
            Said(author=self.name, group=group, key=key, id=message["id"], position=message["position"], at=at)
        )


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def pages(rest: httpx.AsyncClient, token: str, path: str) -> list[Any]:
    """All of a list, page after page."""
    found: list[Any] = []
    following: str | None = f"{path}{'&' if '?' in path else '?'}limit=200"
    while following:
        answer = await rest.get(following, headers=bearer(token))
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += page["results"]
        following = page["next"]
    return found

"""Everybody of one bench world at once, and the staff's own line over REST."""

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from tests.faults.clients import PATIENCE, Client, Habits, Record, bearer, pages
from tests.faults.judge import Message, Verdict, judge

PAUSE = 0.5  # seconds at most before staff asks again


class Crowd:
    """50 people or so, in one asyncio process. What they were told and what they hold goes to the judge."""

    def __init__(self, url: str, world: dict[str, Any]) -> None:
        self.record, self.world, self.staff = Record(), world, world["staff"]["token"]
        self.late: list[str] = []
        self.rest = httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=PATIENCE)
        places: dict[str, list[str]] = {row["id"]: [] for row in world["people"]}
        for group in world["groups"]:
            for person in group["members"]:
                places[person].append(group["id"])
        self.clients = {
            row["id"]: Client(rest=self.rest, person=row, groups=places[row["id"]], record=self.record)
            for row in world["people"]
            if places[row["id"]]
        }

    @asynccontextmanager
    async def here(self) -> AsyncIterator[None]:
        """Everybody is connected inside; a client that breaks ends it all."""
        everybody = list(self.clients.values())
        async with self.rest, asyncio.TaskGroup() as staying:
            tasks = [staying.create_task(client.stay()) for client in everybody]
            await until(lambda: all(client.open.is_set() for client in everybody), "somebody is not greeted")
            yield
            for task in tasks:
                task.cancel()

    async def talk(self, habits: Habits, seed: int = 1) -> None:
        """Everybody says their share."""
        dice = random.Random(seed)  # noqa: S311 - the same crowd each time
        shares = [len(some) for some in split(habits.messages, len(self.clients))]
        async with asyncio.TaskGroup() as all_of_them:
            for client, share in zip(self.clients.values(), shares, strict=True):
                all_of_them.create_task(client.talk(habits, share, random.Random(dice.random())))  # noqa: S311 - as above

    async def after(self, acknowledged: int) -> None:
        """Once that many messages are acknowledged."""
        await until(lambda: self.record.acknowledged >= acknowledged, "the talk stands still")

    async def remove(self, person: str, group: str) -> None:
        """End a seat by the staff's hand; from the answer on nothing new may reach this person."""
        members = await pages(self.rest, self.staff, f"/groups/{group}/members")
        (member,) = [row["id"] for row in members if row["person"] == person]
        path = f"/groups/{group}/members/{member}"
        answer = await self.rest.delete(path, headers=bearer(self.staff))
        while answer.status_code in {502, 503}:  # the proxy between two processes: as any script, ask again
            self.record.happened["proxy had nobody"] += 1
            await asyncio.sleep(random.uniform(0, PAUSE))  # noqa: S311 - jitter, not a secret
            answer = await self.rest.delete(path, headers=bearer(self.staff))
        assert answer.status_code == 204, answer.text
        self.clients[person].views[group].removed = time.monotonic()

    async def settled(self) -> float:
        """Wait until every client that stays holds what is stored, at most 10 s; says how long that took."""
        began, history = time.monotonic(), await self.history()
        ends = {group: max((row["version"] for row in rows), default=0) for group, rows in history.items()}
        with contextlib.suppress(TimeoutError):  # whoever is behind for good is named by the caller and the judge
            await until(lambda: not self.behind(ends), "", PATIENCE)
        self.late = self.behind(ends)
        return time.monotonic() - began

    def behind(self, ends: dict[str, int]) -> list[str]:
        """Who is not yet where their groups are, and whether they wait for the answer to a sync."""
        return [
            f"{client.name} is at {at} of {ends[group]} in {group}{', syncing' * client.syncs(group)}"
            for client in self.clients.values()
            for group, at in client.cursors.items()
            if at < ends[group]
        ]

    async def verdict(self) -> Verdict:
        views = [view for client in self.clients.values() for view in client.views.values()]
        return judge(self.record.said, await self.history(), views, self.record.sent)

    async def history(self) -> dict[str, list[Message]]:
        """Each group's messages, as REST lists them."""
        return {
            row["id"]: await pages(self.rest, self.staff, f"/groups/{row['id']}/messages?after=0")
            for row in self.world["groups"]
        }


def split(whole: int, parts: int) -> Iterator[range]:
    """``whole`` in ``parts`` that differ by one at most."""
    least, more = divmod(whole, parts)
    return (range(least + (part < more)) for part in range(parts))


async def until(answer: Callable[[], bool], otherwise: str, patience: float = 60.0) -> None:
    """Ask until the answer is yes. Raises TimeoutError with ``otherwise``."""
    deadline = time.monotonic() + patience
    while not answer():
        if time.monotonic() > deadline:
            raise TimeoutError(otherwise)
        await asyncio.sleep(0.02)

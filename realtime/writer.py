"""Whatever waits is one transaction: one thread, no timer. A draft that cannot be written fails alone."""

import asyncio
import logging
import queue
import threading
from dataclasses import dataclass
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection

from community.foundation import limits
from community.foundation.errors import Busy, TooMany
from groups.chat import services as chat
from groups.chat.desk import Draft, Outcome
from groups.chat.models import Message
from realtime.threads import rest

log = logging.getLogger(__name__)
BATCH = 200
TRIES = 3
AWAY = (OperationalError, InterfaceError)
COLLISIONS = {"40001", "40P01"}  # PostgreSQL: serialization failure, deadlock
IN_THE_WAY = COLLISIONS | {"55P03", "57014"}  # and a lock, or a statement, that took too long


@dataclass(frozen=True, slots=True, eq=False)
class Waiting:
    """A draft on its way in, and who waits for its outcome."""

    draft: Draft
    limited: bool
    loop: asyncio.AbstractEventLoop
    outcome: asyncio.Future[Outcome]

    def tell(self, outcome: Outcome) -> None:
        self.loop.call_soon_threadsafe(self._settle, outcome)

    def _settle(self, outcome: Outcome) -> None:
        if not self.outcome.done():
            self.outcome.set_result(outcome)


class Writer:
    """One thread with its own connection; commits at once when idle, together when more arrives meanwhile."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="realtime-writer", daemon=True)
        self._thread.start()

    def submit(self, draft: Draft, *, limited: bool) -> asyncio.Future[Outcome]:
        """Queue a draft; what one socket submits is written in that order."""
        loop = asyncio.get_running_loop()
        one = Waiting(draft=draft, limited=limited, loop=loop, outcome=loop.create_future())
        self._waiting.put(one)
        return one.outcome

    def leave(self) -> None:
        """End once what waits is written, without waiting for it."""
        self._waiting.put(None)

    def stop(self) -> None:
        self.leave()
        self._thread.join(timeout=10)

    def _work(self) -> None:
        going = True
        while going:
            batch = self._drain()
            going = None not in batch
            try:
                posts = self._within_limits([one for one in batch if one is not None])
                if posts:
                    self._write(posts)
                rest()
            except Exception:
                log.exception("writer stumbled")
                for one in batch:
                    if one is not None:
                        one.tell(Outcome(refusal=Busy()))  # whoever was told already hears nothing of it
        connection.close()

    def _drain(self) -> list[Waiting | None]:
        batch = [self._waiting.get()]
        while len(batch) < BATCH:
            try:
                batch.append(self._waiting.get_nowait())
            except queue.Empty:
                break
        return batch

    def _write(self, batch: list[Waiting]) -> None:
        """Commit what waits; if it cannot be, each room alone (a lock is in the way), or each draft (one is poison)."""
        try:
            outcomes = chat.post_all(drafts=[one.draft for one in batch])
        except Exception as error:  # noqa: BLE001 - whatever it is, each draft gets its answer (and _refused logs it)
            if len(batch) > 1 and state_of(error) in IN_THE_WAY:
                parts = _rooms_of(batch)
            elif len(batch) > 1 and not isinstance(error, AWAY):
                parts = [[one] for one in batch]
            else:
                parts = []
                self._tell(batch, [_refused(error) for _ in batch])
            for part in parts:
                self._write_part(part)
        else:
            self._tell(batch, outcomes)

    def _write_part(self, batch: list[Waiting]) -> None:
        """One room's drafts, or one draft: tried again when two transactions stood in each other's way."""
        for attempt in range(TRIES):
            try:
                outcomes = chat.post_all(drafts=[one.draft for one in batch])
            except Exception as error:  # noqa: BLE001 - as above
                outcomes = [_refused(error) for _ in batch]
                if attempt + 1 < TRIES and state_of(error) in COLLISIONS:
                    continue
            break
        self._tell(batch, outcomes)

    def _tell(self, batch: list[Waiting], outcomes: list[Outcome]) -> None:
        for one, outcome in zip(batch, outcomes, strict=True):
            one.tell(outcome)

    def _within_limits(self, batch: list[Waiting]) -> list[Waiting]:
        """Tell those who post too fast, and leave the rest; a repeat of what stands already counts nothing."""
        asked = [one.draft for one in batch if one.limited]
        stood = Message.objects.filter(
            group__in={one.group_id for one in asked},
            author__in={one.author_id for one in asked},
            key__in={one.key for one in asked},
        )
        known = set(stood.values_list("group_id", "author_id", "key")) if asked else set()
        within = []
        for one in batch:
            try:
                if one.limited and (one.draft.group_id, one.draft.author_id, one.draft.key) not in known:
                    limits.spend_a(what="post", who=str(one.draft.author_id))
                within.append(one)
            except TooMany as refusal:
                one.tell(Outcome(refusal=refusal, sign=chat.heed_unsent(draft=one.draft)))
        return within


def _rooms_of(batch: list[Waiting]) -> list[list[Waiting]]:
    rooms: dict[UUID, list[Waiting]] = {}
    for one in batch:
        rooms.setdefault(one.draft.group_id, []).append(one)
    return list(rooms.values())


def state_of(error: Exception) -> str:
    """What PostgreSQL calls it; empty for SQLite and for faults of ours."""
    return getattr(error.__cause__, "sqlstate", None) or ""


def _refused(error: Exception) -> Outcome:
    """A store that is away is expected; anything else is a fault of ours. Either way nothing was acknowledged."""
    if isinstance(error, AWAY):
        log.warning("store is away; a draft is refused as busy")
    else:
        log.error("a draft cannot be written", exc_info=error)
    return Outcome(refusal=Busy())

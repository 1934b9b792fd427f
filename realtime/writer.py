"""Whatever waits is one transaction: one thread, no timer. A draft that cannot be written fails alone."""

import asyncio
import logging
import queue
import threading
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError, connection

from community.foundation import limits
from community.foundation.errors import Busy, TooMany
from groups.chat import services as chat
from groups.chat.models import Message
from groups.chat.services import Draft, Outcome
from realtime.threads import rest

log = logging.getLogger(__name__)
BATCH = 200


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
            posts = [one for one in batch if one is not None]
            if posts:
                self._write(posts)
            rest()
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
        try:
            batch = self._within_limits(batch)
            outcomes = chat.post_all(drafts=[one.draft for one in batch])
        except (OperationalError, InterfaceError):
            log.warning("store is away; drafts are refused as busy", extra={"drafts": len(batch)})
            outcomes = [Outcome(refusal=Busy()) for _ in batch]
        except Exception:
            if len(batch) > 1:  # one of them is poison: each alone
                for one in batch:
                    self._write([one])
                return
            log.exception("a draft cannot be written")
            outcomes = [Outcome(refusal=Busy())]
        for one, outcome in zip(batch, outcomes, strict=True):
            one.tell(outcome)

    def _within_limits(self, batch: list[Waiting]) -> list[Waiting]:
        """Tell those who post too fast, and leave the rest; a repeat of what stands already counts nothing."""
        asked = [one.draft for one in batch if one.limited]
        stood = Message.objects.filter(author__in={one.author_id for one in asked}, key__in={one.key for one in asked})
        known = set(stood.values_list("author_id", "key")) if asked else set()
        within = []
        for one in batch:
            try:
                if one.limited and (one.draft.author_id, one.draft.key) not in known:
                    limits.spend_a(what="post", who=str(one.draft.author_id))
                within.append(one)
            except TooMany as refusal:
                one.tell(Outcome(refusal=refusal))
        return within

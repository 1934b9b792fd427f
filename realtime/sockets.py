"""One open socket of one person: what it may hold, what it was sent, what it has seen."""

import asyncio
import contextlib
import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from community.integrations.authentication import is_bench
from community.integrations.models import Token
from community.people.models import Person
from realtime import protocol
from realtime.outlet import Outlet

if TYPE_CHECKING:
    from realtime.reader import Subscription

log = logging.getLogger(__name__)
QUEUE = 256  # frames that may wait for a socket
WINDOW = 500  # changes a socket may be sent before it says what it has seen,
WINDOW_BYTES = 512 * 1024  # and how much they may weigh together
STALLED = 30.0  # seconds it may stay behind that window before it is closed


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who opened a socket, by which credential, and until when that is good.

    ``language``: what this device asks for, where its person left that to each device; None: what the person chose.
    """

    person: Person
    session_id: UUID | None
    token: Token | None
    until: datetime
    language: str | None = None

    def allows(self, scope: str) -> bool:
        return self.token is None or self.token.allows(scope)

    @property
    def limited(self) -> bool:
        return not is_bench(self.token)


@dataclass(slots=True)
class Waiting:
    """A frame in line; ``key`` names the post it echoes, ``change`` counts it against the window."""

    text: str
    key: str = ""
    change: bool = False


class Socket:
    """The frames of one socket, in order. A slow one keeps its cursors and loses its queue; it never slows another."""

    def __init__(self, visitor: Visitor, outlet: Outlet) -> None:
        self.visitor, self.outlet = visitor, outlet
        self.person_id: UUID = visitor.person.pk
        self.subscriptions: dict[UUID, Subscription] = {}
        self.in_flight: set[str] = set()
        self.answered = asyncio.Event()
        self.answered.set()
        self.syncing = asyncio.Lock()
        self.closed = False
        self.greeted = False  # nothing comes before hello
        self.notices = 0  # how far the person's inbox was when this socket was last told
        self.next_beat = time.monotonic() + protocol.HEARTBEAT
        self._line: deque[Waiting] = deque()
        self._answers: deque[str] = deque()
        self._ready = asyncio.Event()
        self._roomy = asyncio.Event()
        self.hungry: Callable[[Socket], None] = lambda socket: None
        self._unseen = 0
        self._unseen_bytes = 0
        self._stalled_at: float | None = None
        self._closing: int | None = None
        self._sender = asyncio.create_task(self._send_all())

    # What goes out ---------------------------------------------------------------------------------------------------

    def posts(self, key: str) -> None:
        """A post went to the writer; its echo waits for its answer."""
        self.in_flight.add(key)
        self.answered.clear()

    def has_room(self) -> bool:
        return len(self._line) < QUEUE

    async def until_room(self) -> None:
        """Wait until more may stand in line."""
        while not self.closed and not self.has_room():
            self._roomy.clear()
            await self._roomy.wait()

    def push_change(self, text: str, key: str) -> None:
        self._push(Waiting(text, key, change=True))

    def push_event(self, frame: protocol.Event, *, fleeting: bool = False) -> None:
        """A frame in line; a fleeting one is dropped rather than kept waiting."""
        if not fleeting or (self.has_room() and self._within_window()):
            self._push(Waiting(protocol.event(frame)))

    def push_left(self, group_id: UUID) -> None:
        self.subscriptions.pop(group_id, None)
        self.push_event(protocol.Left(group=str(group_id)))

    def push_text(self, text: str) -> None:
        """An answer that must come after the changes before it (sync)."""
        self._push(Waiting(text))

    def answer(self, text: str, *, key: str = "") -> None:
        """An answer that need not wait in line; with the ``key`` of a post, its echo may follow now."""
        self._answers.append(text)
        self.in_flight.discard(key)
        if not self.in_flight:
            self.answered.set()
        self._ready.set()

    def _push(self, waiting: Waiting) -> None:
        if not self.closed:
            self._line.append(waiting)
            self._ready.set()

    # What it has seen ------------------------------------------------------------------------------------------------

    def seen(self) -> None:
        """The client said what arrived: the window opens, and whatever waited goes on."""
        self._unseen, self._unseen_bytes, self._stalled_at = 0, 0, None
        self._ready.set()
        self.hungry(self)

    def _within_window(self) -> bool:
        return self._unseen < WINDOW and self._unseen_bytes < WINDOW_BYTES

    def stalled_for(self) -> float:
        """Seconds this socket has had something waiting and its window shut."""
        return 0.0 if self._stalled_at is None else time.monotonic() - self._stalled_at

    def behind(self) -> list["Subscription"]:
        """Groups that wait to be served from their cursor, if the socket can bear it now."""
        if len(self._line) > QUEUE // 2 or not self._within_window():
            return []
        return [one for one in self.subscriptions.values() if not one.live and not one.serving.locked()]

    def versions(self) -> dict[str, int]:
        return {str(group): one.cursor for group, one in self.subscriptions.items()}

    # Leaving ---------------------------------------------------------------------------------------------------------

    def close(self, code: int) -> None:
        """Close after the answers that wait; nothing else goes out."""
        if self._closing is None:
            self._closing = code
            self._line.clear()
            self._ready.set()

    async def gone(self) -> None:
        """The connection is over: stop sending."""
        self.closed = True
        self._roomy.set()
        self._sender.cancel()
        await asyncio.gather(self._sender, return_exceptions=True)

    async def _send_all(self) -> None:
        try:
            while not self.closed:
                await self._ready.wait()
                self._ready.clear()
                await self._flush()
        except Exception:
            log.exception("a socket cannot be written to")
            self.closed = True
            with contextlib.suppress(Exception):
                await self.outlet.close(protocol.CLOSE_PROTOCOL)

    async def _flush(self) -> None:
        while True:
            if self._answers:
                await self.outlet.write(self._answers.popleft())
            elif self._closing is not None:
                self.closed = True
                await self.outlet.close(self._closing)
                return
            elif self._may_go_on():
                waiting = self._line.popleft()
                if waiting.change:
                    self._unseen += 1
                    self._unseen_bytes += len(waiting.text)
                await self.outlet.write(waiting.text)
                if len(self._line) == QUEUE // 2 or not self._line:
                    self._roomy.set()
                    self.hungry(self)
            else:
                return

    def _may_go_on(self) -> bool:
        """Whether the next frame in line may go: not before its own answer, and not past what was seen."""
        if not self._line:
            return False
        head = self._line[0]
        if head.key and head.key in self.in_flight:
            return False
        if head.change and not self._within_window():
            self._stalled_at = self._stalled_at or time.monotonic()
            return False
        return True

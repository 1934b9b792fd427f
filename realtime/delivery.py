"""Hints on their way to every process; the only place that says ``group_send``.

A hint holds no words, is merged with what waits for the same address, takes a second at most, and may be lost: the
sweep of each process finds what a lost hint would have told.
"""

import asyncio
import logging
import threading
import time
from typing import Any

from channels.layers import get_channel_layer

from community.foundation.events import Event
from realtime.audience import AUDIENCE, Hint

log = logging.getLogger(__name__)
PATIENCE = 1.0  # seconds for the layer
QUIET = 2.0  # seconds the layer is left alone after it failed


class Bell:
    """Hands hints to the one loop of this process that owns the channel layer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, dict[str, Any]] = {}
        self._ringing = False
        self._owner: asyncio.AbstractEventLoop | None = None
        self._own: asyncio.AbstractEventLoop | None = None
        self._quiet_until = 0.0
        self.failed = 0

    def belongs_to(self, loop: asyncio.AbstractEventLoop | None) -> None:
        """From now on ``loop`` (the server's) owns the layer; None: this bell's own thread does."""
        with self._lock:
            self._owner, self._ringing = loop, False  # what the former owner was asked to send may never leave

    def ring(self, hints: list[Hint]) -> None:
        """Send hints soon, from whatever thread; never waits, never fails."""
        with self._lock:
            for hint in hints:
                _merge(self._waiting.setdefault(hint.address, {}), hint.what)
            if self._ringing:
                return
            self._ringing = True
            loop = self._owner or self._own_loop()
        sending = self._send_waiting()
        try:
            asyncio.run_coroutine_threadsafe(sending, loop)
        except RuntimeError:  # that loop is closed: the sweep finds what this would have told
            sending.close()
            with self._lock:
                self._ringing, self.failed = False, self.failed + 1

    def _own_loop(self) -> asyncio.AbstractEventLoop:
        if self._own is None:
            self._own = asyncio.new_event_loop()
            threading.Thread(target=self._own.run_forever, name="bell", daemon=True).start()
        return self._own

    async def _send_waiting(self) -> None:
        with self._lock:
            waiting, self._waiting, self._ringing = self._waiting, {}, False
        await asyncio.gather(*(self._send(address, what) for address, what in waiting.items()))

    async def _send(self, address: str, what: dict[str, Any]) -> None:
        layer = get_channel_layer()
        if layer is None or time.monotonic() < self._quiet_until:
            self.failed += 1
            return
        try:
            await asyncio.wait_for(layer.group_send(address, {"type": "hint", "address": address, **what}), PATIENCE)
        except Exception:  # noqa: BLE001 - whatever is wrong with the layer, the words are safe and the sweep finds them
            self.failed += 1
            self._quiet_until = time.monotonic() + QUIET
            log.warning("a hint was lost", extra={"failed": self.failed})


def _merge(kept: dict[str, Any], what: dict[str, Any]) -> None:
    """Counters only grow: the highest one says it all. What is told by name is kept by name."""
    for name, value in what.items():
        before = kept.get(name)
        if isinstance(before, int) and isinstance(value, int):
            kept[name] = max(before, value)
        elif isinstance(before, dict) and isinstance(value, dict):
            kept[name] = {**before, **value}
        else:
            kept[name] = value


bell = Bell()


def on_event(event: Event) -> None:
    """Tell whoever the audience table names for this event."""
    bell.ring(AUDIENCE[type(event)](event))

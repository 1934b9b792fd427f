"""How a process leaves without dropping anybody: health says so, sockets are told when to come back, then they close.

Whoever asked for something is answered. It listens for SIGTERM beside whatever the server does, and hands the signal on
once everybody is gone: Daphne would cut off a request whose work is done but not yet told.
"""

import asyncio
import contextlib
import logging
import random
import signal
import threading
from collections.abc import Iterator
from typing import Any

from community.foundation import drain
from realtime import protocol
from realtime.hub import Hub, open_hub
from realtime.sockets import Socket

log = logging.getLogger(__name__)
LONGEST = 15.0  # seconds until it leaves whatever is still open
SLICE, PAUSE = 100, 0.1  # sockets closed at a time, and seconds between
BACK_WITHIN = 3.0  # seconds within which clients come back, jittered

_listens = threading.Event()
_asked: set[asyncio.Task[Any]] = set()
_going: set[asyncio.Task[None]] = set()  # at most one, kept here because the loop holds tasks weakly


def leave_well() -> None:
    """From now on SIGTERM empties this process first. Does nothing where no server handles that signal, or twice."""
    if _listens.is_set() or threading.current_thread() is not threading.main_thread():
        return
    before = signal.getsignal(signal.SIGTERM)
    if not callable(before):
        return
    _listens.set()
    loop = asyncio.get_running_loop()

    async def go() -> None:
        try:
            await empty()
        finally:
            loop.remove_signal_handler(signal.SIGTERM)
            signal.signal(signal.SIGTERM, before)
            signal.raise_signal(signal.SIGTERM)

    def begin() -> None:
        if not _going:
            _going.add(loop.create_task(go()))

    loop.add_signal_handler(signal.SIGTERM, begin)


@contextlib.contextmanager
def answering() -> Iterator[None]:
    """Around a request: this process does not leave before it is answered."""
    task = asyncio.current_task()
    if task is None:
        raise RuntimeError("a server runs each request in a task")
    _asked.add(task)
    try:
        yield
    finally:
        _asked.discard(task)


async def empty() -> None:
    """Send everybody elsewhere, and answer what was asked until then."""
    drain.leave()
    hub = await open_hub()
    log.info("leaving", extra={"sockets": len(hub.sockets()) if hub else 0, "requests": len(_asked)})
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LONGEST):
            if hub is not None:
                await _send_away(hub)
            while _asked:
                await asyncio.wait(list(_asked))


async def _send_away(hub: Hub) -> None:
    """Tell every socket to come back a little later, and close them in slices once what they posted is answered."""
    sockets = hub.sockets()
    for socket in sockets:
        after = round(random.uniform(0.2, BACK_WITHIN), 1)  # noqa: S311 - jitter, not a secret
        if socket.greeted:
            socket.push_event(protocol.Restart(after=after))
    for start in range(0, len(sockets), SLICE):
        await asyncio.sleep(PAUSE)
        for socket in sockets[start : start + SLICE]:
            hub.aside(_close(socket))
    await hub.emptied.wait()


async def _close(socket: Socket) -> None:
    """Close once nothing this socket posted waits for its answer."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(socket.answered.wait(), LONGEST / 3)
    socket.close(protocol.CLOSE_RESTART)

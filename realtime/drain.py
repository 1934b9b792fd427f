"""How a process leaves without dropping anybody: health says so, sockets are told when to come back, then they close.

It listens for SIGTERM beside whatever the server does, and hands the signal on once everybody is gone.
"""

import asyncio
import contextlib
import logging
import random
import signal
import threading
from typing import TYPE_CHECKING

from community.foundation import drain
from realtime import protocol

if TYPE_CHECKING:
    from realtime.hub import Hub
    from realtime.sockets import Socket

log = logging.getLogger(__name__)
LONGEST = 15.0  # seconds until it leaves whatever is still open
SLICE, PAUSE = 100, 0.1  # sockets closed at a time, and seconds between
BACK_WITHIN = 3.0  # seconds within which clients come back, jittered


def leave_well(hub: "Hub") -> None:
    """From now on SIGTERM empties ``hub`` first. Does nothing where no server handles that signal."""
    before = signal.getsignal(signal.SIGTERM)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        return
    loop = asyncio.get_running_loop()

    async def go() -> None:
        await empty(hub)
        loop.remove_signal_handler(signal.SIGTERM)
        signal.signal(signal.SIGTERM, before)
        signal.raise_signal(signal.SIGTERM)

    loop.add_signal_handler(signal.SIGTERM, lambda: hub.aside(go()))


async def empty(hub: "Hub") -> None:
    """Tell every socket to come back a little later, and close them in slices once what they posted is answered."""
    drain.leave()
    sockets = hub.sockets()
    log.info("leaving", extra={"sockets": len(sockets)})
    for socket in sockets:
        after = round(random.uniform(0.2, BACK_WITHIN), 1)  # noqa: S311 - jitter, not a secret
        if socket.greeted:
            socket.push_event(protocol.Restart(after=after))
    for start in range(0, len(sockets), SLICE):
        await asyncio.sleep(PAUSE)
        for socket in sockets[start : start + SLICE]:
            hub.aside(_close(socket))
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(hub.emptied.wait(), LONGEST)


async def _close(socket: "Socket") -> None:
    """Close once nothing this socket posted waits for its answer."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(socket.answered.wait(), LONGEST / 3)
    socket.close(protocol.CLOSE_RESTART)

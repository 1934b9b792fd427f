"""Every two seconds a process asks what a lost hint would have told: the cure for whatever the layer forgot."""

import asyncio
import logging
import random
import time
from typing import TYPE_CHECKING
from uuid import UUID

from community.foundation import clock
from community.foundation.errors import Busy
from community.notices.models import Inbox
from realtime import protocol
from realtime.audience import group_address
from realtime.inbox import is_behind, tell_notices
from realtime.questions import counters_of
from realtime.sockets import STALLED, Socket

if TYPE_CHECKING:
    from realtime.hub import Hub

log = logging.getLogger(__name__)
EVERY = 2.0


class Sweep:
    """Three questions a round: are the sessions here open, and how far are the groups and inboxes of who is here?"""

    def __init__(self, hub: "Hub") -> None:
        self.hub = hub
        self.healed = 0

    async def run(self) -> None:
        while True:
            await asyncio.sleep(EVERY * random.uniform(0.8, 1.2))  # noqa: S311 - jitter, not a secret
            try:
                await self.once()
            except Busy:
                log.warning("sweep waits for the store")
            except Exception:
                log.exception("sweep stumbled")

    async def once(self) -> None:
        sockets = self.hub.sockets()
        if not sockets:
            return
        for socket in sockets:
            self._tend(socket)
        for reader in self.hub.readers.values():
            reader.lapse()
        await self.hub.close_doors(sockets)
        people = list(self.hub.people)
        told = await self.hub.threads.run(lambda: counters_of(people))
        for person in people:
            await self._compare(person, told.get(person, {}))
        for person, version in (await self.hub.threads.run(lambda: Inbox.objects.versions(people))).items():
            if any(is_behind(socket, version) for socket in self.hub.people.get(person, ())):
                self.hub.aside(tell_notices(self.hub, person, version))
        for group_id in list(self.hub.readers):
            await self.hub.rest_reader(group_id)

    async def _compare(self, person: UUID, groups: dict[UUID, tuple[int, int]]) -> None:
        """Wake the readers that are behind; attach seats won, and look again at seats lost."""
        for group_id, (version, seats) in groups.items():
            reader = self.hub.readers.get(group_id)
            if reader is not None and reader.hear(version=version, seats=seats):
                self.healed += 1
                self.hub.aside(self.hub.ear.subscribe(group_address(group_id)))
        sockets = self.hub.people.get(person, set())
        if any(groups.keys() - socket.subscriptions.keys() for socket in sockets):
            await self.hub.look_at_seats(person)
        for socket in sockets:
            for group_id in socket.subscriptions.keys() - groups.keys():
                socket.subscriptions[group_id].reader.look(who=True)

    def _tend(self, socket: Socket) -> None:
        """Beat, and let go of those who do not read or whose time is over; this needs no store."""
        if clock.now() >= socket.visitor.until:
            socket.close(protocol.CLOSE_SIGNED_OUT)
        elif socket.stalled_for() > STALLED:
            socket.close(protocol.CLOSE_NOT_READING)
        elif time.monotonic() >= socket.next_beat:
            socket.next_beat = time.monotonic() + protocol.HEARTBEAT
            socket.push_event(protocol.Beat(versions=socket.versions()))
        self.hub.feed(socket)

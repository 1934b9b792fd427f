"""The running half of one process: its sockets, one reader a live group, and the layer's channel.

It starts with the first socket, since Daphne tells nobody when it starts. Truth is in the database: what the layer
forgets, the sweep finds.
"""

import asyncio
import logging
from typing import Any
from uuid import UUID

from django.conf import settings

from community.foundation import clock
from community.foundation.errors import Busy
from community.foundation.models import Deployment
from groups.membership.models import Membership
from groups.membership.serializers import shape_seat
from realtime import protocol
from realtime.audience import group_address, person_address
from realtime.catchup import feed
from realtime.delivery import bell
from realtime.ear import Ear
from realtime.evening import Evening, has_an_evening
from realtime.inbox import PAGES, greet, tell_notices, tell_page
from realtime.presence import Presence
from realtime.questions import Place, collapsed_for, held_by, still_open
from realtime.reader import Reader, Subscription
from realtime.sockets import Socket
from realtime.sweep import Sweep
from realtime.threads import Threads
from realtime.writer import Writer

log = logging.getLogger(__name__)
FRESH_TRIES = 5


class Hub:
    """Everything realtime that lives on one event loop."""

    def __init__(self) -> None:
        self.threads, self.writer = Threads(), Writer()
        self.people: dict[UUID, set[Socket]] = {}
        self.readers: dict[UUID, Reader] = {}
        self.emptied = asyncio.Event()
        self.emptied.set()
        self.history = ""
        self.sweep, self.presence = Sweep(self), Presence(self)
        self.ear = Ear(wanted=self._addresses, hear=self._hear)
        self._tasks: list[asyncio.Task[None]] = []
        self._side: set[asyncio.Task[Any]] = set()

    async def start(self) -> None:
        deployment = await self.threads.run(lambda: Deployment.objects.get_or_create(id=1)[0])
        self.history = str(deployment.history)
        bell.belongs_to(asyncio.get_running_loop())
        self._tasks = [
            asyncio.create_task(self.ear.listen(), name="listen"),
            asyncio.create_task(self.sweep.run(), name="sweep"),
            asyncio.create_task(self.presence.run(), name="presence"),
        ]
        if has_an_evening():
            self._tasks.append(asyncio.create_task(Evening(self).run(), name="evening"))

    async def stop(self) -> None:
        bell.belongs_to(None)
        tasks = [*self._tasks, *self._side]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(reader.stop() for reader in self.readers.values()))
        self.writer.stop()
        self.threads.stop()

    def abandon(self) -> None:
        """It could not start: its threads end by themselves."""
        self.writer.leave()
        self.threads.leave()

    def sockets(self) -> list[Socket]:
        return [socket for theirs in self.people.values() for socket in theirs]

    def aside(self, work: Any) -> None:
        """Do something beside; kept so that it is neither lost nor left behind."""
        task = asyncio.create_task(work)
        self._side.add(task)
        task.add_done_callback(self._done_aside)

    def _done_aside(self, task: asyncio.Task[Any]) -> None:
        self._side.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.warning("something beside failed", extra={"error": type(error).__name__}, exc_info=error)

    # Coming and going ------------------------------------------------------------------------------------------------

    async def enter(self, socket: Socket) -> None:
        """Put a socket where its person's groups are, and greet it. Subscribes first, reads second."""
        self.emptied.clear()
        first = socket.person_id not in self.people
        self.people.setdefault(socket.person_id, set()).add(socket)
        if first:
            self.aside(self.ear.subscribe(person_address(socket.person_id)))
        socket.hungry = self.feed
        collapsed = await self.threads.run(lambda: collapsed_for(socket.person_id))
        seats = await self._seats_of(socket.person_id)
        groups = [self._attach(socket, seat, place) for seat, place in seats]
        hello = protocol.Hello(
            protocol=protocol.PROTOCOL,
            history=self.history,
            groups=groups,
            collapsed=collapsed,
            limits=limits_told(),
            heartbeat=protocol.HEARTBEAT,
        )
        socket.answer(protocol.event(hello))
        socket.greeted = True
        for subscription in socket.subscriptions.values():
            subscription.reader.show_around(socket)
        self.aside(self.presence.renew([socket.person_id]))
        self.aside(greet(self, socket))

    async def _seats_of(self, person: UUID) -> list[tuple[Membership, Place]]:
        """The seats a person holds, not older than what a reader here knows: a seat lost meanwhile is not attached."""
        for _try in range(FRESH_TRIES):
            seats = await self.threads.run(lambda: held_by(person))
            known = [(self.readers[seat.group_id], seat) for seat, _place in seats if seat.group_id in self.readers]
            if all(seat.group.seats >= reader.seats for reader, seat in known):
                return seats
        raise Busy

    def _attach(self, socket: Socket, seat: Membership, place: Place) -> dict[str, Any]:
        reader = self.readers.get(seat.group_id)
        if reader is None:
            reader = Reader(seat.group_id, self.threads, cursor=seat.group.version, seats=seat.group.seats)
            self.readers[seat.group_id] = reader
            reader.start()
            self.aside(self._follow(reader))
        reader.hear(version=seat.group.version, seats=seat.group.seats)
        cursor = max(seat.group.version, reader.cursor)
        subscription = Subscription(socket, reader, place, cursor)
        socket.subscriptions[seat.group_id] = reader.subscriptions[socket] = subscription
        shaped = shape_seat(seat)
        return {name: shaped[name] for name in ("id", "me", "position", "read", "seats")} | {"version": cursor}

    async def exit(self, socket: Socket) -> None:
        await socket.gone()
        theirs = self.people.get(socket.person_id, set())
        theirs.discard(socket)
        if not theirs:
            self.people.pop(socket.person_id, None)
            self.aside(self.ear.unsubscribe(person_address(socket.person_id)))
        if not self.people:
            self.emptied.set()
        for group_id, subscription in list(socket.subscriptions.items()):
            subscription.reader.drop(socket)
            await self.rest_reader(group_id)

    async def rest_reader(self, group_id: UUID) -> None:
        """Let go of a group nobody here is in any more."""
        reader = self.readers.get(group_id)
        if reader is not None and not reader.subscriptions:
            del self.readers[group_id]
            await reader.stop()
            self.aside(self.ear.unsubscribe(group_address(group_id)))

    # Hints -----------------------------------------------------------------------------------------------------------

    def _addresses(self) -> set[str]:
        """Whose hints are wanted here."""
        return {*map(person_address, self.people), *map(group_address, self.readers)}

    async def _follow(self, reader: Reader) -> None:
        """Hear this group's hints, and look once at what was missed before that."""
        await self.ear.subscribe(group_address(reader.group_id))
        reader.look()
        await reader.look_around()

    def _hear(self, hint: dict[str, Any]) -> None:
        kind, _, name = str(hint.get("address", "")).partition(".")
        if kind == "group" and (reader := self.readers.get(UUID(name))) is not None:
            reader.hear(version=hint.get("version", 0), seats=hint.get("seats", 0))
            reader.pass_on(hint)
        elif kind == "person" and UUID(name) in self.people:
            if hint.get("doors"):
                self.aside(self._look_at_doors(UUID(name)))
            if hint.get("presence"):
                self.aside(self.presence.renew([UUID(name)]))
            if hint.get("seats"):
                self.aside(self.look_at_seats(UUID(name)))
            if version := hint.get("notices"):
                self.aside(tell_notices(self, UUID(name), version))
            for what in PAGES.keys() & hint.keys():
                tell_page(self, UUID(name), what)

    # What the database says ------------------------------------------------------------------------------------------

    async def look_at_seats(self, person: UUID) -> None:
        """Attach this person's sockets to groups they won a seat in; lost seats are the readers' to see."""
        seats = await self._seats_of(person)
        for socket in list(self.people.get(person, ())):
            for seat, place in seats:
                if seat.group_id not in socket.subscriptions and socket.greeted and not socket.closed:
                    self._attach(socket, seat, place)
                    socket.push_event(protocol.Joined(group=str(seat.group_id)))
                    socket.subscriptions[seat.group_id].reader.show_around(socket)

    async def _look_at_doors(self, person: UUID) -> None:
        await self.close_doors(list(self.people.get(person, ())))

    async def close_doors(self, sockets: list[Socket]) -> None:
        """Close what was opened by a session or token that ended."""
        now = clock.now()
        sessions = [s.visitor.session_id for s in sockets if s.visitor.session_id]
        tokens = [s.visitor.token.pk for s in sockets if s.visitor.token]
        alive = await self.threads.run(lambda: still_open(sessions, tokens, now))
        for socket in sockets:
            door = socket.visitor.session_id or (socket.visitor.token.pk if socket.visitor.token else None)
            if door not in alive:
                socket.close(protocol.CLOSE_SIGNED_OUT)

    def feed(self, socket: Socket) -> None:
        """Serve what waits behind on a socket that can bear it again."""
        for subscription in socket.behind():
            self.aside(feed(self, subscription))


def limits_told() -> dict[str, int]:
    told = ("message_points", "posts", "post_seconds", "sockets", "connects_a_minute", "frame_bytes")
    return {name: settings.LIMITS[name] for name in told}


_hubs: dict[asyncio.AbstractEventLoop, asyncio.Future[Hub]] = {}


async def hub_here() -> Hub:
    """The hub of this event loop, started once however many sockets arrive together."""
    loop = asyncio.get_running_loop()
    future = _hubs.get(loop)
    if future is None:
        future = _hubs[loop] = loop.create_future()
        hub = Hub()
        try:
            await hub.start()
        except BaseException as error:
            del _hubs[loop]
            hub.abandon()
            future.set_exception(error)
            future.exception()
            raise
        future.set_result(hub)
    return await asyncio.shield(future)


async def open_hub() -> Hub | None:
    """The hub of this event loop, if any socket asked for it."""
    future = _hubs.get(asyncio.get_running_loop())
    return await asyncio.shield(future) if future is not None else None


def open_sockets() -> int:
    """How many sockets this process holds; from any thread, so that it is right to a few."""
    hubs = [future.result() for future in list(_hubs.values()) if future.done() and future.exception() is None]
    return sum(len(theirs) for hub in hubs for theirs in list(hub.people.values()))


async def stop_hub() -> None:
    """Stop the hub of this loop, if there is one."""
    hub = await open_hub()
    if hub is not None:
        del _hubs[asyncio.get_running_loop()]
        await hub.stop()

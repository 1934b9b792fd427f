"""The running half of one process: its sockets, one reader a live group, the layer's channel, and the sweep.

It starts with the first socket, since Daphne tells nobody when it starts. Truth is in the database: what the layer
forgets, the sweep finds, every two seconds, with two questions a process.
"""

import asyncio
import logging
import random
import time
from datetime import datetime
from typing import Any
from uuid import UUID

from channels.layers import get_channel_layer
from django.conf import settings

from community.foundation import clock
from community.foundation.errors import Busy
from community.foundation.models import Deployment
from community.integrations.models import Token
from community.people.models import Block, Session
from groups.membership.models import Group, Membership
from groups.membership.rules import spans_of
from groups.membership.serializers import shape_seat
from realtime import protocol
from realtime.audience import group_address, person_address
from realtime.delivery import bell
from realtime.reader import Page, Place, Reader, Subscription, is_stale, read_page
from realtime.sockets import STALLED, Socket
from realtime.threads import Threads
from realtime.writer import Writer

log = logging.getLogger(__name__)
SWEEP = 2.0


class Hub:
    """Everything realtime that lives on one event loop."""

    def __init__(self) -> None:
        self.threads, self.writer = Threads(), Writer()
        self.people: dict[UUID, set[Socket]] = {}
        self.readers: dict[UUID, Reader] = {}
        self.history = ""
        self.healed = 0
        self._channel = ""
        self._tasks: list[asyncio.Task[None]] = []
        self._side: set[asyncio.Task[Any]] = set()

    async def start(self) -> None:
        deployment = await self.threads.run(lambda: Deployment.objects.get_or_create(id=1)[0])
        self.history = str(deployment.history)
        bell.belongs_to(asyncio.get_running_loop())
        self._tasks = [
            asyncio.create_task(self._listen(), name="listen"),
            asyncio.create_task(self._sweep_on(), name="sweep"),
        ]

    async def stop(self) -> None:
        bell.belongs_to(None)
        tasks = [*self._tasks, *self._side]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(reader.stop() for reader in self.readers.values()))
        self.writer.stop()
        self.threads.stop()

    def aside(self, work: Any) -> None:
        """Do something beside; kept so that it is neither lost nor left behind."""
        task = asyncio.create_task(work)
        self._side.add(task)
        task.add_done_callback(self._side.discard)

    # Coming and going ------------------------------------------------------------------------------------------------

    async def enter(self, socket: Socket) -> None:
        """Put a socket where its person's groups are, and greet it. Subscribes first, reads second."""
        first = socket.person_id not in self.people
        self.people.setdefault(socket.person_id, set()).add(socket)
        if first:
            self.aside(self._subscribe(person_address(socket.person_id)))
        socket.hungry = self._feed
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

    async def _seats_of(self, person: UUID) -> list[tuple[Membership, Place]]:
        """The seats a person holds, not older than what a reader here knows: a seat lost meanwhile is not attached."""
        while True:
            seats = await self.threads.run(lambda: held_by(person))
            known = [(self.readers[seat.group_id], seat) for seat, _place in seats if seat.group_id in self.readers]
            if all(seat.group.seats >= reader.seats for reader, seat in known):
                return seats

    def _attach(self, socket: Socket, seat: Membership, place: Place) -> dict[str, Any]:
        reader = self.readers.get(seat.group_id)
        if reader is None:
            reader = Reader(seat.group_id, self.threads, cursor=seat.group.version, seats=seat.group.seats)
            self.readers[seat.group_id] = reader
            reader.start()
            self.aside(self._subscribe(group_address(seat.group_id)))
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
            self.aside(self._unsubscribe(person_address(socket.person_id)))
        for group_id, subscription in list(socket.subscriptions.items()):
            subscription.reader.drop(socket)
            await self._rest_reader(group_id)

    async def _rest_reader(self, group_id: UUID) -> None:
        reader = self.readers.get(group_id)
        if reader is not None and not reader.subscriptions:
            del self.readers[group_id]
            await reader.stop()
            self.aside(self._unsubscribe(group_address(group_id)))

    # The layer -------------------------------------------------------------------------------------------------------

    async def _listen(self) -> None:
        """Hear hints for ever; a layer that is away is asked again, and the sweep serves meanwhile."""
        while True:
            try:
                layer = get_channel_layer()
                assert layer is not None  # noqa: S101 - settings always name one
                self._channel = await layer.new_channel()
                addresses = [*map(person_address, self.people), *map(group_address, self.readers)]
                for address in addresses:
                    await layer.group_add(address, self._channel)
                while True:
                    self._hear(await layer.receive(self._channel))
            except asyncio.CancelledError:
                raise
            except Exception:  # noqa: BLE001 - whatever it is, listening goes on
                log.warning("the layer is away")
                await asyncio.sleep(1)

    async def _subscribe(self, address: str) -> None:
        layer = get_channel_layer()
        if layer is None or not self._channel:
            return  # _listen adds whatever is here once it has a channel
        try:
            await asyncio.wait_for(layer.group_add(address, self._channel), 2)
        except Exception:  # noqa: BLE001 - the sweep serves meanwhile, and subscribes again
            log.warning("could not subscribe")

    async def _unsubscribe(self, address: str) -> None:
        layer = get_channel_layer()
        still = {*map(person_address, self.people), *map(group_address, self.readers)}
        if layer is None or not self._channel or address in still:
            return
        try:
            await asyncio.wait_for(layer.group_discard(address, self._channel), 2)
        except Exception:  # noqa: BLE001 - a hint for nobody does no harm
            log.warning("could not unsubscribe")

    def _hear(self, hint: dict[str, Any]) -> None:
        kind, _, name = str(hint.get("address", "")).partition(".")
        if kind == "group" and (reader := self.readers.get(UUID(name))) is not None:
            reader.hear(version=hint.get("version", 0), seats=hint.get("seats", 0))
            if typing := hint.get("typing"):
                reader.tell_typing(typing)
        elif kind == "person" and UUID(name) in self.people:
            self.aside(self._look_at_doors(UUID(name)) if hint.get("doors") else self._look_at_seats(UUID(name)))

    # What the database says ------------------------------------------------------------------------------------------

    async def _look_at_seats(self, person: UUID) -> None:
        """Attach this person's sockets to groups they won a seat in; lost seats are the readers' to see."""
        seats = await self._seats_of(person)
        for socket in list(self.people.get(person, ())):
            for seat, place in seats:
                if seat.group_id not in socket.subscriptions and not socket.closed:
                    self._attach(socket, seat, place)
                    socket.push_event(protocol.Joined(group=str(seat.group_id)))

    async def _look_at_doors(self, person: UUID) -> None:
        await self._close_doors(list(self.people.get(person, ())))

    async def _close_doors(self, sockets: list[Socket]) -> None:
        """Close what was opened by a session or token that ended."""
        now = clock.now()
        sessions = [s.visitor.session_id for s in sockets if s.visitor.session_id]
        tokens = [s.visitor.token.pk for s in sockets if s.visitor.token]
        alive = await self.threads.run(lambda: still_open(sessions, tokens, now))
        for socket in sockets:
            door = socket.visitor.session_id or (socket.visitor.token.pk if socket.visitor.token else None)
            if door not in alive or now >= socket.visitor.until:
                socket.close(protocol.CLOSE_SIGNED_OUT)

    async def _sweep_on(self) -> None:
        while True:
            await asyncio.sleep(SWEEP * random.uniform(0.8, 1.2))  # noqa: S311 - jitter, not a secret
            try:
                await self._sweep()
            except asyncio.CancelledError:
                raise
            except Busy:
                log.warning("sweep waits for the store")
            except Exception:
                log.exception("sweep stumbled")

    async def _sweep(self) -> None:
        """Two questions: are the sessions of this process still open, and how far are the groups of its people?"""
        sockets = [socket for theirs in self.people.values() for socket in theirs]
        if not sockets:
            return
        await self._close_doors(sockets)
        people = list(self.people)
        told = await self.threads.run(lambda: counters_of(people))
        for person, groups in told.items():
            for group_id, (version, seats) in groups.items():
                reader = self.readers.get(group_id)
                if reader is not None and reader.hear(version=version, seats=seats):
                    self.healed += 1
                    self.aside(self._subscribe(group_address(group_id)))
            if any(groups.keys() - socket.subscriptions.keys() for socket in self.people.get(person, ())):
                await self._look_at_seats(person)
        for person in people:
            self._miss_seats(person, told.get(person, {}))
        self._tend(sockets)

    def _miss_seats(self, person: UUID, groups: dict[UUID, tuple[int, int]]) -> None:
        """Somebody is subscribed where they hold no seat any more: the reader must look."""
        for socket in self.people.get(person, ()):
            for group_id in socket.subscriptions.keys() - groups.keys():
                reader = socket.subscriptions[group_id].reader
                reader.hear(seats=reader.seats + 1)

    def _tend(self, sockets: list[Socket]) -> None:
        for socket in sockets:
            if socket.stalled_for() > STALLED:
                socket.close(protocol.CLOSE_NOT_READING)
            elif time.monotonic() >= socket.next_beat:
                socket.next_beat = time.monotonic() + protocol.HEARTBEAT
                socket.push_event(protocol.Beat(versions=socket.versions()))
            self._feed(socket)

    def _feed(self, socket: Socket) -> None:
        """Serve what waits behind on a socket that can bear it again."""
        for subscription in socket.behind():
            self.aside(self.serve(subscription, subscription.cursor))

    # Catching up -----------------------------------------------------------------------------------------------------

    async def serve(self, subscription: Subscription, since: int) -> None:
        """Send what changed after ``since``, then go live again; or say that history is the shorter way."""
        if subscription.syncing:
            return
        group_id, socket, reader = subscription.reader.group_id, subscription.socket, subscription.reader
        subscription.live, subscription.syncing, subscription.cursor = False, True, since
        try:
            stale = await self.threads.run(lambda: how_stale(group_id, since, subscription.place))
            if stale is not None:
                subscription.cursor = max(stale, reader.cursor)
                socket.push_event(protocol.Stale(group=str(group_id), version=subscription.cursor))
            while subscription.socket.subscriptions.get(group_id) is subscription and not socket.closed:
                page = await self._next_page(subscription)
                if page is None:
                    return
                self._hand_over(subscription, page)
                if not page.full and subscription.cursor >= reader.cursor:
                    subscription.live = True
                    return
                await socket.until_room()
        finally:
            subscription.syncing = False

    def _hand_over(self, subscription: Subscription, page: Page) -> None:
        for entry in page.entries:
            subscription.socket.push_change(entry)
        subscription.cursor = max(subscription.cursor, page.version)

    async def _next_page(self, subscription: Subscription) -> Page | None:
        """The next changes this seat shows, from what the reader kept or from the log; None once the seat is gone."""
        reader, place, cursor = subscription.reader, subscription.place, subscription.cursor
        kept = reader.kept_since(cursor)
        if kept is not None:
            shown = [entry for entry in kept if place.shows(entry.position)]
            return Page(shown, max(cursor, reader.cursor), full=False, seats=None)
        page = await self.threads.run(lambda: read_page(reader.group_id, cursor, place.spans))
        if page.seats is not None and page.seats != reader.seats:
            reader.hear(seats=page.seats)
            person = subscription.socket.person_id
            held = await self.threads.run(lambda: {seat.group_id for seat, _place in held_by(person)})
            if reader.group_id not in held:
                return None
        return page if subscription.socket.subscriptions.get(reader.group_id) is subscription else None


def limits_told() -> dict[str, int]:
    told = ("message_points", "posts", "post_seconds", "sockets", "connects_a_minute", "frame_bytes")
    return {name: settings.LIMITS[name] for name in told}


def held_by(person: UUID) -> list[tuple[Membership, Place]]:
    """The seats a person holds today, each with all they may read there; one question."""
    mine = list(Membership.objects.of(person).select_related("group").order_by("group__created", "began"))
    spans: dict[UUID, list[Membership]] = {}
    for seat in mine:
        spans.setdefault(seat.group_id, []).append(seat)
    return [(seat, Place(str(seat.member_id), spans_of(spans[seat.group_id]))) for seat in mine if seat.ended is None]


def collapsed_for(person: UUID) -> dict[str, list[str]]:
    """Whom this person blocked, by group and member id."""
    shared = Membership.objects.current().filter(
        person__in=Block.objects.filter(blocker_id=person).values("blocked"),
        group__memberships__person=person,
        group__memberships__ended=None,
    )
    found: dict[str, list[str]] = {}
    for group_id, member_id in shared.values_list("group_id", "member_id"):
        found.setdefault(str(group_id), []).append(str(member_id))
    return found


def still_open(sessions: list[UUID], tokens: list[UUID], now: datetime) -> set[UUID]:
    """Which of these sessions and tokens are still good."""
    alive = set(Session.objects.live(now).filter(pk__in=sessions).values_list("pk", flat=True)) if sessions else set()
    if tokens:
        alive |= set(Token.objects.live(now).filter(pk__in=tokens).values_list("pk", flat=True))
    return alive


def counters_of(people: list[UUID]) -> dict[UUID, dict[UUID, tuple[int, int]]]:
    """For each person the groups they hold a seat in today, with version and seats."""
    found: dict[UUID, dict[UUID, tuple[int, int]]] = {}
    rows = Membership.objects.current().filter(person__in=people)
    for person, group, version, seats in rows.values_list("person_id", "group_id", "group__version", "group__seats"):
        found.setdefault(person, {})[group] = (version, seats)
    return found


def how_stale(group_id: UUID, since: int, place: Place) -> int | None:
    """The group's version if a client at ``since`` must load history instead, else None."""
    version = Group.objects.filter(pk=group_id).values_list("version", flat=True).first() or 0
    return version if is_stale(group_id, since, version, place.spans) else None


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
            future.set_exception(error)
            future.exception()
            raise
        future.set_result(hub)
    return await asyncio.shield(future)


async def stop_hub() -> None:
    """Stop the hub of this loop, if there is one."""
    future = _hubs.pop(asyncio.get_running_loop(), None)
    if future is not None:
        await (await future).stop()

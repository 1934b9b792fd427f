"""One reader a process and group: reads each change once, encodes it once, hands the same bytes to every socket here.

Who may receive is settled by one counter. The rows come with the group's ``seats`` of the same statement; if that is
not what the reader last saw, it reads the seat list *after* the rows, never before, so that nothing written after
somebody lost their seat reaches them.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from community.foundation.errors import Busy
from groups.chat.models import Message
from groups.chat.reading import STALE_ROWS, more_than_stale
from groups.chat.serializers import shape
from groups.membership.models import Group, Membership
from groups.membership.rules import Span, spans_of
from realtime import protocol
from realtime.threads import Threads

if TYPE_CHECKING:
    from realtime.sockets import Socket

log = logging.getLogger(__name__)
PAGE = 200
KEPT = 256


@dataclass(frozen=True, slots=True)
class Entry:
    """One change, encoded once."""

    version: int
    message_id: UUID
    position: int
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """Changes in version order; ``version`` is up to where they reach, ``seats`` the counter of the same statement."""

    entries: list[Entry]
    version: int
    full: bool
    seats: int | None


@dataclass(slots=True)
class Place:
    """One person's seat in one group, as this process knows it."""

    member_id: str
    spans: tuple[Span, ...]

    def shows(self, position: int) -> bool:
        return any(span.after < position and (span.until is None or position <= span.until) for span in self.spans)


@dataclass(slots=True, eq=False)
class Subscription:
    """A socket in a group. While it is not ``live`` (it syncs, or is behind) it keeps its cursor and gets nothing."""

    socket: "Socket"
    reader: "Reader"
    place: Place
    cursor: int
    live: bool = True
    syncing: bool = False

    def offer(self, entry: Entry) -> None:
        """Take a change that is next, if this seat shows it and the socket can bear it."""
        if not self.live or entry.version <= self.cursor:
            return
        if self.place.shows(entry.position):
            if not self.socket.has_room():
                self.live = False  # it keeps its cursor, and is served from there once it reads again
                return
            self.socket.push_change(entry)
        self.cursor = entry.version


def entry_of(row: Message) -> Entry:
    shaped = shape(row)
    return Entry(row.version, row.pk, row.position, shaped["key"], protocol.change(shaped))


def read_page(group_id: UUID, after: int, spans: Iterable[Span] | None = None) -> Page:
    """One page of a group's log after a version: one statement, one more to know how far an empty page reaches."""
    reached = None if spans is None else Group.objects.filter(pk=group_id).values_list("version", flat=True).first()
    rows = Message.objects.of(group_id).changed_since(after).to_show().with_seats_counter()
    found = list((rows if spans is None else rows.within(spans))[:PAGE])
    last = found[-1].version if found else after
    full = len(found) == PAGE
    seats = getattr(found[-1], "seats_then", None) if found else None
    return Page([entry_of(row) for row in found], last if full else max(last, reached or 0), full, seats)


def places_in(group_id: UUID, people: Iterable[UUID]) -> tuple[int, dict[UUID, Place]]:
    """The group's ``seats``, read first, and the places of those of ``people`` who hold a seat there today."""
    seats = Group.objects.filter(pk=group_id).values_list("seats", flat=True).first() or 0
    held: dict[UUID, list[Membership]] = {}
    for seat in Membership.objects.filter(group_id=group_id, person_id__in=list(people)):
        held.setdefault(seat.person_id, []).append(seat)
    places = {
        person: Place(str(those[0].member_id), spans_of(those))
        for person, those in held.items()
        if any(seat.ended is None for seat in those)
    }
    return seats, places


def is_stale(group_id: UUID, since: int, version: int, spans: Iterable[Span]) -> bool:
    """Whether a client at ``since`` is better served by history: ahead of the group, or more than 500 rows behind."""
    if since > version:
        return True
    if version - since <= STALE_ROWS:
        return False
    return more_than_stale(Message.objects.of(group_id).within(spans).changed_since(since), version - since)


@dataclass(slots=True, eq=False)
class Reader:
    """The log of one group, as this process follows it."""

    group_id: UUID
    threads: Threads
    cursor: int
    seats: int
    subscriptions: dict["Socket", Subscription] = field(default_factory=dict)
    kept: OrderedDict[UUID, Entry] = field(default_factory=OrderedDict)
    kept_after: int = 0
    _awake: asyncio.Event = field(default_factory=asyncio.Event)
    _seats_wanted: int = 0
    _version_wanted: int = 0
    _task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self.kept_after = self.cursor
        self._task = asyncio.create_task(self._run(), name=f"reader {self.group_id}")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def hear(self, *, version: int = 0, seats: int = 0) -> bool:
        """A hint, or what the sweep saw; says whether it was news."""
        news = version > max(self.cursor, self._version_wanted) or seats > max(self.seats, self._seats_wanted)
        self._version_wanted = max(self._version_wanted, version)
        self._seats_wanted = max(self._seats_wanted, seats)
        if version > self.cursor or seats > self.seats:
            self._awake.set()
        return news

    async def _run(self) -> None:
        while True:
            await self._awake.wait()
            self._awake.clear()
            try:
                await self._catch_up()
            except Busy:
                log.warning("reader waits for the store", extra={"group": str(self.group_id)})
                await asyncio.sleep(0.5)
                self._awake.set()
            except Exception:
                log.exception("reader stumbled", extra={"group": str(self.group_id)})
                await asyncio.sleep(0.5)
                self._awake.set()

    async def _catch_up(self) -> None:
        """Read until nothing is left, then look at the seats if they changed without a word."""
        while True:
            page = await self.threads.run(lambda: read_page(self.group_id, self.cursor))
            if page.seats is not None and page.seats != self.seats:
                await self._look_who_is_here()
            for entry in page.entries:
                self._keep(entry)
                for subscription in list(self.subscriptions.values()):
                    subscription.offer(entry)
            self.cursor = max(self.cursor, page.version)
            if not page.full:
                break
        if self._seats_wanted > self.seats:
            await self._look_who_is_here()

    def _keep(self, entry: Entry) -> None:
        """Keep the last changes for sockets a little behind; an older wording of the same message goes."""
        self.kept.pop(entry.message_id, None)
        self.kept[entry.message_id] = entry
        while len(self.kept) > KEPT:
            _id, gone = self.kept.popitem(last=False)
            self.kept_after = gone.version

    def kept_since(self, version: int) -> list[Entry] | None:
        """The changes after ``version`` if all of them are still kept, else None."""
        if version < self.kept_after:
            return None
        return [entry for entry in self.kept.values() if entry.version > version]

    async def _look_who_is_here(self) -> None:
        """Read the seat list until it covers everybody who is here, then act on it."""
        people: set[UUID] = set()
        while people != (here := {socket.person_id for socket in self.subscriptions}):
            people = here
            seats, places = await self.threads.run(partial(places_in, self.group_id, people))
        if not people:
            self.seats = max(self.seats, self._seats_wanted)
            return
        self.seats = seats
        for socket, subscription in list(self.subscriptions.items()):
            place = places.get(socket.person_id)
            if place is None:
                self.drop(socket)
                socket.push_left(self.group_id)
            else:
                subscription.place = place
                socket.push_event(protocol.Members(group=str(self.group_id), seats=self.seats))

    def drop(self, socket: "Socket") -> None:
        self.subscriptions.pop(socket, None)

    def tell_typing(self, typing: dict[str, Any]) -> None:
        """Pass on that somebody writes, to everybody here but themselves."""
        frame = protocol.TypingNow(group=str(self.group_id), member=typing["member"], until=typing["until"])
        for subscription in self.subscriptions.values():
            if subscription.place.member_id != typing["member"]:
                subscription.socket.push_event(frame, fleeting=True)

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
from realtime import protocol
from realtime.around import Around
from realtime.questions import Entry, Place, around_now, places_in, read_page
from realtime.threads import Threads

if TYPE_CHECKING:
    from realtime.sockets import Socket

log = logging.getLogger(__name__)
KEPT = 256


@dataclass(slots=True, eq=False)
class Subscription:
    """A socket in a group. While it is not ``live`` (it syncs, or is behind) it keeps its cursor and gets nothing."""

    socket: "Socket"
    reader: "Reader"
    place: Place
    cursor: int
    live: bool = True
    serving: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def attached(self) -> bool:
        """Whether this socket still stands in this group."""
        return not self.socket.closed and self.reader.subscriptions.get(self.socket) is self

    def offer(self, entry: Entry) -> None:
        """Take a change that is next, if this seat shows it and the socket can bear it."""
        if not self.live or entry.version <= self.cursor:
            return
        if self.place.shows(entry):
            if not self.socket.has_room():
                self.live = False  # it keeps its cursor, and is served from there once it reads again
                return
            self.socket.push_change(self.place.told(entry), entry.key)
        self.cursor = entry.version


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
    around: Around = field(default_factory=Around)
    _awake: asyncio.Event = field(default_factory=asyncio.Event)
    _seats_wanted: int = 0
    _who_wanted: bool = False
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

    def look(self, *, who: bool = False) -> None:
        """Read the log once more, and the seats too if ``who``, whatever was heard."""
        self._who_wanted = self._who_wanted or who
        self._awake.set()

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
        if self._who_wanted or self._seats_wanted > self.seats:
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
            return
        self.seats, self._who_wanted = seats, False
        for socket, subscription in list(self.subscriptions.items()):
            place = places.get(socket.person_id)
            if place is None:
                self.drop(socket)
                socket.push_left(self.group_id)
            else:
                if subscription.place.hears_days and not place.hears_days:  # what is drawn there has to go
                    socket.push_event(protocol.Stale(group=str(self.group_id), version=self.cursor))
                subscription.place = place
                socket.push_event(protocol.Members(group=str(self.group_id), seats=self.seats))
        await self.look_around()

    def drop(self, socket: "Socket") -> None:
        self.subscriptions.pop(socket, None)

    def hear_around(self, told: dict[str, int]) -> None:
        """Take in who is around, and tell it where it changed."""
        if self.around.hear(told):
            self._tell_around(self.subscriptions)

    async def look_around(self) -> None:
        """Ask the leases who is around, and tell it where it changed: hints may be lost, seats change."""
        if self.around.begin(await self.threads.run(partial(around_now, self.group_id))):
            self._tell_around(self.subscriptions)

    def lapse(self) -> None:
        """Tell who is left once a lease ran out."""
        before = self.around.members()
        if self.around.lapse() != before:
            self._tell_around(self.subscriptions)

    def show_around(self, socket: "Socket") -> None:
        """What was told here before this socket came."""
        if self.around.until:
            self._tell_around([socket])

    def _tell_around(self, sockets: Iterable["Socket"]) -> None:
        frame = protocol.PresenceNow(group=str(self.group_id), around=self.around.members())
        for socket in sockets:
            socket.push_event(frame, fleeting=True)

    def pass_on(self, hint: dict[str, Any]) -> None:
        """What a hint says beside versions: who writes, who is around, that somebody else may read here now."""
        if typing := hint.get("typing"):
            self.tell_typing(typing)
        if around := hint.get("around"):
            self.hear_around(around)
        if hint.get("reading"):
            self.tell_reading()

    def tell_reading(self) -> None:
        """Somebody may read here now who did not, or nobody any more."""
        frame = protocol.ReadingChanged(group=str(self.group_id))
        for socket in self.subscriptions:
            socket.push_event(frame, fleeting=True)

    def tell_typing(self, typing: dict[str, Any]) -> None:
        """Pass on that somebody writes, to everybody here but themselves."""
        frame = protocol.TypingNow(group=str(self.group_id), member=typing["member"], until=typing["until"])
        for subscription in self.subscriptions.values():
            if subscription.place.member_id != typing["member"]:
                subscription.socket.push_event(frame, fleeting=True)

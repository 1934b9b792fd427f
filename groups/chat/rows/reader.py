"""A Message of the wire as one person sees it: their own to the right, names, days, runs, what is new."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import Any, Self
from uuid import UUID

from community.foundation.times import clock_time, day_words
from groups.chat.rows.links import Piece, pieces
from groups.chat.rows.phrases import REACTIONS, clipped, count, say
from groups.membership.models import Membership

#: A Message of PROTOCOL.md, as ``serializers.shape`` makes it.
type Message = dict[str, Any]

#: A run of one person's messages stays together while no pause is longer.
TOGETHER = timedelta(minutes=5)
NAMES_SHOWN = 3
EARLIER_AFTER = 20  # rows shown after an earlier message that is looked up from its answer
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What a message answers, in a line."""

    href: str
    alias: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One kind of reaction under a message: who gave it, in words, without a number."""

    name: str
    icon: str
    label: str
    names: str
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One message as this person sees it. ``sample`` is the row the script clones: every part stands in it."""

    id: str
    position: int = 0
    created: str = ""
    author: str = ""
    role: str = ""
    kind: str = "text"
    own: bool = False
    alias: str = ""
    body: str = ""
    line: str = ""
    card: Mapping[str, str] | None = None
    note: str = ""
    note_why: str = ""
    waits: str = ""
    edited: bool = False
    reactions: tuple[Given, ...] = ()
    time: str = ""
    day: str = ""
    quote: Quote | None = None
    starts: bool = True
    unread: str = ""
    opened: bool = False
    sample: bool = False

    @property
    def hue(self) -> int:
        return _byte(self.author, 0) % 12

    @property
    def shape(self) -> int:
        return _byte(self.author, 1) % 3

    @property
    def pieces(self) -> list[Piece]:
        """What was written, with the addresses in it to be followed; under a card, what stands below its title."""
        under = self.body.removeprefix(self.card["title"]).removeprefix("\n") if self.card else self.body
        return pieces(under)

    @property
    def words(self) -> str:
        """The message in one short line: in a quote, above the composer."""
        return clipped(self.line or self.note or self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in the room, as its member list shows them."""

    id: str
    alias: str
    role: str
    own: bool
    around: bool = False

    @classmethod
    def of(cls, seat: Membership, me: UUID, *, around: bool = False) -> Self:
        own = seat.member_id == me
        return cls(id=str(seat.member_id), alias=seat.alias, role=seat.role, own=own, around=around)

    @property
    def hue(self) -> int:
        return _byte(self.id, 0) % 12

    @property
    def shape(self) -> int:
        return _byte(self.id, 1) % 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who looks: their member id here, zone, how everybody is called here (by member id), and whom they blocked.

    ``opens``: they chose to have content notes always open; what somebody they blocked wrote stays folded away.
    """

    me: str
    zone: tzinfo
    names: Mapping[str, str]
    collapsed: frozenset[str] = frozenset()
    opens: bool = False

    def rows(
        self, messages: Sequence[Message], *, quoted: Sequence[Message] = (), read: int | None = None
    ) -> list[Row]:
        """Rows in order, with day and unread dividers and runs of one person.

        ``quoted``: messages that are answered here and stand further back. ``read``: what others wrote above that
        position is new; None, nothing is.
        """
        found: list[Row] = []
        writers = _writers(messages)
        by_id = {message["id"]: message for message in [*quoted, *messages]}
        fresh = [one["id"] for one in messages if read is not None and one["position"] > read and not self._own(one)]
        last: tuple[Row, datetime] | None = None
        for message in messages:
            row, moment = self._row(message, by_id, writers), self._moment(message)
            same_day = last is not None and last[1].date() == moment.date()
            starts = last is None or not same_day or _breaks(last[0], row, moment - last[1])
            row = replace(row, starts=starts, day="" if same_day else row.day)
            if fresh and fresh[0] == row.id:
                row = replace(row, unread=count("new", len(fresh)), starts=True)
            found.append(row)
            last = row, moment
        return found

    def sample(self) -> Row:
        """A row with every part, for the script to clone."""
        given = [Given(name=name, icon=icon, label=str(label), names="", mine=False) for name, icon, label in REACTIONS]
        quote = Quote(href="#", alias="", text="")
        card = {"title": "", "color": "copper", "drawing": "seed"}
        return Row(id=str(NOBODY), edited=True, reactions=tuple(given), quote=quote, card=card, sample=True)

    def _row(self, message: Message, by_id: Mapping[str, Message], writers: Mapping[str, str]) -> Row:
        author, moment = message["author"] or {}, self._moment(message)
        member, alias = str(author.get("id", "")), self._alias(message)
        why = say("note_own") if self._own(message) else say("note_why", name=alias)
        return Row(
            id=str(message["id"]),
            position=message["position"],
            created=message["created"],
            author=member,
            role=author.get("role", ""),
            kind=message["kind"],
            own=self._own(message),
            alias=alias,
            body=message["body"] or "",
            line=self._line(message),
            card=None if member in self.collapsed else message.get("celebration"),
            note=self._note(message),
            note_why="" if member in self.collapsed else why,
            waits=say("held") if message["removed"] == "held" and message["body"] else "",
            edited=message["edited"] is not None,
            reactions=self._reactions(message["reactions"], writers),
            time=clock_time(moment),
            day=day_words(moment),
            quote=self._quote(message["reply_to"], by_id),
            opened=self.opens and member not in self.collapsed,
        )

    def _moment(self, message: Message) -> datetime:
        return datetime.fromisoformat(message["created"]).astimezone(self.zone)

    def _own(self, message: Message) -> bool:
        return str((message["author"] or {}).get("id", "")) == self.me

    def _alias(self, message: Message) -> str:
        author = message["author"] or {}
        return self.names.get(str(author.get("id", "")), author.get("alias", ""))

    def _line(self, message: Message) -> str:
        """The quiet line where a message was, or that nobody in particular said."""
        removed, body = message["removed"], message["body"] or ""
        if not removed:
            return body if message["kind"] == "system" else ""
        if removed == "held" and body:
            return ""
        if removed == "author":
            removed = "celebration" if message["kind"] == "celebration" else "own" if self._own(message) else removed
        return say(f"removed_{removed}", name=self._alias(message))

    def _note(self, message: Message) -> str:
        if str((message["author"] or {}).get("id", "")) in self.collapsed:
            return say("collapsed")
        return say("note", note=message["content_note"]) if message["content_note"] else ""

    def _quote(self, reply_to: Message | None, by_id: Mapping[str, Message]) -> Quote | None:
        if reply_to is None:
            return None
        quoted = by_id.get(reply_to["id"])
        if quoted is None:
            before = reply_to["position"] + EARLIER_AFTER
            return Quote(href=f"?before={before}#m-{reply_to['id']}", alias="", text=say("earlier"))
        line = self._line(quoted)  # says who, where somebody may know it
        words = line or self._note(quoted) or quoted["body"] or ""
        alias = "" if line else say("you") if self._own(quoted) else self._alias(quoted)
        return Quote(href=f"#m-{reply_to['id']}", alias=alias, text=clipped(words))

    def _reactions(self, reactions: Mapping[str, Sequence[str]], writers: Mapping[str, str]) -> tuple[Given, ...]:
        return tuple(
            Given(
                name=name,
                icon=icon,
                label=str(label),
                names=self._names(reactions[name], writers),
                mine=self.me in reactions[name],
            )
            for name, icon, label in REACTIONS
            if reactions.get(name)
        )

    def _names(self, members: Iterable[str], writers: Mapping[str, str]) -> str:
        """You first, then up to three names in all, then "and others"; never a number. Who has left is called as in

        what they wrote.
        """
        ordered = sorted(members, key=lambda member: member != self.me)
        shown = [
            say("you") if one == self.me else self.names.get(one) or writers.get(one, say("somebody"))
            for one in ordered[:NAMES_SHOWN]
        ]
        listed = ", ".join(shown)
        return say("and_others", names=listed) if len(ordered) > NAMES_SHOWN else listed


def _writers(messages: Iterable[Message]) -> dict[str, str]:
    """How those who wrote these were called then: who has left is still known by what they wrote."""
    authors = [message["author"] for message in messages if message["author"]]
    return {str(author["id"]): author["alias"] for author in authors}


def _breaks(before: Row, row: Row, pause: timedelta) -> bool:
    """Whether a run of one person's messages ends between two rows."""
    return bool(before.author != row.author or before.line or row.line or pause > TOGETHER)


def _byte(member: str, index: int) -> int:
    try:
        return int(member[2 * index : 2 * index + 2], 16)
    except ValueError:
        return 0

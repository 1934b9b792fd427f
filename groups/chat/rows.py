"""How a Message of the wire reads to one person on a page: the words around it, in their language and zone.

The script draws the same rows from the same phrases (``PHRASES`` stands in the page), so page and update cannot differ.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import Any, Self
from uuid import UUID

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.foundation import clock
from groups.membership.models import Membership

#: A run of one person's messages stays together while no pause is longer.
TOGETHER = timedelta(minutes=5)
NAMES_SHOWN = 3
QUOTE_POINTS = 140
EARLIER_AFTER = 20  # rows shown after an earlier message that is looked up from its answer
NOBODY = UUID(int=0)

#: The six of PROTOCOL.md, in the order they are offered: name, icon, words.
REACTIONS: tuple[tuple[str, str, Promise], ...] = (
    ("with_you", "heart-handshake", _("With you")),
    ("thank_you", "heart", _("Thank you")),
    ("strength", "mountain", _("Strength")),
    ("hope", "sprout", _("Hope")),
    ("me_too", "hand", _("Me too")),
    ("hug", "hug", _("Hug")),
)

PHRASES: dict[str, Promise | str] = {
    "you": _("You"),
    "somebody": _("Someone who was here"),
    "and_others": _("{names} and others"),
    "removed_author": _("{name} removed this message"),
    "removed_own": _("You removed this message"),
    "removed_moderator": _("A facilitator hid this message"),
    "removed_held": _("This place is waiting for a facilitator"),
    "note": _("Content note: {note}"),
    "note_why": _("{name} added this so you can choose."),
    "note_own": _("You added this so others can choose."),
    "collapsed": _("A message from someone you blocked"),
    "earlier": _("An earlier message"),
    "new_one": _("1 new since you were last here"),
    "new_other": _("{count} new since you were last here"),
    "today": _("Today"),
    "yesterday": _("Yesterday"),
    "day_year": _("{day}, {year}"),
    "held": _("Waiting for a facilitator. Others can't see it yet."),
    "sending": _("Sending"),
    "waiting": _("Not sent yet. We'll keep trying."),
    "refused": _("This could not be sent."),
    "below_one": _("1 new below"),
    "below_other": _("{count} new below"),
    "jump_new": _("Jump to new"),
    "jump_back": _("Back to where you were"),
    "heard_one": _("{name}: {words}"),
    "heard_line": "{words}",
    "heard_other": _("{count} new messages"),
    "offline": _("You're offline. You can keep writing."),
    "reconnecting": _("The connection was lost. We're trying again. You can keep writing."),
    "ended": _("You've been signed out. What you wrote is kept for when you sign in again."),
    "left": _("Your seat in this room has ended. What you wrote here and didn't send is still below."),
    "replying": _("Replying to {name}"),
    "editing": _("Editing your message"),
    "too_long_one": _("This is 1 character too long."),
    "too_long_other": _("This is {count} characters too long."),
    "try_again": _("That did not work just now. Please try again."),
    "typing_one": _("{name} is writing"),
    "typing_two": _("{name} and {other} are writing"),
    "typing_many": _("Several people are writing"),
}


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
    position: int
    version: int
    created: str
    author: str
    role: str
    kind: str
    removed: str
    key: str
    own: bool
    alias: str
    body: str
    line: str
    note: str
    note_why: str
    edited: bool
    reactions: tuple[Given, ...]
    time: str
    day: str
    quote: Quote | None = None
    starts: bool = True
    unread: str = ""
    sample: bool = False

    @property
    def hue(self) -> int:
        return _byte(self.author, 0) % 12

    @property
    def shape(self) -> int:
        return _byte(self.author, 1) % 3

    @property
    def waits(self) -> str:
        """Held words that this reader may see: their own, or in a room they keep."""
        return say("held") if self.removed == "held" and self.body else ""

    @property
    def note_title(self) -> str:
        return say("note", note=self.note)

    @property
    def words(self) -> str:
        """The message in one short line: in a quote, above the composer."""
        return clipped(self.note_title if self.note else self.body or self.line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in the room, as its member list shows them."""

    id: str
    alias: str
    role: str
    own: bool

    @classmethod
    def of(cls, seat: Membership, me: UUID) -> Self:
        return cls(id=str(seat.member_id), alias=seat.alias, role=seat.role, own=seat.member_id == me)

    @property
    def hue(self) -> int:
        return _byte(self.id, 0) % 12

    @property
    def shape(self) -> int:
        return _byte(self.id, 1) % 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who looks: their member id here, their zone, and how everybody is called here (aliases by member id)."""

    me: str
    zone: tzinfo
    names: Mapping[str, str]
    collapsed: frozenset[str] = frozenset()

    def rows(
        self, messages: Sequence[dict[str, Any]], *, quoted: Sequence[dict[str, Any]] = (), read: int | None = None
    ) -> list[Row]:
        """Rows in order, with day and unread dividers and runs of one person. Messages are Messages of the wire.

        ``quoted``: messages that are answered here and stand further back. ``read``: what others wrote above that
        position is new; None, nothing is.
        """
        found: list[Row] = []
        by_id = {message["id"]: message for message in [*quoted, *messages]}
        fresh = [
            message
            for message in messages
            if read is not None and message["position"] > read and not self._own(message)
        ]
        last: tuple[Row, datetime] | None = None
        for message in messages:
            row, moment = self._row(message, by_id), self._moment(message)
            same_day = last is not None and last[1].date() == moment.date()
            starts = last is None or not same_day or _breaks(last[0], row, moment - last[1])
            row = replace(row, starts=starts, day="" if same_day else row.day)
            if fresh and fresh[0]["id"] == row.id:
                row = replace(row, unread=count("new", len(fresh)), starts=True)
            found.append(row)
            last = row, moment
        return found

    def sample(self) -> Row:
        """A row with every part, for the script to clone."""
        given = tuple(
            Given(name=name, icon=icon, label=str(label), names="", mine=False)
            for name, icon, label in REACTIONS
        )
        return Row(
            id=str(NOBODY), position=0, version=0, created="", author="", role="", kind="text", removed="", key="", own=False,
            alias="", body="", line="", note="", note_why="", edited=True, reactions=given, time="", day="",
            quote=Quote(href="#", alias="", text=""), sample=True,
        )  # fmt: skip

    def _own(self, message: dict[str, Any]) -> bool:
        return str((message["author"] or {}).get("id", "")) == self.me

    def _moment(self, message: dict[str, Any]) -> datetime:
        return datetime.fromisoformat(message["created"]).astimezone(self.zone)

    def _row(self, message: dict[str, Any], by_id: Mapping[str, dict[str, Any]]) -> Row:
        author, moment = message["author"] or {}, self._moment(message)
        member = str(author.get("id", ""))
        own = self._own(message)
        alias = self.names.get(member, author.get("alias", ""))
        hidden = member in self.collapsed
        note = message["content_note"] or ""
        return Row(
            id=str(message["id"]),
            position=message["position"],
            version=message["version"],
            created=message["created"],
            author=member,
            role=author.get("role", ""),
            kind=message["kind"],
            removed=message["removed"] or "",
            key=str(message["key"]) if own else "",
            own=own,
            alias=alias,
            body=message["body"] or "",
            line=self._line(message, alias, own=own),
            note=str(PHRASES["collapsed"]) if hidden else note,
            note_why="" if hidden else say("note_own") if own else say("note_why", name=alias),
            edited=message["edited"] is not None,
            reactions=self._reactions(message["reactions"]),
            time=clock_time(moment),
            day=day_words(moment),
            quote=self._quote(message["reply_to"], by_id),
        )

    def _line(self, message: dict[str, Any], alias: str, *, own: bool) -> str:
        if message["removed"]:
            if message["removed"] == "held" and message["body"]:
                return ""
            mine = own and message["removed"] == "author"
            return say("removed_own" if mine else f"removed_{message['removed']}", name=alias)
        return message["body"] or "" if message["kind"] == "system" else ""

    def _quote(self, reply_to: dict[str, Any] | None, by_id: Mapping[str, dict[str, Any]]) -> Quote | None:
        if reply_to is None:
            return None
        quoted = by_id.get(reply_to["id"])
        if quoted is None:
            before = reply_to["position"] + EARLIER_AFTER
            return Quote(href=f"?before={before}#m-{reply_to['id']}", alias="", text=say("earlier"))
        author = quoted["author"] or {}
        alias = self.names.get(str(author.get("id", "")), author.get("alias", ""))
        own = self._own(quoted)
        note = quoted["content_note"]
        text = self._line(quoted, alias, own=own) or (say("note", note=note) if note else clipped(quoted["body"] or ""))
        return Quote(href=f"#m-{reply_to['id']}", alias=say("you") if own else alias, text=text)

    def _reactions(self, reactions: Mapping[str, Sequence[str]]) -> tuple[Given, ...]:
        return tuple(
            Given(
                name=name,
                icon=icon,
                label=str(label),
                names=self._names(reactions[name]),
                mine=self.me in reactions[name],
            )
            for name, icon, label in REACTIONS
            if reactions.get(name)
        )

    def _names(self, members: Iterable[str]) -> str:
        """You first, then up to three names in all, then "and others"; never a number."""
        ordered = sorted(members, key=lambda member: member != self.me)
        shown = [
            say("you") if one == self.me else self.names.get(one) or say("somebody") for one in ordered[:NAMES_SHOWN]
        ]
        listed = ", ".join(shown)
        return say("and_others", names=listed) if len(ordered) > NAMES_SHOWN else listed


def say(phrase: str, **values: object) -> str:
    return str(PHRASES[phrase]).format(**values)


def count(phrase: str, number: int) -> str:
    return say(f"{phrase}_{'one' if number == 1 else 'other'}", count=number)


def clipped(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= QUOTE_POINTS else f"{line[: QUOTE_POINTS - 1]}…"


def clock_time(moment: datetime) -> str:
    """ "6pm", "7:30pm": as people say it."""
    hour, half = moment.hour % 12 or 12, "am" if moment.hour < 12 else "pm"
    return f"{hour}:{moment.minute:02}{half}" if moment.minute else f"{hour}{half}"


def day_words(moment: datetime) -> str:
    """ "Today", "Yesterday", "Tuesday, November 17", and the year where it is another."""
    today = clock.now().astimezone(moment.tzinfo).date()
    if moment.date() >= today:
        return say("today")
    if moment.date() == today - timedelta(days=1):
        return say("yesterday")
    form = pgettext_lazy("day heading, Django date format", "l, F j")
    day = formats.date_format(moment, str(form))
    return day if moment.year == today.year else say("day_year", day=day, year=moment.year)


def _breaks(before: Row, row: Row, pause: timedelta) -> bool:
    """Whether a run of one person's messages ends between two rows."""
    return bool(before.author != row.author or before.line or row.line or pause > TOGETHER)


def _byte(member: str, index: int) -> int:
    try:
        return int(member[2 * index : 2 * index + 2], 16)
    except ValueError:
        return 0

"""Every frame in and out, typed and frozen; docs/asyncapi.json is generated from here.

What a frame may hold is said once, by its dataclass: names, JSON types, what may be left out. A frame that does not
fit is *malformed*; one that fits and cannot be granted is a *refusal*. The shapes inside come from their room.
"""

import json
from dataclasses import MISSING, asdict, dataclass, fields
from typing import Any, ClassVar, get_args, get_origin, get_type_hints

from django.conf import settings

from community.foundation import inputs
from community.foundation.errors import Malformed, TooLarge

PROTOCOL = 1
HEARTBEAT = 25  # seconds
NAMED_MOST = 500  # groups one frame may name
ID_MOST = 200  # characters of an id, as JSON

CLOSE_PROTOCOL, CLOSE_SIGNED_OUT, CLOSE_NOT_READING = 4400, 4401, 4408
CLOSE_RESTART, CLOSE_TOO_LARGE, CLOSE_TOO_FAST = 4412, 4413, 4429


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A frame from a person. ``id`` may be any JSON value and comes back as ``re``."""

    do: ClassVar[str]
    scope: ClassVar[str] = "chat:write"
    id: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sync(Command):
    """Send me what changed after these versions."""

    do: ClassVar[str] = "sync"
    scope: ClassVar[str] = "chat:read"
    since: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Post(Command):
    """Post words; answered once they are committed."""

    do: ClassVar[str] = "post"
    group: str
    key: str
    body: str
    reply_to: str | None = None
    content_note: str | None = None
    care_seen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit(Command):
    """Change my own words within 15 minutes."""

    do: ClassVar[str] = "edit"
    group: str
    message: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove(Command):
    """Take my words back, or hide somebody's where I keep the room."""

    do: ClassVar[str] = "remove"
    group: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class React(Command):
    """Stand by somebody's words."""

    do: ClassVar[str] = "react"
    group: str
    message: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreact(Command):
    """Take a reaction back."""

    do: ClassVar[str] = "unreact"
    group: str
    message: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read(Command):
    """Up to where I have read."""

    do: ClassVar[str] = "read"
    group: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing(Command):
    """I am writing; told to others only if I chose so, never answered."""

    do: ClassVar[str] = "typing"
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen(Command):
    """What arrived; at least every 50 changes or 25 s, never answered."""

    do: ClassVar[str] = "seen"
    scope: ClassVar[str] = "chat:read"
    cursors: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ping(Command):
    """Are you there? Answered with ``pong``."""

    do: ClassVar[str] = "ping"
    scope: ClassVar[str] = "chat:read"


COMMANDS: dict[str, type[Command]] = {
    kind.do: kind for kind in (Sync, Post, Edit, Remove, React, Unreact, Read, Typing, Seen, Ping)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A frame to a person."""

    type: ClassVar[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello(Event):
    """The first frame: my groups, up to where each will be live, and the limits that hold here."""

    type: ClassVar[str] = "hello"
    protocol: int
    history: str
    groups: list[dict[str, Any]]
    collapsed: dict[str, list[str]]
    limits: dict[str, int]
    heartbeat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Event):
    """A message as it is now: an upsert by id, the higher ``version`` wins."""

    type: ClassVar[str] = "change"
    group: str
    version: int
    message: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Members(Event):
    """Who is here, names, roles or settings changed: reload the member list."""

    type: ClassVar[str] = "members"
    group: str
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale(Event):
    """Too far behind, or ahead: drop what is kept, load history by REST, go on from ``version``."""

    type: ClassVar[str] = "stale"
    group: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined(Event):
    """A seat was won."""

    type: ClassVar[str] = "joined"
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(Event):
    """A seat was lost; nothing of this group comes after."""

    type: ClassVar[str] = "left"
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TypingNow(Event):
    """Somebody who chose to show it is writing, until a time (RFC 3339)."""

    type: ClassVar[str] = "typing"
    group: str
    member: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceNow(Event):
    """Who is around now, by member id, of those who chose to show it; it replaces what was told before."""

    type: ClassVar[str] = "presence"
    group: str
    around: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(Event):
    """A word to this person, or one they have seen meanwhile: an upsert by id, the higher ``version`` wins."""

    type: ClassVar[str] = "notice"
    notice: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueChanged(Event):
    """Something in this person's queue is another; fleeting, may be lost: read the queue anew."""

    type: ClassVar[str] = "case"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardChanged(Event):
    """Something about mentors or matches that this person sees at the desk is another; fleeting, may be lost."""

    type: ClassVar[str] = "board"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchChanged(Event):
    """Something about whom this person walks with, or may, or how they stand as a mentor, is another; may be lost."""

    type: ClassVar[str] = "match"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingChanged(Event):
    """Who reads in a group may be another; fleeting, may be lost: ask GET /groups/{id}/reading."""

    type: ClassVar[str] = "reading"
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat(Event):
    """Each heartbeat: up to where this socket has been served."""

    type: ClassVar[str] = "beat"
    versions: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restart(Event):
    """This process is leaving: come back after so many seconds, jittered."""

    type: ClassVar[str] = "restart"
    after: float


EVENTS: tuple[type[Event], ...] = (
    Hello, Change, Members, Stale, Joined, Left, TypingNow, PresenceNow, Notice, QueueChanged, BoardChanged,
    MatchChanged, ReadingChanged, Beat, Restart,
)  # fmt: skip


class Unfit(Malformed):
    """A frame that does not fit; ``id`` is what could be read of it."""

    def __init__(self, frame_id: Any = None) -> None:
        self.frame_id = frame_id
        super().__init__()


def decode(text: str | None) -> Command:
    """Read one frame. Raises TooLarge over 64 KiB, Unfit (with the id, if it could be read) for what is malformed."""
    if text is None:
        raise Unfit
    try:
        size = len(text) if text.isascii() else len(text.encode())
    except UnicodeEncodeError as error:
        raise Unfit from error
    if size > settings.LIMITS["frame_bytes"]:
        raise TooLarge
    try:
        found = inputs.decode(text)
    except Malformed as error:
        raise Unfit from error
    frame_id, do = found.pop("id", None), found.pop("do", None)
    if not _may_come_back(frame_id):
        raise Unfit
    kind = COMMANDS.get(do) if isinstance(do, str) else None
    if kind is None or not _fits(kind, found):
        raise Unfit(frame_id)
    return kind(id=frame_id, **found)


def _may_come_back(frame_id: Any) -> bool:
    """Whether an id can be sent back as ``re``: short, and nothing in it that no text may hold."""
    said = encode(frame_id)
    return len(said) <= ID_MOST and not inputs.CONTROLS.search(said)


def _fits(kind: type[Command], found: dict[str, Any]) -> bool:
    hints = get_type_hints(kind)
    known = {field.name: field for field in fields(kind) if field.name != "id"}
    if any(name not in known for name in found):
        return False
    needed = [name for name, field in known.items() if field.default is MISSING]
    return all(name in found for name in needed) and all(_is(value, hints[name]) for name, value in found.items())


def _is(value: Any, hint: Any) -> bool:
    """Whether a JSON value has the type a field says; true is not a number."""
    if get_origin(hint) is dict:
        return (
            isinstance(value, dict)
            and len(value) <= NAMED_MOST
            and all(isinstance(name, str) and _is(item, int) and item >= 0 for name, item in value.items())
        )
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if hint is bool:
        return isinstance(value, bool)
    if hint is str:
        return isinstance(value, str)
    return any(_is(value, part) if part is not type(None) else value is None for part in get_args(hint))


def encode(frame: Any) -> str:
    """A frame as text, without spare spaces."""
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"))


def event(frame: Event) -> str:
    return encode({"type": frame.type, **asdict(frame)})


def change(message: dict[str, Any]) -> str:
    """A change frame around a shaped message; encoded once for all who are told the same."""
    return encode({"type": "change", "group": message["group"], "version": message["version"], "message": message})


def granted(frame_id: Any, **more: Any) -> str:
    return encode({"re": frame_id, "ok": True, **more})


def refused(frame_id: Any, problem: dict[str, Any]) -> str:
    return encode({"re": frame_id, "ok": False, "error": problem})

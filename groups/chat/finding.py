"""Finding words in one's own rooms: only what the person's seats show, as they see it, the newest first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self, override
from uuid import UUID

from django.utils.translation import gettext as _

from community.foundation import inputs
from community.foundation.errors import Busy
from community.people.models import Person
from groups.chat.models import Message
from groups.chat.querysets import MessageQuerySet
from groups.chat.reading import TRIES, as_seen
from groups.chat.search import question
from groups.membership.rules import Reach, reaches

QUESTION_MOST = 200
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A message and the shape its reader sees."""

    message: Message
    shaped: dict[str, Any]
    reached: Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What was found, the newest first; ``older`` and ``newer`` are where the next pages begin, if there are any."""

    found: list[Found]
    words: list[str]
    older: str | None = None
    newer: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins, between two messages: when the one before was written, and its id."""

    created: datetime
    id: UUID

    @classmethod
    def of(cls, message: Message) -> Self:
        return cls(message.created, message.pk)

    @classmethod
    def read(cls, words: str, *, at: str) -> Self:
        """Raises Invalid for anything but what :meth:`__str__` wrote."""
        since, _dot, name = words.partition("-")
        if not (since.isascii() and since.isdigit() and len(since) <= 16 and inputs.UUID_FORM.fullmatch(name)):
            inputs.refuse(at, "cursor", _("This page of the list is not there any more. Please begin again."))
        return cls(EPOCH + timedelta(microseconds=int(since)), UUID(name))

    @override
    def __str__(self) -> str:
        return f"{(self.created - EPOCH) // MICROSECOND}-{self.id}"


def find(person: Person, asked: Any, *, limit: int, before: Place | None = None, after: Place | None = None) -> Page:
    """What ``person`` may read that says ``asked``: words in any order, each the beginning of one that was written.

    In rooms whose seat ended, words that were edited later are found by neither wording. Raises Invalid, and Busy as
    :func:`reading.read_with` does.
    """
    words = question(inputs.text(asked, at="/q", most=QUESTION_MOST))
    if not words:
        return Page(found=[], words=words)
    for _attempt in range(TRIES):
        rooms = {one.group.pk: one for one in reaches(person)}
        rows = Message.objects.shown_by(rooms.values()).saying(words).to_show().with_seats_counter()
        found, older, newer = _page(rows, limit, before, after)
        if all(row.seats_then == rooms[row.group_id].group.seats for row in found):  # type: ignore[attr-defined]  # annotated
            return Page(found=_as_seen(found, rooms), words=words, older=older, newer=newer)
    raise Busy


def _page(
    rows: MessageQuerySet, limit: int, before: Place | None, after: Place | None
) -> tuple[list[Message], str | None, str | None]:
    """One page and where its neighbors begin."""
    if after is not None:
        up = list(rows.written_after(after.created, after.id).order_by("created", "pk")[: limit + 1])
        found = up[:limit][::-1]
        return found, _end(found, -1, more=True), _end(found, 0, more=len(up) > limit)
    if before is not None:
        rows = rows.written_before(before.created, before.id)
    down = list(rows.order_by("-created", "-pk")[: limit + 1])
    found = down[:limit]
    return found, _end(found, -1, more=len(down) > limit), _end(found, 0, more=before is not None)


def _end(found: list[Message], which: int, *, more: bool) -> str | None:
    return str(Place.of(found[which])) if found and more else None


def _as_seen(found: Sequence[Message], rooms: dict[UUID, Reach]) -> list[Found]:
    by_room: dict[UUID, list[Message]] = defaultdict(list)
    for message in found:
        by_room[message.group_id].append(message)
    shapes = {
        message.pk: shaped
        for room, those in by_room.items()
        for message, shaped in zip(those, as_seen(those, rooms[room]), strict=True)
    }
    return [Found(message=one, shaped=shapes[one.pk], reached=rooms[one.group_id]) for one in found]

"""Which stretch of a conversation a page shows: its newest words, those before, after or around a place."""

from dataclasses import dataclass

from community.foundation.web import Request
from groups.chat.models import Message
from groups.chat.views.common import shown
from groups.membership.rules import Reach

PAGE, PAGE_MOST = 50, 200
READ_ABOVE_UNREAD = 2
AROUND = PAGE // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Messages in order, and whether there are older and newer ones. ``at``: the place that was asked for."""

    messages: list[Message]
    older: bool
    newer: bool = False
    at: int | None = None


def asked_for(request: Request, reached: Reach, *, unread: int) -> Stretch:
    """What the address asks for: ``at``, ``before`` or ``after`` a position; else all that is new, 50 to 200 of it."""
    asked = {
        name: place for name in ("at", "before", "after") if (place := _whole(request.GET.get(name, ""))) is not None
    }
    if "at" in asked:
        return _around(reached, asked["at"])
    if "after" in asked:
        return _after(reached, asked["after"])
    if "before" in asked:
        return _before(reached, asked["before"], PAGE)
    return _before(reached, None, min(PAGE_MOST, max(PAGE, unread + READ_ABOVE_UNREAD)))


def _before(reached: Reach, before: int | None, size: int) -> Stretch:
    rows = shown(reached) if before is None else shown(reached).filter(position__lt=before)
    found = list(rows.order_by("-position")[: size + 1])
    newer = before is not None and shown(reached).filter(position__gte=before).exists()
    return Stretch(messages=found[:size][::-1], older=len(found) > size, newer=newer)


def _after(reached: Reach, after: int) -> Stretch:
    found = list(shown(reached).filter(position__gt=after).order_by("position")[: PAGE + 1])
    older = shown(reached).filter(position__lte=after).exists()
    return Stretch(messages=found[:PAGE], older=older, newer=len(found) > PAGE)


def _around(reached: Reach, at: int) -> Stretch:
    below, above = _before(reached, at + 1, AROUND), _after(reached, at)
    return Stretch(
        messages=[*below.messages, *above.messages[:AROUND]],
        older=below.older,
        newer=len(above.messages) > AROUND,
        at=at,
    )


def _whole(words: str) -> int | None:
    return int(words) if words.isascii() and words.isdigit() and len(words) <= 18 else None

"""How rows become what one reader sees: all of it, or, once their seat ended, the room as they left it."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from groups.chat.models import Message, Removed, Wording
from groups.chat.querysets import MessageQuerySet
from groups.chat.serializers import moment, shape
from groups.membership.rules import Reach

STALE_ROWS = 500


def as_seen(rows: Sequence[Message], reached: Reach) -> list[dict[str, Any]]:
    """The shapes of ``rows`` for this reader; words changed after they left stay as they were when they left."""
    if reached.sees_until is None:
        return [shape(row) for row in rows]
    later = [row.pk for row in rows if row.edited and row.version > reached.sees_until]
    former: dict[Any, Wording] = {}
    kept = Wording.objects.filter(message__in=later, until__gt=reached.sees_until).order_by("-until") if later else ()
    for wording in kept:
        former[wording.message_id] = wording
    return [_as_left(row, former.get(row.pk), reached.sees_until) for row in rows]


def _as_left(row: Message, wording: Wording | None, until: int) -> dict[str, Any]:
    shaped = shape(row, until=until)
    if wording is not None and row.removed is None:
        before = row.wordings.filter(until__lte=until).order_by("-until").first()
        shaped["body"], shaped["content_note"] = wording.body, wording.content_note
        shaped["edited"] = moment(before.at) if before else None
    return shaped


def more_than_stale(rows: MessageQuerySet, behind: int) -> bool:
    """Whether more than 500 rows changed since; asked only where that is possible."""
    return behind > STALE_ROWS and rows[STALE_ROWS : STALE_ROWS + 1].exists()


def said_of(message: Message | None) -> dict[str, Any]:
    """The answer to a post: the message, and for held words why they wait and the author's own body."""
    assert message is not None  # noqa: S101 - an outcome without refusal has one
    shaped = shape(message)
    if message.removed == Removed.HELD:
        shaped["body"], shaped["content_note"] = message.body, message.content_note
        shaped["held"] = {
            "reason": "waiting",
            "text": _("This is waiting for a facilitator. You can see it, others can't yet."),
        }
    return shaped

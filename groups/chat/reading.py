"""How rows become what one reader sees: all of it, or, once their seat ended, the room as they left it."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.errors import Busy, Missing
from community.people.models import Person
from groups.chat.models import Message, Removed, Wording
from groups.chat.querysets import MessageQuerySet
from groups.chat.serializers import shape
from groups.membership.models import FormerName
from groups.membership.rules import Reach, reach

STALE_ROWS = 500
TRIES = 5


def read_with[R](person: Person, group_id: UUID, read: Callable[[Reach], tuple[list[Message], R]]) -> R:
    """What ``read`` makes of what this person reaches, once more if somebody's seat changed while it read.

    The rows (``with_seats_counter()``) say what the group's ``seats`` were in their own statement, so that nothing
    written after a seat ended is shown by a request that began before. Raises Missing, and Busy if it never settles.
    """
    for _attempt in range(TRIES):
        reached = reach(person, group_id)
        rows, answer = read(reached)
        if all(getattr(row, "seats_then", None) == reached.group.seats for row in rows):
            return answer
    raise Busy


def settled[R](person: Person, group_id: UUID, build: Callable[[Reach], R]) -> R:
    """What ``build`` makes of what this person reaches, once more if somebody's seat changed meanwhile.

    For pages, which ask many questions: if the seats are the same afterwards, nothing was read that was written after
    this person's own seat ended. Raises Missing, and Busy if it never settles.
    """
    for _attempt in range(TRIES):
        reached = reach(person, group_id)
        answer = build(reached)
        if reach(person, group_id).group.seats == reached.group.seats:
            return answer
    raise Busy


def to_change(person: Person, group_id: UUID, message_id: UUID) -> Message:
    """The message somebody wants to change, if they hold a seat that shows it. Raises Missing."""
    reached = reach(person, group_id)
    found = Message.objects.of(group_id).within(reached.spans).filter(pk=message_id).first()
    if found is None or reached.seat is None:
        raise Missing
    return found


def stands(person: Person, group_id: UUID, key: UUID) -> bool:
    """Whether this key's message stands already: sent again it counts no limit."""
    return Message.objects.of(group_id).filter(author=person, key=key).exists()


def as_seen(rows: Sequence[Message], reached: Reach) -> list[dict[str, Any]]:
    """The shapes of ``rows`` for this reader; for who left, words and names stay as they were when they left."""
    if reached.sees_until is None or reached.seats_until is None:
        return [shape(row) for row in rows]
    wordings: dict[UUID, list[Wording]] = defaultdict(list)
    later = [row.pk for row in rows if row.edited and row.version > reached.sees_until]
    for wording in Wording.objects.filter(message__in=later).order_by("until") if later else ():
        wordings[wording.message_id].append(wording)
    names: dict[UUID | None, FormerName] = {}
    those = FormerName.objects.filter(membership__in={row.seat_id for row in rows}, until__gt=reached.seats_until)
    for name in those.order_by("-until"):
        names[name.membership_id] = name
    return [_as_left(row, wordings[row.pk], names.get(row.seat_id), reached.sees_until) for row in rows]


def _as_left(row: Message, wordings: list[Wording], name: FormerName | None, until: int) -> dict[str, Any]:
    shaped = shape(row, until=until)
    if name is not None and shaped["author"]:
        shaped["author"] |= {"alias": name.alias, "role": name.role}
    if row.released is not None and row.released > until:  # it waited when they left, and waits for them for ever
        return (
            shaped
            | dict.fromkeys(("author", "body", "content_note", "edited"))
            | {
                "removed": Removed.HELD.value,
                "reactions": {},
            }
        )
    after = next((wording for wording in wordings if wording.until > until), None)
    if after is not None and row.removed is None:
        before = [wording.at for wording in wordings if wording.until <= until]
        shaped["body"], shaped["content_note"] = after.body, after.content_note
        shaped["edited"] = clock.moment(before[-1]) if before else None
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

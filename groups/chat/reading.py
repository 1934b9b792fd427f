"""How rows become what one reader sees: all of it, or, once their seat ended, the room as they left it."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.errors import Busy, Missing, Refusal
from community.foundation.registers import Leading
from community.people.models import Person
from community.safety.cards import Act
from community.safety.models import Sign
from community.safety.plans import Kind
from community.safety.reading import card_of
from community.safety.serializers import shape_card
from groups.chat.models import Kind as MessageKind
from groups.chat.models import Message, Removed, Wording
from groups.chat.querysets import MessageQuerySet
from groups.chat.rows.phrases import clipped, say
from groups.chat.serializers import shape, shape_for_keeper
from groups.membership.models import FormerName, Membership
from groups.membership.rules import Reach, reach

STALE_ROWS = 500
SITS = frozenset({Kind.USE, Kind.AFTER_BREAK})  # cards on which the room may be asked to sit with its author
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


def as_seen(rows: Sequence[Message], reached: Reach) -> list[dict[str, Any]]:
    """The shapes of ``rows`` for this reader; for who left, words and names stay as they were when they left.

    For who hears of no days, an answer to one is words that answer nothing: the way to it would tell that it is there.
    """
    shaped = _as_stands(rows, reached)
    return shaped if reached.hears_days else [_calm(one, row) for one, row in zip(shaped, rows, strict=True)]


def held_as_seen(row: Message, reached: Reach) -> dict[str, Any]:
    """A held message whole, for its author and for who keeps the room."""
    shaped = shape_for_keeper(row)
    return shaped if reached.hears_days else _calm(shaped, row)


def as_told(row: Message, person: Person) -> dict[str, Any]:
    """The shape of a message that somebody has just changed, for them; a question more only for an answer to a day."""
    shaped = shape(row)
    deaf = answers_a_day(row) and Membership.objects.of(person.pk).filter(group=row.group_id, hears_days=False).exists()
    return _calm(shaped, row) if deaf else shaped


def own_as_told(row: Message) -> dict[str, Any]:
    """The same of one's own message; asks nothing of a row that was read ``to_show()``, or of one just written."""
    shaped = shape(row)
    return shaped if row.seat is None or row.seat.hears_days else _calm(shaped, row)


def answers_a_day(row: Message) -> bool:
    """Whether it answers a message that tells of days; a question where the row was not read ``to_show()``."""
    if row.reply_to_id is None:
        return False
    known = getattr(row, "answers_days", None)
    return bool(Message.objects.filter(pk=row.reply_to_id, tells_days=True).exists() if known is None else known)


def _calm(shaped: dict[str, Any], row: Message) -> dict[str, Any]:
    """As who hears of no days reads it."""
    return shaped | {"reply_to": None} if answers_a_day(row) else shaped


def _as_stands(rows: Sequence[Message], reached: Reach) -> list[dict[str, Any]]:
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


def pins_of(reached: Reach) -> MessageQuerySet:
    """What is pinned in a room, of what this person's seat shows; nothing once their seat ended."""
    if reached.seat is None:
        return Message.objects.none()
    return Message.objects.of(reached.group.pk).within(reached.spans).pinned().to_show()


def pinned_in(person: Person, group_id: UUID) -> list[Leading]:
    """The same for the page about a room: who wrote it, their words in a line, and the way to where they stand."""
    found = list(pins_of(reach(person, group_id)))
    blocked = set(person.blocks.filter(blocked__in=[row.author_id for row in found]).values_list("blocked", flat=True))
    return [_pin(row, hidden=say("collapsed") if row.author_id in blocked else "") for row in found]


def _pin(row: Message, *, hidden: str) -> Leading:
    note = say("note", note=row.content_note) if row.content_note else ""
    return Leading(
        title=row.seat.alias if row.seat else "",
        says=clipped(hidden or note or row.body or ""),
        href=f"{reverse('room', args=[row.group_id])}?at={row.position}#m-{row.pk}",
        icon="pin",
    )


def earlier(reached: Reach, row: Message) -> list[Wording]:
    """What a message that stands said before it was changed, the latest first: for who keeps the room alone."""
    if reached.seat is None or not reached.seat.keeps or row.kind != MessageKind.TEXT or row.removed is not None:
        return []
    return list(row.wordings.order_by("-until"))


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


def care_of(sign: Sign, language: str | None = None) -> dict[str, Any]:
    """The private card for the author of words that may mean danger, in ``language`` or as the page speaks."""
    with override(language or get_language()):
        sits = []
        if sign.room is not None and sign.kind in SITS:
            href = reverse("room_sit", args=[sign.room, sign.pk])
            sits = [Act(label=_("Ask the room to sit with me"), href=href, post=True)]
        return shape_card(card_of(sign, further=sits))


def with_care(problem: Refusal, sign: Sign | None, language: str | None = None) -> Refusal:
    """A refusal that shows help all the same."""
    if sign is not None:
        problem.extra["care"] = care_of(sign, language)
    return problem


def said_of(message: Message | None) -> dict[str, Any]:
    """The answer to a post: the message, and for held words why they wait and the author's own body."""
    assert message is not None  # noqa: S101 - an outcome without refusal has one
    shaped = own_as_told(message)
    if message.removed == Removed.HELD:
        shaped["body"], shaped["content_note"] = message.body, message.content_note
        shaped["held"] = {
            "reason": "waiting",
            "text": _("This is waiting for a facilitator. You can see it, others can't yet."),
        }
    return shaped

"""What every page of a room needs: the message if it may be seen, who looks, the way back."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef
from django.http import HttpResponseRedirect
from django.urls import reverse

from community.foundation.errors import Missing
from community.foundation.web import Request
from community.safety.models import Sign
from groups.chat.models import Message, Removed
from groups.chat.querysets import MessageQuerySet
from groups.chat.reading import as_seen, held_as_seen, pins_of
from groups.chat.rows.reader import Reader
from groups.membership.models import Membership
from groups.membership.rules import Reach, reach


def message_at(request: Request, group_id: UUID, message_id: UUID) -> tuple[Reach, Message]:
    """A message that the person's seats show. Raises Missing."""
    reached = reach(request.user, group_id)
    found = shown(reached).filter(pk=message_id).first()
    if found is None:
        raise Missing
    return reached, found


def shown(reached: Reach) -> MessageQuerySet:
    return Message.objects.of(reached.group.pk).within(reached.spans).to_show()


def seen(request: Request, messages: list[Message], reached: Reach) -> list[dict[str, Any]]:
    """As this reader sees them; their own held words, and all held ones in a room they keep, stand to be read."""
    keeps = reached.seat is not None and reached.seat.keeps
    return [
        held_as_seen(message, reached)
        if message.removed == Removed.HELD and (keeps or message.author_id == request.user.pk)
        else shaped
        for message, shaped in zip(messages, as_seen(messages, reached), strict=True)
    ]


def beside(messages: list[Message], reached: Reach) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What is answered here but stands further back, and what is pinned, the last on top; one question."""
    rows = list(shown(reached).filter(pk__in=_far(messages)).and_pinned(pins_of(reached)))
    pairs = [(getattr(row, "pinned_at", None), row) for row in rows]  # a message that is both stands there twice
    pins = sorted(((at, row) for at, row in pairs if at), key=lambda pair: (pair[0], pair[1].position), reverse=True)
    shaped = as_seen([*(row for at, row in pairs if not at), *(row for _at, row in pins)], reached)
    return shaped[: len(rows) - len(pins)], shaped[len(rows) - len(pins) :]


def _far(messages: list[Message]) -> set[UUID]:
    near = {message.pk for message in messages}
    return {message.reply_to_id for message in messages if message.reply_to_id} - near


def quoted(messages: list[Message], reached: Reach) -> list[dict[str, Any]]:
    """What is answered here but stands further back."""
    far = _far(messages)
    return as_seen(list(shown(reached).filter(pk__in=far)), reached) if far else []


def seats_in(request: Request, reached: Reach) -> list[Membership]:
    """Who is here, for those who are: each with its person, and whether the reader blocked them."""
    if reached.seat is None:
        return []
    blocked = Exists(request.user.blocks.filter(blocked=OuterRef("person")))
    seats = reached.group.memberships.current().select_related("person").annotate(blocked=blocked)
    return list(seats.order_by("began", "pk"))


def reader(request: Request, reached: Reach, seats: list[Membership]) -> Reader:
    """Who looks, at a room where these ``seats`` (:func:`seats_in`) are held."""
    return Reader(
        me=str(reached.member_id),
        zone=ZoneInfo(request.user.zone),
        names={str(seat.member_id): seat.alias for seat in seats},
        collapsed=frozenset(str(seat.member_id) for seat in seats if getattr(seat, "blocked", False)),
        opens=request.user.notes_open,
    )


def back(message: Message, sign: Sign | None = None) -> HttpResponseRedirect:
    """To the message, where it stands; or to the card its words ask for."""
    room = reverse("room", args=[message.group_id])
    return HttpResponseRedirect(f"{room}?care={sign.pk}#care" if sign else f"{room}#m-{message.pk}")

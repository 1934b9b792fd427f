"""What others shared today in somebody's rooms, as Today shows it: a few cards, and none where it would not be calm."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from community.foundation import clock
from community.people.models import Person
from community.safety.models import Sign
from groups.celebrations.reading.shares import WITH_YOU
from groups.chat.cards import words_under
from groups.chat.models import Message
from groups.membership.models import Group, Membership
from groups.membership.rules import reach_of

CARDS_MOST = 3  # the week has all of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card of today as this reader sees it. ``mine``: they are with them already; ``writes``: they may be."""

    id: UUID
    group: Group
    chip: Mapping[str, str]
    title: str
    words: str
    own: bool
    mine: bool
    writes: bool


def shared_today(person: Person, seats: Iterable[Membership], since: datetime) -> list[Card]:
    """The cards that came to these rooms of ``person`` from ``since`` on, the newest first; in one question.

    A day that somebody shared with several of them stands once. None of a room in the days after somebody there has
    died, none of who is blocked; none at all for who keeps celebrations quiet, or while a card about danger in their
    own words is open.
    """
    now = clock.now()
    held = {seat.group_id: seat for seat in seats if seat.group.quiet_until is None or seat.group.quiet_until <= now}
    if person.celebrations_quiet or not held:
        return []
    shown = Message.objects.shown_by(map(reach_of, held.values())).celebrated_since(since)
    calm = shown.unless(Sign.objects.of(person.pk).unsettled()).exclude(author__in=person.blocks.values("blocked"))
    found: dict[tuple[UUID | None, str], Card] = {}
    for message in calm.to_show():
        card = _card(message, held[message.group_id], now)
        found.setdefault((message.author_id, card.chip["code"]), card)
    return list(found.values())[:CARDS_MOST]


def _card(message: Message, seat: Membership, now: datetime) -> Card:
    chip = message.card or {}
    own = message.author_id == seat.person_id
    return Card(
        id=message.pk,
        group=seat.group,
        chip=chip,
        title=chip["title"],
        words=words_under(message),
        own=own,
        mine=str(seat.member_id) in message.reactions.get(WITH_YOU, ()),
        writes=not own and seat.writes_at(now),
    )

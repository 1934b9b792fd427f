"""What others marked in somebody's rooms in seven days; and the newest of today, where it is calm to be met by it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db.models import Exists
from django.utils.translation import gettext as _

from community.foundation import clock
from community.people.models import Person
from community.safety.models import Sign
from groups.celebrations.models import Celebration
from groups.celebrations.reading.shares import WITH_YOU
from groups.chat.models import Message, Removed
from groups.chat.rows.reader import Reader, Row
from groups.chat.serializers import shape
from groups.membership.models import Group, Membership
from groups.membership.rules import reach_of

WEEK = timedelta(days=7)
WALL_MOST = 50
WISHES_MOST = 5  # of one person under one card: taken back four times, it is said no more


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheWall:
    """One card as this reader sees it: ``row`` is its message, ``line`` says who is with them and who was told."""

    row: Row
    group: Group
    line: str
    mine: bool
    writes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hero:
    """The newest card of today. ``wish``: what "Congratulate" says in the room, once for all by its ``key``.

    ``wished``: it stands there. ``celebration``: where its owner finds it, for them alone.
    """

    card: OnTheWall
    wish: str
    key: UUID
    wished: bool
    celebration: Celebration | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """``folded``: it is there, and is opened by who wants to see it."""

    hero: Hero | None
    wall: list[OnTheWall]
    folded: bool


def week_of(person: Person, seats: Iterable[Membership], since: datetime) -> Week:
    """The cards of the last seven days in these rooms of ``person``, the newest first, each once; in two questions.

    What was taken back is not there, and nothing of who is blocked. The newest of those that came from ``since`` on
    stands by itself, for one question more; unless they keep celebrations quiet, a card about danger in their own words
    is open, or somebody in a room of theirs has died: then nothing meets them, and all of it is folded.
    """
    now, held = clock.now(), {seat.group_id: seat for seat in seats}
    if not held:
        return Week(hero=None, wall=[], folded=False)
    shown = Message.objects.shown_by(map(reach_of, held.values())).celebrated_since(now - WEEK)
    theirs = shown.exclude(author__in=person.blocks.values("blocked")).to_show()
    found = list(theirs.annotate(troubled=Exists(Sign.objects.of(person.pk).unsettled()))[:WALL_MOST])
    mourns = any(seat.group.quiet_until is not None and seat.group.quiet_until > now for seat in held.values())
    folded = person.celebrations_quiet or mourns or any(one.troubled for one in found)  # type: ignore[attr-defined]  # annotated
    cards = _cards(found, held, person)
    first = next(iter(cards), None)
    if folded or first is None or found[0].created < since:
        return Week(hero=None, wall=cards, folded=folded)
    return Week(hero=_hero(first, held[first.group.pk]), wall=cards[1:], folded=False)


def _cards(found: Iterable[Message], held: dict[UUID, Membership], person: Person) -> list[OnTheWall]:
    """A day that somebody shared with several of these rooms stands once."""
    readers = _readers({one.group_id for one in found}, held, person)
    cards: dict[tuple[UUID, str, str], OnTheWall] = {}
    for message in found:
        (row,) = readers[message.group_id].rows([shape(message)])
        code = row.card["code"] if row.card else ""
        cards.setdefault((message.author_id or message.pk, code, row.day), _card(row, held[message.group_id]))
    return list(cards.values())


def _readers(groups: set[UUID], held: dict[UUID, Membership], person: Person) -> dict[UUID, Reader]:
    """How ``person`` reads in each of these rooms: everybody by the name they go by there today."""
    names: dict[UUID, dict[str, str]] = {one: {} for one in groups}
    rows = Membership.objects.current().filter(group__in=groups) if groups else Membership.objects.none()
    for group, member, alias in rows.values_list("group", "member_id", "alias"):
        names[group][str(member)] = alias
    zone = ZoneInfo(person.zone)
    return {one: Reader(me=str(held[one].member_id), zone=zone, names=names[one]) for one in groups}


def _card(row: Row, seat: Membership) -> OnTheWall:
    given = next((one for one in row.reactions if one.name == WITH_YOU), None)
    return OnTheWall(
        row=row,
        group=seat.group,
        line=" ".join(filter(None, (_beside(row, given.names) if given else "", _told(row)))),
        mine=given is not None and given.mine,
        writes=not row.own and seat.writes_at(clock.now()),
    )


def _beside(row: Row, names: str) -> str:
    if row.own:
        return _("They are with you: %(names)s.") % {"names": names}
    return _("With %(name)s: %(names)s.") % {"name": row.alias, "names": names}


def _told(row: Row) -> str:
    """Who sees it, as far as this reader may know: it may stand in other rooms, too."""
    if row.own:
        return _("You chose to share this with this room.")
    return _("%(name)s chose to share this with this room.") % {"name": row.alias}


def _hero(card: OnTheWall, seat: Membership) -> Hero:
    """One question more: whether the reader congratulated them; or, of their own, where they find it."""
    own, key, wished = None, UUID(card.row.id), False
    if card.row.own:
        own = Celebration.objects.of(seat.person_id).filter(places__message=UUID(card.row.id)).first()
    elif card.writes:
        key, wished = _wish_of(seat, UUID(card.row.id))
    wish = _("Congratulations, %(name)s.") % {"name": card.row.alias}
    return Hero(card=card, wish=wish, key=key, wished=wished, celebration=own)


def _wish_of(seat: Membership, card: UUID) -> tuple[UUID, bool]:
    """The key of their wish under this card, and whether it stands: one that was taken back leaves room for another."""
    keys = [uuid5(card, f"{seat.member_id} {number}") for number in range(WISHES_MOST)]
    said = Message.objects.of(seat.group_id).filter(author=seat.person_id, key__in=keys)
    removed: dict[UUID, str | None] = dict(said.values_list("key", "removed"))
    taken_back = {key for key, why in removed.items() if why == Removed.AUTHOR}
    wished = any(key not in taken_back for key in removed)
    return next((key for key in keys if key not in taken_back), keys[-1]), wished

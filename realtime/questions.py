"""What the running half asks the database: whole questions, for the threads; nothing here changes anything."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from community.integrations.models import Token
from community.people.models import Block, Person, Session
from groups.chat.models import Message
from groups.chat.reading import STALE_ROWS, answers_a_day, more_than_stale
from groups.chat.serializers import shape
from groups.membership.models import Group, Membership
from groups.membership.rules import Span, around_in, spans_of
from realtime import protocol

log = logging.getLogger(__name__)
PAGE = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One change, encoded once; ``calm``, where it answers a day: for who hears of none, as answering nothing."""

    version: int
    message_id: UUID
    position: int
    tells_days: bool
    key: str
    text: str
    calm: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Changes in version order; ``version`` is up to where they reach, ``seats`` the counter of the same statement."""

    entries: list[Entry]
    version: int
    full: bool
    seats: int | None


@dataclass(slots=True)
class Place:
    """One person's seat in one group, as this process knows it."""

    member_id: str
    spans: tuple[Span, ...]

    @property
    def hears_days(self) -> bool:
        return all(span.days for span in self.spans)

    def shows(self, entry: Entry) -> bool:
        return any(span.shows(entry.position, tells_days=entry.tells_days) for span in self.spans)

    def told(self, entry: Entry) -> str:
        """The change as this seat reads it."""
        return entry.text if entry.calm is None or self.hears_days else entry.calm


def entry_of(row: Message) -> Entry:
    shaped = shape(row)
    calm = protocol.change(shaped | {"reply_to": None}) if answers_a_day(row) else None
    return Entry(row.version, row.pk, row.position, row.tells_days, shaped["key"], protocol.change(shaped), calm)


def entries_of(rows: Iterable[Message]) -> Iterator[Entry]:
    """Each row by itself: one that cannot be told is left out, and its room goes on."""
    for row in rows:
        try:
            yield entry_of(row)
        except Exception:
            log.exception("a row cannot be told", extra={"message_id": str(row.pk)})


def read_page(group_id: UUID, after: int, spans: Iterable[Span] | None = None) -> Page:
    """One page of a group's log after a version: one statement, one more to know how far an empty page reaches."""
    reached = None if spans is None else Group.objects.filter(pk=group_id).values_list("version", flat=True).first()
    rows = Message.objects.of(group_id).changed_since(after).to_show().with_seats_counter()
    found = list((rows if spans is None else rows.within(spans))[:PAGE])
    last = found[-1].version if found else after
    full = len(found) == PAGE
    seats = getattr(found[-1], "seats_then", None) if found else None
    return Page(list(entries_of(found)), last if full else max(last, reached or 0), full, seats)


def places_in(group_id: UUID, people: Iterable[UUID]) -> tuple[int, dict[UUID, Place]]:
    """The group's ``seats``, read first, and the places of those of ``people`` who hold a seat there today.

    Who is suspended has none.
    """
    seats = Group.objects.filter(pk=group_id).values_list("seats", flat=True).first() or 0
    held: dict[UUID, list[Membership]] = {}
    for seat in Membership.objects.not_shut().filter(group_id=group_id, person_id__in=list(people)):
        held.setdefault(seat.person_id, []).append(seat)
    places = {
        person: Place(str(those[0].member_id), spans_of(those))
        for person, those in held.items()
        if any(seat.ended is None for seat in those)
    }
    return seats, places


def is_stale(group_id: UUID, since: int, version: int, spans: Iterable[Span]) -> bool:
    """Whether a client at ``since`` is better served by history: ahead of the group, or more than 500 rows behind."""
    if since > version:
        return True
    if version - since <= STALE_ROWS:
        return False
    return more_than_stale(Message.objects.of(group_id).within(spans).changed_since(since), version - since)


def held_by(person: UUID) -> list[tuple[Membership, Place]]:
    """The seats a person holds today, each with all they may read there; one question."""
    mine = list(Membership.objects.of(person).not_shut().select_related("group").order_by("group__created", "began"))
    spans: dict[UUID, list[Membership]] = {}
    for seat in mine:
        spans.setdefault(seat.group_id, []).append(seat)
    return [(seat, Place(str(seat.member_id), spans_of(spans[seat.group_id]))) for seat in mine if seat.ended is None]


def collapsed_for(person: UUID) -> dict[str, list[str]]:
    """Whom this person blocked, by group and member id."""
    shared = Membership.objects.current().filter(
        person__in=Block.objects.filter(blocker_id=person).values("blocked"),
        group__memberships__person=person,
        group__memberships__ended=None,
        group__memberships__person__suspended=False,
    )
    found: dict[str, list[str]] = {}
    for group_id, member_id in shared.values_list("group_id", "member_id"):
        found.setdefault(str(group_id), []).append(str(member_id))
    return found


def still_open(sessions: list[UUID], tokens: list[UUID], now: datetime) -> set[UUID]:
    """Which of these sessions and tokens are still good."""
    alive = set(Session.objects.live(now).filter(pk__in=sessions).values_list("pk", flat=True)) if sessions else set()
    if tokens:
        alive |= set(Token.objects.live(now).filter(pk__in=tokens).values_list("pk", flat=True))
    return alive


def chose_to_show_typing(person: UUID) -> bool:
    """Asked each time: whoever turns it off is believed at once."""
    return Person.objects.filter(pk=person, shows_typing=True).exists()


def chose_to_show_presence(people: list[UUID]) -> list[UUID]:
    """Those of ``people`` who chose to show that they are around."""
    return list(Person.objects.filter(pk__in=people, shows_presence=True).values_list("pk", flat=True))


def around_now(group_id: UUID) -> list[str]:
    """Who is around in a group, by member id, as the leases say."""
    seats = Membership.objects.current().filter(group_id=group_id, person__shows_presence=True)
    return [str(member) for member, here in around_in(seats.select_related("person")).items() if here]


def counters_of(people: list[UUID]) -> dict[UUID, dict[UUID, tuple[int, int]]]:
    """For each person the groups they hold a seat in today, with version and seats."""
    found: dict[UUID, dict[UUID, tuple[int, int]]] = {}
    rows = Membership.objects.current().not_shut().filter(person__in=people)
    for person, group, version, seats in rows.values_list("person_id", "group_id", "group__version", "group__seats"):
        found.setdefault(person, {})[group] = (version, seats)
    return found


def how_stale(group_id: UUID, since: int, place: Place) -> tuple[int, bool]:
    """The group's version, and whether a client at ``since`` must load history instead."""
    version = Group.objects.filter(pk=group_id).values_list("version", flat=True).first() or 0
    return version, is_stale(group_id, since, version, place.spans)

"""Who may do what with seats."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from community.foundation import leases
from community.foundation.errors import Missing, Suspended
from community.foundation.registers import Answer
from community.foundation.rules import rule
from community.people.models import Person
from community.people.rules import kept_from, look_alike, passes_for
from groups.membership.models import Group, Membership, Role
from groups.membership.querysets import KEEPERS, MembershipQuerySet


@rule
def has_a_seat(person: Person, group: Group | UUID) -> bool:
    """Whether ``person`` holds a seat in this group today; an id may be of none."""
    return Membership.objects.open_to(person.pk).filter(group=group).exists()


def muted_room(person_id: UUID, group_id: UUID) -> bool:
    """Whether this person muted this room for themselves; an id may be of none."""
    return Membership.objects.muting(person_id, group_id).exists()


@rule
def keeps_the_room(person: Person, group: Group) -> bool:
    return Membership.objects.open_to(person.pk).keepers().filter(group=group).exists()


@rule
def facilitates(person: Person, group: Group) -> bool:
    return Membership.objects.open_to(person.pk).filter(group=group, role=Role.FACILITATOR).exists()


AROUND = "around"  # the lease of somebody whose screen is open


may_seat = keeps_the_room
may_hold_the_room = keeps_the_room
may_restrict = keeps_the_room


def somebody_goes_by(cohort_id: UUID, alias: str, person: UUID | None) -> bool:
    """Whether a name reads like that of somebody who is in the cohort's room today, save ``person``'s own."""
    others = Membership.objects.current().filter(group__cohort=cohort_id).exclude(person=person)
    return name_taken(alias, others)


def name_taken(alias: str, others: MembershipQuerySet, *, keeps: bool = False) -> bool:
    """Whether a name reads like that of another seat; or, unless its owner ``keeps`` the room too, could be taken for

    the name of somebody who does: nobody is asked for help in their place.
    """
    names = others.values_list("alias", "role")
    return any(
        look_alike(alias, name) or (not keeps and role in KEEPERS and passes_for(alias, name)) for name, role in names
    )


def taken_for(seat: Membership, keepers: Iterable[Membership]) -> str:
    """Whose name, of those who keep the room, the name of this seat could be taken for; empty: nobody's."""
    if seat.keeps:
        return ""
    return next((one.alias for one in keepers if passes_for(seat.alias, one.alias)), "")


def shares_a_seat(viewer: Person, subject: Person, purpose: str) -> Answer:
    """A ground: people who hold seats in one group today see each other there."""
    shared = Membership.objects.open_to(viewer.pk).filter(
        group__memberships__person=subject.pk, group__memberships__ended=None
    )
    return Answer.OPEN if purpose in {"roster", "presence"} and shared.exists() else Answer.SILENT


def is_kept_from(person: Person, group: Group) -> bool:
    """Whether staff keep this person apart from somebody who has a seat there; a question more if from anybody."""
    kept = kept_from(person.pk)
    return bool(kept) and group.memberships.current().filter(person__in=kept).exists()


@dataclass(frozen=True, slots=True)
class Span:
    """Positions above ``after`` up to ``until``; None: still growing. ``days``: those that tell of days, too."""

    after: int
    until: int | None
    days: bool = True

    def shows(self, position: int, *, tells_days: bool) -> bool:
        inside = self.after < position and (self.until is None or position <= self.until)
        return inside and (self.days or not tells_days)


@dataclass(frozen=True, slots=True)
class Reach:
    """What one person may read in one group: the spans of all their seats, and the seat they hold today, if any.

    ``sees_until`` is the last change somebody sees whose seat ended, ``seats_until`` the last change of names: nothing
    created later reaches them.
    """

    group: Group
    spans: tuple[Span, ...]
    seat: Membership | None
    member_id: UUID
    sees_until: int | None
    seats_until: int | None

    @property
    def hears_days(self) -> bool:
        return all(span.days for span in self.spans)

    @property
    def version(self) -> int:
        """How far this person may follow the group's changes."""
        return self.group.version if self.sees_until is None else min(self.group.version, self.sees_until)

    def writes_at(self, moment: datetime) -> bool:
        return self.seat is not None and self.seat.writes_at(moment)


def spans_of(seats: list[Membership]) -> tuple[Span, ...]:
    return tuple(Span(after=seat.reads_from, until=seat.reads_until, days=seat.hears_days) for seat in seats)


def reach(person: Person, group_id: UUID) -> Reach:
    """What ``person`` may read in this group, in one query. Raises Missing: "not there" and "not yours" are one.

    Raises Suspended for a room of theirs while they are out of all.
    """
    rows = Membership.objects.of(person.pk).filter(group_id=group_id).select_related("group", "person")
    seats = list(rows.order_by("began"))
    found = _reach_of(seats)
    if found is None:
        raise Missing
    if seats[0].person.suspended:
        raise Suspended
    return found


def reaches(person: Person) -> list[Reach]:
    """What ``person`` may read in each of their groups, held today or kept readable, in one query."""
    seats: dict[UUID, list[Membership]] = {}
    for seat in Membership.objects.of(person.pk).not_shut().select_related("group").order_by("began"):
        seats.setdefault(seat.group_id, []).append(seat)
    return [found for those in seats.values() if (found := _reach_of(those)) is not None]


def reach_of(seat: Membership) -> Reach:
    """What a seat that is held today shows by itself; needs its group."""
    return Reach(
        group=seat.group,
        spans=spans_of([seat]),
        seat=seat,
        member_id=seat.member_id,
        sees_until=None,
        seats_until=None,
    )


def _reach_of(seats: list[Membership]) -> Reach | None:
    """What these seats of one person in one group show; None: nothing, there or not."""
    current = next((seat for seat in seats if seat.ended is None), None)
    if not seats:
        return None
    group = seats[0].group
    if current is None:
        if not group.readable_after or any(seat.taken for seat in seats):
            return None
        seats = [seat for seat in seats if not seat.closed]
        if not seats:
            return None
    return Reach(
        group=group,
        spans=spans_of(seats),
        seat=current,
        member_id=seats[0].member_id,
        sees_until=None if current else max(seat.sees_until or 0 for seat in seats),
        seats_until=None if current else max(seat.seats_until or 0 for seat in seats),
    )


def around_in(seats: Iterable[Membership]) -> dict[UUID, bool]:
    """Of those seats whose people chose to show it, by member id, whether they are around now; who is suspended is not.

    Needs ``select_related("person")``. Whoever turns it off is believed at once, whatever lease still stands.
    """
    chosen = [seat for seat in seats if seat.person.shows_presence and not seat.person.suspended]
    standing = leases.standing(what=AROUND, who=[str(seat.person_id) for seat in chosen])
    return {seat.member_id: str(seat.person_id) in standing for seat in chosen}


def name_again(person: Person, former: Membership | None) -> str:
    """The name somebody takes a seat under: the one they had in that room alone, else their own."""
    return former.alias if former is not None and former.named_here else person.alias


def seat_in(person: Person, group_id: UUID) -> Membership:
    """The seat ``person`` holds today, with its group. Raises Missing, and Suspended for who is out of all rooms."""
    seat = seat_held(person, group_id)
    if seat.person.suspended:
        raise Suspended
    return seat


def seat_held(person: Person, group_id: UUID) -> Membership:
    """The same, shut or not. Raises Missing."""
    rows = Membership.objects.current().of(person.pk).filter(group_id=group_id)
    seat = rows.select_related("group", "person").first()
    if seat is None:
        raise Missing
    return seat


def member_in(mine: Membership, member_id: UUID) -> Membership:
    """The seat held today in my group under this member id, with its person. Raises Missing."""
    found = mine.group.memberships.current().select_related("person").filter(member_id=member_id).first()
    if found is None:
        raise Missing
    return found


def may_take(mine: Membership, theirs: Membership) -> bool:
    """Whether who holds ``mine`` may take that other seat; a facilitator's is only a facilitator's to take."""
    return mine.keeps and mine.pk != theirs.pk and (theirs.role != Role.FACILITATOR or mine.role == Role.FACILITATOR)

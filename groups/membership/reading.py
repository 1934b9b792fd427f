"""What the frame around every page shows of somebody's groups."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from community.foundation import clock
from community.foundation.registers import Leading, about_pairs
from community.people.models import Person
from community.programs.reading import usual_week
from community.schedule.reading import Line, line_of, of_the_house
from groups.membership.models import Group, Kind, Membership
from groups.membership.querysets import MembershipQuerySet


def seats_of(person: UUID) -> MembershipQuerySet:
    """The seats somebody holds today with their groups and what is new there, in the order they are always shown."""
    return Membership.objects.open_to(person).select_related("group").with_unread().order_by("group__created", "pk")


def frame(request: HttpRequest) -> dict[str, Callable[[], list[dict[str, Any]]]]:
    """For templates: ``frame_groups``, my groups beside the page; asked for once, and only where a page shows it."""

    @cache
    def frame_groups() -> list[dict[str, Any]]:
        person = getattr(request, "user", None)
        if person is None or not person.is_authenticated:
            return []
        current = request.resolver_match.kwargs.get("group_id") if request.resolver_match else None
        return beside(seats_of(person.pk), current=current)

    return {"frame_groups": frame_groups}


def beside(seats: Iterable[Membership], *, current: UUID | None = None) -> list[dict[str, Any]]:
    """The groups of these seats as they stand beside a page; ``current`` is the one it shows."""
    return [
        {
            "id": seat.group.pk,
            "name": seat.group.name,
            "unread": 0 if seat.muted or seat.group.pk == current else max(0, seat.group.position - seat.read),
            "muted": seat.muted,
            "current": seat.group.pk == current,
            "hue": seat.group.hue,
            "shape": seat.group.shape,
        }
        for seat in seats
    ]


def rooms_of_both(pairs: Collection[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], list[str]]:
    """In which rooms, by their names, both of two people sit; one question for all pairs."""
    people = {one for two in pairs for one in two}
    seats = Membership.objects.current().filter(person__in=people).select_related("group")
    names: dict[UUID, dict[UUID, str]] = {}
    for seat in seats.order_by("group__created", "pk"):
        names.setdefault(seat.person_id, {})[seat.group_id] = seat.group.name
    shared = {two: names.get(two[0], {}).keys() & names.get(two[1], {}).keys() for two in pairs}
    return {
        two: [name for key, name in names[two[0]].items() if key in rooms] for two, rooms in shared.items() if rooms
    }


def line_in(group: Group, reader: Person) -> Line | None:
    """Who reads in this room right now, in the reader's words; None where the room says nothing of it.

    A room of two is read by nobody else, and a team's own room is no place to wait for somebody.
    """
    if group.kind in {Kind.PAIR, Kind.STAFF}:
        return None

    def known_as(person: Person) -> str:
        seat = group.memberships.current().of(person.pk).first()
        return seat.alias if seat else person.alias

    return line_of(group.program_id, reader, cohort=group.cohort_id, known_as=known_as)


def reads_now(person: Person | None) -> list[Leading]:
    """Who reads now in the rooms of ``person``, as each says it; one line where all say the same, or without a room."""
    seats = Membership.objects.none() if person is None else seats_of(person.pk)
    rooms = [seat.group for seat in seats.exclude(group__kind__in=[Kind.PAIR, Kind.STAFF])]
    lines = [(room.name, line) for room in rooms if person and (line := line_in(room, person))]
    if not lines:
        return [Leading(title="", says=of_the_house(person))]
    if len({line.says for _name, line in lines}) == 1:
        return [Leading(title="", says=lines[0][1].says)]
    return [Leading(title=name, says=line.says) for name, line in lines]


@dataclass(frozen=True, slots=True)
class Meets:
    """When a cohort meets: ``week`` in words, a line a time of day. ``elsewhere``: by another clock than its own."""

    week: tuple[str, ...]
    elsewhere: bool


def meets(group: Group, reader: Person) -> Meets | None:
    """When the cohort whose room it is meets, on the reader's clock; None for another room, and once it is over."""
    cohort = group.cohort
    if cohort is None or (cohort.ends is not None and cohort.ends < clock.today(cohort.zone)):
        return None
    return Meets(usual_week(cohort, reader.zone), elsewhere=reader.zone != cohort.zone)


def beside_pair(person: Person, group: Group) -> list[Leading]:
    """Where a room of two leads: what the two agreed, and whom to turn to; nothing for any other room."""
    if group.kind != Kind.PAIR:
        return []
    return [one for found in about_pairs for one in found(person, group.pk)]

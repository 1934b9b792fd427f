"""What the frame around every page shows of somebody's groups."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from community.foundation.registers import Leading, about_pairs
from community.people.models import Person
from groups.membership.models import Group, Kind, Membership
from groups.membership.querysets import MembershipQuerySet


def seats_of(person: UUID) -> MembershipQuerySet:
    """The seats somebody holds today with their groups and what is new there, in the order they are always shown."""
    return (
        Membership.objects.current().of(person).select_related("group").with_unread().order_by("group__created", "pk")
    )


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
            "unread": 0 if seat.group.pk == current else max(0, seat.group.position - seat.read),
            "current": seat.group.pk == current,
            "hue": seat.group.hue,
            "shape": seat.group.shape,
        }
        for seat in seats
    ]


def beside_pair(person: Person, group: Group) -> list[Leading]:
    """Where a room of two leads: what the two agreed, and whom to turn to; nothing for any other room."""
    if group.kind != Kind.PAIR:
        return []
    return [one for found in about_pairs for one in found(person, group.pk)]

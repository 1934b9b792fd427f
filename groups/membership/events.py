from dataclasses import dataclass
from uuid import UUID

from community.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated(Event):
    """A person has a seat here from now on."""

    group_id: UUID
    person_id: UUID
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseated(Event):
    """A person's seat here ended: nothing created later reaches them."""

    group_id: UUID
    person_id: UUID
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsChanged(Event):
    """Who is here is the same, but a name, a role, a restriction or the room's hold is another."""

    group_id: UUID
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesAlike(Event):
    """Since somebody keeps this room by this name, the name of somebody else there could be taken for it."""

    group_id: UUID

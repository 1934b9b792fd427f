from dataclasses import dataclass
from uuid import UUID

from community.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AlumniOffered(Event):
    """Somebody who finished a program may have a seat in its alumni room."""

    offer_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatFarewell(Event):
    """Somebody's time in a group ended, and they chose that the room is told."""

    group_id: UUID
    membership_id: UUID

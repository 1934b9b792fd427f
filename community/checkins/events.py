from dataclasses import dataclass
from uuid import UUID

from community.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedIn(Event):
    """Somebody said how a day is, or said it anew."""

    check_in_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInShared(Event):
    """Somebody let who leads their cohort read one of their days."""

    check_in_id: UUID
    person_id: UUID
    enrollment_id: UUID

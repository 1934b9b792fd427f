from dataclasses import dataclass
from uuid import UUID

from community.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven(Event):
    """A person agreed to something. What, stands in the record."""

    record_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRevoked(Event):
    """A person took an agreement back. Whatever stood on it ends in the same transaction."""

    record_id: UUID
    person_id: UUID

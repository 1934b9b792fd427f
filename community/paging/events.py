from dataclasses import dataclass
from uuid import UUID

from community.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged(Event):
    """Somebody was paged about something that needs a person, or it went on to somebody else."""

    case_id: UUID

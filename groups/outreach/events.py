from dataclasses import dataclass
from uuid import UUID

from community.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived(Event):
    """Somebody said hello in their room, or chose to look around; the room is told of a hello alone."""

    group_id: UUID
    person_id: UUID
    hello: bool

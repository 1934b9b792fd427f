from dataclasses import dataclass
from uuid import UUID

from community.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived(Event):
    """Somebody said hello in their room for the first time, or chose to look around: from now on people may be told."""

    group_id: UUID
    person_id: UUID
    hello: bool

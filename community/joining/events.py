from dataclasses import dataclass
from uuid import UUID

from community.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonJoined(Event):
    """Somebody came in by an invitation: they are here, and nobody is told so yet."""

    invitation_id: UUID
    person_id: UUID

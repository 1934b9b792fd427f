from dataclasses import dataclass
from uuid import UUID

from community.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRevoked(Event):
    """A token stopped working; sockets opened with it close."""

    token_id: UUID
    person_id: UUID

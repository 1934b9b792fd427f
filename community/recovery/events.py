from dataclasses import dataclass
from uuid import UUID

from community.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetUsed(Event):
    """A person chose a new password with a code of their recovery sheet; ``left`` codes still work."""

    person_id: UUID
    left: int

from dataclasses import dataclass
from uuid import UUID

from community.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencySheetOpened(Event):
    """Somebody who holds what cannot wait opened the sheet of whom it is about."""

    opening_id: UUID
    case_id: UUID

from dataclasses import dataclass
from uuid import UUID

from community.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened(Event):
    """Something needs a person from now on."""

    case_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseChanged(Event):
    """Somebody did something about it, or a clock did."""

    case_id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResolved(Event):
    """It is closed; who told us may hear so, later."""

    case_id: UUID

from dataclasses import dataclass
from uuid import UUID

from community.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyPlanChanged(Event):
    """Somebody wrote in their safety plan, or emptied a part of it."""

    plan_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyPlanShared(Event):
    """Somebody let one person read their safety plan."""

    plan_id: UUID
    person_id: UUID
    reader_id: UUID

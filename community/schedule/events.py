from dataclasses import dataclass
from uuid import UUID

from community.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterChanged(Event):
    """A shift was planned, moved or called off, or somebody has it, counts, or counts no more."""

    program_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyAsked(Event):
    """A test page is due to who has a shift."""

    duty_id: UUID
    person_id: UUID
    program_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyAnswered(Event):
    """They answered it; ``first``: they were not there before."""

    duty_id: UUID
    person_id: UUID
    program_id: UUID
    first: bool

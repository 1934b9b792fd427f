from dataclasses import dataclass
from uuid import UUID

from community.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryDateSet(Event):
    """Somebody began to count days, or said from when. Theirs alone."""

    run_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryDateCorrected(Event):
    """The same run, from another day; what was celebrated stays so."""

    run_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCountStarted(Event):
    """A run ended and another one began. Whoever holds something back for the old one lets it go, at once."""

    run_id: UUID
    ended_run_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCountUndone(Event):
    """It was a mistake: the run before goes on as if nothing had been; the other goes with this transaction."""

    run_id: UUID
    undone_run_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CountForgotten(Event):
    """Somebody counts this no more: its dates go with this transaction, and so does what shows them."""

    focus_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderChanged(Event):
    """Other days count in a program from now on. What was celebrated stays so, and what had passed stays passed."""

    program_id: UUID

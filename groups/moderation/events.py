from dataclasses import dataclass
from uuid import UUID

from community.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported(Event):
    """Somebody told us of words or of a member."""

    report_id: UUID
    case_id: UUID
    group_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided(Event):
    """Something follows for somebody from a case; they are told in that moment or a little later."""

    decision_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Appealed(Event):
    """Somebody asked that a decision about them is looked at again."""

    decision_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealContinued(Event):
    """Who asked, or somebody who looks at it again, wrote something more about it."""

    decision_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealDecided(Event):
    """Somebody else looked at it again."""

    decision_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed(Event):
    """Somebody would have something follow that a second person has to say yes to."""

    proposal_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalAnswered(Event):
    """It was said yes or no to, taken back, or its time was over."""

    proposal_id: UUID

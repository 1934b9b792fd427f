from dataclasses import dataclass
from uuid import UUID

from community.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OfMatch:
    """Whom a fact about two people is about."""

    match_id: UUID
    mentee_id: UUID
    guide_id: UUID
    program_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchProposed(OfMatch, Event):
    """Staff may look at a pair that breaks no rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchApproved(OfMatch, Event):
    """A mentee has a card to choose from, once staff can take it back no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyProposed(Event):
    """Staff may look at pairs that break no rule."""

    match_ids: tuple[UUID, ...]
    program_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyApproved(Event):
    """Mentees have cards to choose from, once staff can take them back no more."""

    match_ids: tuple[UUID, ...]
    program_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchOffered(OfMatch, Event):
    """A mentee chose, and the mentor is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchAccepted(OfMatch, Event):
    """Both said yes: they have a room from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchConfirmed(OfMatch, Event):
    """Both, each asked alone, said to keep going."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchPaused(OfMatch, Event):
    """They take a break; the place is held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchResumed(OfMatch, Event):
    """They are back from a break."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchEnded(OfMatch, Event):
    """Two who walked together do so no more: their room is there to be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchFellThrough(OfMatch, Event):
    """It came to nothing before both had said yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchChanged(OfMatch, Event):
    """The end they plan, or whether they would like to call, is another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverWished(OfMatch, Event):
    """A mentee would like somebody to stand in while nothing is heard of their mentor, who does not learn of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchAsked(Event):
    """Staff ask for a proposal for everybody who waits in a program."""

    batch_id: UUID
    program_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchMade(Event):
    """A proposal for everybody who waits in a program is worked out."""

    batch_id: UUID
    program_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsForOne(Event):
    """One of two, or who may be one, finds something new on their pages: a card, a question, what the other did."""

    match_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchCheckedIn(Event):
    """One of the two, asked alone, said how it goes; the other learns nothing of it."""

    match_id: UUID
    person_id: UUID

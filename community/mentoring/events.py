from dataclasses import dataclass
from uuid import UUID

from community.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OfMentor:
    """Whom a fact about a mentor is about."""

    mentor_id: UUID
    person_id: UUID
    program_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorApplied(OfMentor, Event):
    """Somebody would like to be a mentor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningBegun(OfMentor, Event):
    """Staff get to know somebody who applied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingBegun(OfMentor, Event):
    """Somebody who applied learns what a mentor does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorApproved(OfMentor, Event):
    """There is a new mentor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorPaused(OfMentor, Event):
    """A mentor takes a break: nobody new, and cover if they wish it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorResumed(OfMentor, Event):
    """A mentor is back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalFellDue(OfMentor, Event):
    """What staff approved is over: nobody new until it is renewed; who walks together goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorRenewed(OfMentor, Event):
    """Staff approved a mentor again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorRetired(OfMentor, Event):
    """Somebody is a mentor no more, or will not become one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorChanged(OfMentor, Event):
    """What a mentor said of themselves, or what staff confirmed of them, is another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotMineToCarry(OfMentor, Event):
    """A mentor hands something to who supervises them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfRequest:
    """Which request a fact is about."""

    request_id: UUID
    person_id: UUID
    program_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorRequested(OfRequest, Event):
    """Somebody hopes for a mentor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestChanged(OfRequest, Event):
    """They hope for something else now; their place in line stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestClosed(OfRequest, Event):
    """It waits no more: taken back, or their time in the program ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentoringPolicyChanged(Event):
    """A program asks something else of its mentors from now on."""

    program_id: UUID

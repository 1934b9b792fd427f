from dataclasses import dataclass
from uuid import UUID

from community.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortOpened(Event):
    """A program has a new cohort: it needs a room."""

    cohort_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortChanged(Event):
    """A cohort's name, dates, size, place or weekly times are others now."""

    cohort_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled(Event):
    """A person begins, or begins again, in a cohort."""

    enrollment_id: UUID
    person_id: UUID
    cohort_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseMoved(Event):
    """A person is in another step of care."""

    enrollment_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Graduated(Event):
    """A person finished the program. It is the end of the episode; EnrollmentEnded does not follow."""

    enrollment_id: UUID
    person_id: UUID
    cohort_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrollmentEnded(Event):
    """An episode ended in another way than by finishing. ``at_once``: safety needs the room closed to them now."""

    enrollment_id: UUID
    person_id: UUID
    cohort_id: UUID
    at_once: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FarewellChosen(Event):
    """A person said what the room may be told when their time there ends."""

    enrollment_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class WentAway(Event):
    """A person is away for a while: the seat waits, and nobody is told."""

    enrollment_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack(Event):
    """A person who was away is back."""

    enrollment_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBack(Event):
    """A person whose episode ended asks to come back."""

    enrollment_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AskingAnswered(Event):
    """Staff told a person who asks to come back that it is not now. A yes is Enrolled."""

    enrollment_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointed(Event):
    """Somebody has work to do for a program, or for all of them."""

    appointment_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentEnded(Event):
    """That work ended, or was handed on."""

    appointment_id: UUID
    person_id: UUID

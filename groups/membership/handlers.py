"""What seats do when something happened below."""

from community.people.events import PersonRenamed
from community.programs.events import Enrolled, EnrollmentEnded, Graduated
from groups.membership import services
from groups.membership.events import Seated


def on_renamed(event: PersonRenamed) -> None:
    services.rename(person_id=event.person_id)


def on_episode(event: Enrolled | Graduated | EnrollmentEnded) -> None:
    services.settle_days(person_id=event.person_id, cohort_id=event.cohort_id)


def on_seats_of(event: Enrolled | Graduated | EnrollmentEnded | Seated) -> None:
    """A seat and a program that begin at one moment do not see each other: whichever is true last looks again."""
    services.settle_days(person_id=event.person_id)

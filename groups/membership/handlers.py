"""What seats do when something happened below."""

from community.notices import services as notices
from community.people.events import PersonRenamed
from community.programs.events import Enrolled, EnrollmentEnded, Graduated
from community.sanctions.events import PersonRestored, PersonSuspended
from groups.membership import services
from groups.membership.events import NamesAlike, Seated
from groups.membership.models import Membership

ALIKE = "names_alike"


def on_renamed(event: PersonRenamed) -> None:
    services.rename(person_id=event.person_id)


def on_doors(event: PersonSuspended | PersonRestored) -> None:
    services.note_doors(person_id=event.person_id)


def on_episode(event: Enrolled | Graduated | EnrollmentEnded) -> None:
    services.settle_days(person_id=event.person_id, cohort_id=event.cohort_id)


def on_seats_of(event: Enrolled | Graduated | EnrollmentEnded | Seated) -> None:
    """A seat and a program that begin at one moment do not see each other: whichever is true last looks again."""
    services.settle_days(person_id=event.person_id)


def on_names_alike(event: NamesAlike) -> None:
    """Whoever keeps the room finds on its page which names they are."""
    keeping = Membership.objects.current().keepers().filter(group=event.group_id).select_related("person")
    for seat in keeping.order_by("person_id"):
        notices.tell(person=seat.person, notice=ALIKE, about=event.group_id)

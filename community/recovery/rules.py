"""Who may let somebody back in."""

from uuid import UUID

from community.foundation import clock
from community.foundation.errors import Missing
from community.foundation.rules import rule
from community.people.models import Person
from community.programs.models import Appointment, Enrollment
from community.programs.rules import ranks_above


@rule
def may_renew(by: Person, person: Person) -> bool:
    """Leads or runs what the person is or was enrolled in, whose account is open; and holds more than they do, where

    they work here too.

    Otherwise whoever leads a group could let themselves in as somebody who may do more.
    """
    now = clock.now()
    if not Person.objects.open().filter(pk=person.pk).exists():
        return False
    works = Appointment.objects.of(person.pk).live(now).exists()
    known = works or Enrollment.objects.of_staff(by.pk, now).of(person.pk).exists()
    return known and ranks_above(by, person)


def renewable(by: Person, person_id: UUID) -> Person:
    """The person, for who may let them back in. Raises Missing."""
    found = Person.objects.filter(pk=person_id).first()
    if found is None or not may_renew(by, found):
        raise Missing
    return found

"""Who may say and confirm that somebody has died, and whose page that is."""

from uuid import UUID

from community.cases.rules import has_no_tie, leads_or_runs
from community.deaths.models import Death
from community.foundation import clock
from community.foundation.errors import Missing
from community.people.models import Person
from community.programs.models import Appointment

may_say = leads_or_runs & has_no_tie


def works_here(person: Person) -> bool:
    return Appointment.objects.of(person.pk).live(clock.now()).exists()


def death_of_staff(by: Person, death_id: UUID) -> Death:
    """One that stands or waits, of somebody this person leads or runs, and has no tie to. Raises Missing."""
    now = clock.now()
    found = Death.objects.current(now).of_staff(by.pk, now).to_show().filter(pk=death_id).first()
    if found is None or not may_say(by, found.person):
        raise Missing
    return found

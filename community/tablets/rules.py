"""Who may say that a device is the clinic's."""

from community.foundation import clock
from community.foundation.rules import rule
from community.people.models import Person
from community.programs.models import Program


@rule
def works_here(person: Person, _everything: None) -> bool:
    return Program.objects.of_staff(person.pk, clock.now()).exists()


may_set_up_tablets = works_here

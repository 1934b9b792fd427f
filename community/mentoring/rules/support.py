"""Whom a mentor turns to."""

from community.foundation import clock
from community.mentoring.models import Mentor
from community.mentoring.rules.asked import may_supervise
from community.people.models import Person
from community.programs.models import Appointment, StaffRole


def turned_to(mentor: Mentor) -> list[Person]:
    """Who supervises them; where nobody does who works here, who coordinates the program. In order of their ids."""
    named = mentor.supervisor
    if named is not None and may_supervise(named, mentor):
        return [named]
    held = Appointment.objects.live(clock.now()).filter(program=mentor.program_id, role=StaffRole.COORDINATOR)
    theirs = Person.objects.filter(pk__in=held.values("person")).exclude(pk=mentor.person_id)
    return list(theirs.order_by("pk"))

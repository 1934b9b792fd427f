"""Whom a mentor turns to."""

from uuid import UUID

from community.foundation import clock, ties
from community.mentoring.models import Mentor
from community.mentoring.rules.asked import may_supervise
from community.people.models import Person
from community.programs.models import Appointment, StaffRole


def turned_to(mentor: Mentor, mentee: UUID | None = None) -> list[Person]:
    """Who supervises them; where nobody does who works here, who coordinates the program. In order of their ids.

    Nobody who has a tie to them; nor, of a pair, to the ``mentee``.
    """
    tied = ties.own(mentor.person_id) | (ties.own(mentee) if mentee else frozenset())
    named = mentor.supervisor
    if named is not None and named.pk not in tied and may_supervise(named, mentor):
        return [named]
    held = Appointment.objects.live(clock.now()).filter(program=mentor.program_id, role=StaffRole.COORDINATOR)
    theirs = Person.objects.filter(pk__in=held.values("person")).exclude(pk__in={mentor.person_id, *tied})
    return list(theirs.order_by("pk"))

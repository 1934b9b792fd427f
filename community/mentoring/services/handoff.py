"""Nobody steps out of the door alone: before the last day a mentor is offered, once."""

from django.db import transaction

from community.foundation import clock
from community.mentoring.models import HandOff, MentorRequest
from community.mentoring.rules import may_ask
from community.notices import services as notices
from community.programs.models import Enrollment

OFFERED = "mentor_offered"


@transaction.atomic
def offer_before_the_end(*, enrollment: Enrollment) -> bool:
    """Ask somebody, once an episode, whether they would like a mentor; True when they were asked.

    Nobody who waits for one, has one, or may not ask is asked; whose mentor leaves before that day is asked then.
    """
    settled = MentorRequest.objects.settled(enrollment.program_id).of(enrollment.person_id)
    if settled.exists() or not may_ask(enrollment.person, enrollment.program):
        return False
    _row, fresh = HandOff.objects.get_or_create(enrollment=enrollment, defaults={"asked": clock.now()})
    if not fresh:
        return False
    notices.tell(person=enrollment.person, notice=OFFERED, about=enrollment.pk)
    return True

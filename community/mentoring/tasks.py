"""The worker's part: approvals whose time is over, and who is offered a mentor before their last day."""

from datetime import timedelta

from django.db.models import Exists, OuterRef

from community.foundation import clock
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor, MentorRequest
from community.programs.models import AgeBand, Enrollment

BEFORE_THE_END = timedelta(days=14)  # PRODUCT.md 3.7
MOST = 500  # at a time, so that other work is done too


def renewals_due() -> int:
    """Note what is over, an approval or the clearance it stands on, one transaction each; returns how many."""
    over = Mentor.objects.approval_over(clock.now()).order_by("approved_until", "pk")[:MOST]
    return sum(mentoring.fall_due(mentor=one) for one in over)


def handoffs_due() -> int:
    """Offer a mentor to who steps down within 14 days, one transaction each; returns how many were asked."""
    near = Enrollment.objects.stepping_down((clock.now() + BEFORE_THE_END).date()).filter(mentor_handoff=None)
    settled = MentorRequest.objects.settled(OuterRef("program")).filter(person=OuterRef("person"))
    near = near.filter(~Exists(settled)).exclude(program__age_band=AgeBand.MINORS)
    people = near.select_related("person", "program").order_by("cohort__ends", "pk")[:MOST]
    return sum(mentoring.offer_before_the_end(enrollment=one) for one in people)

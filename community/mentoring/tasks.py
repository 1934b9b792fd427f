"""The worker's part: approvals whose time is over."""

from community.foundation import clock
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor

MOST = 500  # at a time, so that other work is done too


def renewals_due() -> int:
    """Note what is over, one transaction each; returns how many."""
    over = Mentor.objects.approval_over(clock.now()).order_by("approved_until", "pk")[:MOST]
    return sum(mentoring.fall_due(mentor=one) for one in over)

"""What the worker does about suspensions, one transaction each; again, or twice at once, it is the same."""

from community.foundation import clock
from community.sanctions import services as sanctions
from community.sanctions.models import Suspension

MOST = 200  # at a time, so that other work is done too


def end_over() -> int:
    """End those whose time is over; returns how many."""
    over = Suspension.objects.over(clock.now()).order_by("until", "pk").values_list("decision", flat=True)
    return sum(sanctions.end(decision_id=decision) for decision in list(over[:MOST]))

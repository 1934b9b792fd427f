"""The worker's part: whether two people talk, and never what."""

from groups.pairs import services
from groups.pairs.models import PairRoom

MOST = 500  # at a time, so that other work is done too


def listen() -> int:
    """Look at the rooms of two in which something was written; returns how many signs of life were noted."""
    return sum(services.listen(room=room) for room in PairRoom.objects.unheard().order_by("pk")[:MOST])

"""What a person is shown of what they count, and who runs a program of its ladders."""

from community.milestones.reading.ladders import ladders_shown
from community.milestones.reading.own import Own, own_of
from community.milestones.reading.paths import coming, counts, totals

__all__ = ["Own", "coming", "counts", "ladders_shown", "own_of", "totals"]

"""What a person is shown of what they count, and who runs a program of its ladders."""

from community.milestones.reading.ladders import ladders_shown
from community.milestones.reading.paths import counts, paths_of, totals
from community.milestones.reading.tallies import tallies_of

__all__ = ["counts", "ladders_shown", "paths_of", "tallies_of", "totals"]

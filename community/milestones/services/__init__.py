"""What happens to counts and ladders. Import the room, say the verb: ``milestones.begin(...)``."""

from community.milestones.services.counts import (
    begin,
    begin_anew,
    change,
    correct,
    forget,
    undo_new_count,
)
from community.milestones.services.ladders import reset_ladder, set_ladder
from community.milestones.services.tallies import begin_tally, change_tally, count_times, forget_tally

__all__ = [
    "begin",
    "begin_anew",
    "begin_tally",
    "change",
    "change_tally",
    "correct",
    "count_times",
    "forget",
    "forget_tally",
    "reset_ladder",
    "set_ladder",
    "undo_new_count",
]

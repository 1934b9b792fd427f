"""What happens to counts and ladders. Import the room, say the verb: ``milestones.begin(...)``."""

from community.milestones.services.counts import (
    START_YEARS,
    WOULD_TALK,
    begin,
    begin_anew,
    change,
    correct,
    forget,
    undo_new_count,
)
from community.milestones.services.ladders import BEGINNINGS, reset_ladder, set_ladder

__all__ = [
    "BEGINNINGS",
    "START_YEARS",
    "WOULD_TALK",
    "begin",
    "begin_anew",
    "change",
    "correct",
    "forget",
    "reset_ladder",
    "set_ladder",
    "undo_new_count",
]

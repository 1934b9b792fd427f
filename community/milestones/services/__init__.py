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

__all__ = [
    "START_YEARS",
    "WOULD_TALK",
    "begin",
    "begin_anew",
    "change",
    "correct",
    "forget",
    "undo_new_count",
]

"""Asking, answering, sharing, taking back. A milestone is shared because its owner said so, once, and never otherwise.

Locks: the count's focus, its watch, then groups by id, then inboxes. A verb on a count holds the focus too, so a new
count that was begun a second ago is seen here, or waits until what was posted is posted.
"""

from groups.celebrations.services.answers import answer, decline, share, withdraw
from groups.celebrations.services.changes import (
    carry_name,
    forget,
    hush,
    leave_room,
    let_go,
    look_again,
    look_again_in,
    mend,
    settle_track,
    undo,
    watch,
)
from groups.celebrations.services.scan import beat, go_on, look, postpone

__all__ = [
    "answer",
    "beat",
    "carry_name",
    "decline",
    "forget",
    "go_on",
    "hush",
    "leave_room",
    "let_go",
    "look",
    "look_again",
    "look_again_in",
    "mend",
    "postpone",
    "settle_track",
    "share",
    "undo",
    "watch",
    "withdraw",
]

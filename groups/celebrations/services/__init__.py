"""Asking, answering, sharing, taking back. A milestone is shared because its owner said so, once, and never otherwise.

Locks: the count's focus, its watch, then groups by id, then inboxes. A verb on a count holds the focus too, so a new
count that was begun a second ago is seen here, or waits until what was posted is posted.
"""

from groups.celebrations.services.answers import Answered, answer, decline, heed, mark, share, try_on, withdraw
from groups.celebrations.services.asking import forget_put_by
from groups.celebrations.services.changes import (
    call_off,
    carry_name,
    end_with_life,
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
from groups.celebrations.services.finishing import look_at_finished, note_finished, postpone_finished
from groups.celebrations.services.scan import beat, go_on, look, postpone

__all__ = [
    "Answered",
    "answer",
    "beat",
    "call_off",
    "carry_name",
    "decline",
    "end_with_life",
    "forget",
    "forget_put_by",
    "go_on",
    "heed",
    "hush",
    "leave_room",
    "let_go",
    "look",
    "look_again",
    "look_again_in",
    "look_at_finished",
    "mark",
    "mend",
    "note_finished",
    "postpone",
    "postpone_finished",
    "settle_track",
    "share",
    "try_on",
    "undo",
    "watch",
    "withdraw",
]

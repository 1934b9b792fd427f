"""What can be done about something that needs a person. Each is one transaction."""

from community.cases.services.clocks import give_back, tell_others
from community.cases.services.keeping import hand_on, reopen, resolve, stay, take
from community.cases.services.opening import Telling, ease, open_case, says_safe
from community.cases.services.working import done, followed, note, opened, set_priority, talked, wait

__all__ = [
    "Telling",
    "done",
    "ease",
    "followed",
    "give_back",
    "hand_on",
    "note",
    "open_case",
    "opened",
    "reopen",
    "resolve",
    "says_safe",
    "set_priority",
    "stay",
    "take",
    "talked",
    "tell_others",
    "wait",
]

"""What happens to mentors and requests. Import the room, say the verb: ``mentoring.apply(...)``."""

from community.mentoring.services.applications import agree, apply, change
from community.mentoring.services.handoff import offer_before_the_end
from community.mentoring.services.line import back_in_line, matched, parted
from community.mentoring.services.policies import set_policy
from community.mentoring.services.requests import (
    ask,
    change_request,
    close_with_account,
    close_with_episode,
    mark,
    settle_consent,
    withdraw,
)
from community.mentoring.services.resting import pause, rest_in_care, rest_without_agreement, resume
from community.mentoring.services.steps import (
    BY_STAFF,
    approve,
    clear,
    fall_due,
    name_supervisor,
    renew,
    retire,
    screen,
    train,
)
from community.mentoring.services.support import not_mine, read_notes, write_note
from community.mentoring.services.upkeep import forget_words

__all__ = [
    "BY_STAFF",
    "agree",
    "apply",
    "approve",
    "ask",
    "back_in_line",
    "change",
    "change_request",
    "clear",
    "close_with_account",
    "close_with_episode",
    "fall_due",
    "forget_words",
    "mark",
    "matched",
    "name_supervisor",
    "not_mine",
    "offer_before_the_end",
    "parted",
    "pause",
    "read_notes",
    "renew",
    "rest_in_care",
    "rest_without_agreement",
    "resume",
    "retire",
    "screen",
    "set_policy",
    "settle_consent",
    "train",
    "withdraw",
    "write_note",
]

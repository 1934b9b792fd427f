"""What happens to two people who may walk together. Import the room, say the verb: ``matches.choose(...)``."""

from community.matches.services.asking import answer, ask_both, see_to
from community.matches.services.batches import ask_for_all, keep_all, suggest, take_over
from community.matches.services.beside import call, confirm, end, look_again, note_talk, pause, plan_end, resume
from community.matches.services.cards import approve, propose, propose_cover, reject, take_back
from community.matches.services.leaving import close_with_request, leave_with_mentor, rest_with_mentor
from community.matches.services.offers import accept, choose, decline, decline_all, expire, remind, show_cards, withdraw

__all__ = [
    "accept",
    "answer",
    "approve",
    "ask_both",
    "ask_for_all",
    "call",
    "choose",
    "close_with_request",
    "confirm",
    "decline",
    "decline_all",
    "end",
    "expire",
    "keep_all",
    "leave_with_mentor",
    "look_again",
    "note_talk",
    "pause",
    "plan_end",
    "propose",
    "propose_cover",
    "reject",
    "remind",
    "rest_with_mentor",
    "resume",
    "see_to",
    "show_cards",
    "suggest",
    "take_back",
    "take_over",
    "withdraw",
]

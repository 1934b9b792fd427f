"""What happens to two people who may walk together. Import the room, say the verb: ``matches.choose(...)``."""

from community.matches.services.arranging import aim, ask_goodbye, call, note_talk, plan_end
from community.matches.services.asking import answer, ask_both, see_to
from community.matches.services.batches import ask_for_all, give_out, keep_all, suggest, suggest_again, take_over
from community.matches.services.beside import confirm, end, look_again, pause, resume
from community.matches.services.cards import approve, propose, propose_cover, reject, take_back
from community.matches.services.days import end_days, end_shares_of, share_day, take_day_back
from community.matches.services.leaving import (
    close_with_request,
    end_with_death,
    fall_silent,
    leave_with_mentor,
    let_go,
    rest_with_mentor,
)
from community.matches.services.lifting import lift
from community.matches.services.looking import note_look, note_look_at_ended
from community.matches.services.offers import accept, choose, decline, decline_all, expire, remind, show_cards, withdraw
from community.matches.services.silent import back_with_mentor, note_silence, wish_cover
from community.matches.services.suspended import rest, wake
from community.matches.services.upkeep import forget_notes

__all__ = [
    "accept",
    "aim",
    "answer",
    "approve",
    "ask_both",
    "ask_for_all",
    "ask_goodbye",
    "back_with_mentor",
    "call",
    "choose",
    "close_with_request",
    "confirm",
    "decline",
    "decline_all",
    "end",
    "end_days",
    "end_shares_of",
    "end_with_death",
    "expire",
    "fall_silent",
    "forget_notes",
    "give_out",
    "keep_all",
    "leave_with_mentor",
    "let_go",
    "lift",
    "look_again",
    "note_look",
    "note_look_at_ended",
    "note_silence",
    "note_talk",
    "pause",
    "plan_end",
    "propose",
    "propose_cover",
    "reject",
    "remind",
    "rest",
    "rest_with_mentor",
    "resume",
    "see_to",
    "share_day",
    "show_cards",
    "suggest",
    "suggest_again",
    "take_back",
    "take_day_back",
    "take_over",
    "wake",
    "wish_cover",
    "withdraw",
]

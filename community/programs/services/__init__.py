"""What happens to programs, cohorts, episodes and staff. Import the room, say the verb: ``programs.enroll(...)``."""

from community.programs.services.cohorts import change_cohort, change_program, open_cohort, open_program, set_slots
from community.programs.services.episodes import (
    answer_not_now,
    ask_to_come_back,
    away,
    choose_farewell,
    come_back,
    enroll,
    graduate,
    move_phase,
    readmit,
    withdraw,
)
from community.programs.services.names import go_by, keep_card_name
from community.programs.services.staff import appoint, dismiss, expire
from community.programs.services.talk import WOULD_TALK, ask_to_talk

__all__ = [
    "WOULD_TALK",
    "answer_not_now",
    "appoint",
    "ask_to_come_back",
    "ask_to_talk",
    "away",
    "change_cohort",
    "change_program",
    "choose_farewell",
    "come_back",
    "dismiss",
    "enroll",
    "expire",
    "go_by",
    "graduate",
    "keep_card_name",
    "move_phase",
    "open_cohort",
    "open_program",
    "readmit",
    "set_slots",
    "withdraw",
]

"""What can be done about a roster. Each is one transaction."""

from community.schedule.services.clocks import ask, fall_silent, finish, rung
from community.schedule.services.covering import set_coverage
from community.schedule.services.planning import call_off, plan, plan_for, plan_weeks
from community.schedule.services.taking import answer, hand_back, leave, take

__all__ = [
    "answer",
    "ask",
    "call_off",
    "fall_silent",
    "finish",
    "hand_back",
    "leave",
    "plan",
    "plan_for",
    "plan_weeks",
    "rung",
    "set_coverage",
    "take",
]

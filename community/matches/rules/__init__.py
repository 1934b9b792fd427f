"""Who may do what about two people, and whose match is whose."""

from community.matches.rules.asked import (
    is_guide,
    is_mentee,
    is_one_of_two,
    may_coordinate,
    may_propose,
    may_resume,
    may_suggest,
)
from community.matches.rules.days import days_shared, may_share_days
from community.matches.rules.whose import came_to_nothing_for, checkin_of, checkin_of_staff, match_of, match_of_staff

__all__ = [
    "came_to_nothing_for",
    "checkin_of",
    "checkin_of_staff",
    "days_shared",
    "is_guide",
    "is_mentee",
    "is_one_of_two",
    "match_of",
    "match_of_staff",
    "may_coordinate",
    "may_propose",
    "may_resume",
    "may_share_days",
    "may_suggest",
]

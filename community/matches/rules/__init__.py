"""Who may do what about two people, and whose match is whose."""

from community.matches.rules.asked import (
    is_guide,
    is_mentee,
    is_one_of_two,
    may_coordinate,
    may_propose,
    may_resume,
)
from community.matches.rules.whose import checkin_of, checkin_of_staff, match_of, match_of_staff

__all__ = [
    "checkin_of",
    "checkin_of_staff",
    "is_guide",
    "is_mentee",
    "is_one_of_two",
    "match_of",
    "match_of_staff",
    "may_coordinate",
    "may_propose",
    "may_resume",
]

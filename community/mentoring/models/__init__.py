"""Who walks beside somebody, who hopes for that, and what a program says about it."""

from community.mentoring.models.handoff import HandOff
from community.mentoring.models.mentor import STATES, Mentor
from community.mentoring.models.note import NOTE_MOST, SupervisionNote
from community.mentoring.models.policy import MentoringPolicy, Word
from community.mentoring.models.request import HOPES_MOST, Closing, MentorRequest
from community.mentoring.models.said import (
    GENDER_WORDS,
    LANGUAGE_WORDS,
    PATHWAY_WORDS,
    STYLE_WORDS,
    WISH_WORDS,
    Said,
)

__all__ = [
    "GENDER_WORDS",
    "HOPES_MOST",
    "LANGUAGE_WORDS",
    "NOTE_MOST",
    "PATHWAY_WORDS",
    "STATES",
    "STYLE_WORDS",
    "WISH_WORDS",
    "Closing",
    "HandOff",
    "Mentor",
    "MentorRequest",
    "MentoringPolicy",
    "Said",
    "SupervisionNote",
    "Word",
]

"""Two people who may walk together, and how each of them, asked alone, says it goes."""

from community.matches.models.batch import Batch
from community.matches.models.checkin import FACES, KEEP_WORDS, TALKED_WORDS, MatchCheckIn, Step
from community.matches.models.match import NOTE_MOST, REASON_WORDS, STATES, Match

__all__ = [
    "FACES",
    "KEEP_WORDS",
    "NOTE_MOST",
    "REASON_WORDS",
    "STATES",
    "TALKED_WORDS",
    "Batch",
    "Match",
    "MatchCheckIn",
    "Step",
]

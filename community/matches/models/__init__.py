"""Two people who may walk together, how each of them, asked alone, says it goes, and the days one shares."""

from community.matches.models.batch import Batch
from community.matches.models.checkin import FACES, KEEP_WORDS, TALKED_WORDS, MatchCheckIn, Step
from community.matches.models.day import SharedDay
from community.matches.models.match import AIMS_MOST, NOTE_MOST, REASON_WORDS, STATES, Match
from community.matches.models.silence import Silence

__all__ = [
    "AIMS_MOST",
    "FACES",
    "KEEP_WORDS",
    "NOTE_MOST",
    "REASON_WORDS",
    "STATES",
    "TALKED_WORDS",
    "Batch",
    "Match",
    "MatchCheckIn",
    "SharedDay",
    "Silence",
    "Step",
]

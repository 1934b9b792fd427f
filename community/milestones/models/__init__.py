"""What people count, all of it theirs alone, and which days count in a program."""

from community.milestones.models.count import NAME_MOST, UNDO_FOR, Focus, Run
from community.milestones.models.ladder import KINDS, ProgramLadder, Rung
from community.milestones.models.tally import TALLY_MOST, Tally, TallyKind

__all__ = [
    "KINDS",
    "NAME_MOST",
    "TALLY_MOST",
    "UNDO_FOR",
    "Focus",
    "ProgramLadder",
    "Run",
    "Rung",
    "Tally",
    "TallyKind",
]

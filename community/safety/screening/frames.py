"""Which frames stand in a message, and what lowers them."""

from dataclasses import dataclass

from community.safety.screening import modifiers
from community.safety.screening.board import Board
from community.safety.screening.clauses import Clause
from community.safety.screening.packs import Pattern, patterns

ALERTS = frozenset(
    [
        "active_ideation",
        "active_intent",
        "recent_attempt",
        "method_seeking",
        "goodbye",
        "overdose_now",
        "withdrawal_danger",
        "third_party_now",
        "harm_to_others",
        "danger_from_other",
        "unprotected_person",
    ]
)
FIGURES = frozenset(
    {"active_ideation", "passive_ideation", "hopeless", "harm_to_others", "active_intent", "ed_distress"}
)
MEDICINES = frozenset({"recent_attempt", "overdose_now", "active_intent", "method_seeking"})
THIRD = frozenset({"third_party_now", "third_party_soft"})
PLACES = 4  # where a pattern stands, how often it is judged
CARES_FOR_PAST = frozenset({"danger_from_other", "unprotected_person", "harm_to_others"})


@dataclass(frozen=True, slots=True)
class Hit:
    frame: str
    category: str
    tier: str
    soft: bool = False  # a page only where the model agrees

    @property
    def pages(self) -> bool:
        """Whether it pages by itself."""
        return self.tier == "alert" and not self.soft


type Stood = list[tuple[Pattern, int]]


def stood(board: Board) -> Stood:
    """Each pattern that stands in the message, and where it ends."""
    found = ((pattern, board.ends(pattern)) for pattern in board.candidates(patterns()))
    return [(pattern, ends) for pattern, ends in found if ends]


def heard(board: Board, found: Stood) -> list[Hit]:
    """Each frame that is not lowered."""
    hits: list[Hit] = []
    halves: dict[str, set[str]] = {}
    for pattern, ends in found:
        tier = _tier(board, pattern, ends)
        if tier == "none":
            continue
        if pattern.cue:
            halves.setdefault(pattern.category, set()).add(pattern.cue)
        else:
            hits.append(Hit(pattern.frame, pattern.category, tier, pattern.soft and tier == "alert"))
    hits += [
        Hit("two_cues", category, "alert" if category in ALERTS else "concern")
        for category, cues in halves.items()
        if len(cues) > 1 and not modifiers.is_over(board, category)
    ]
    return hits


def _tier(board: Board, pattern: Pattern, ends: int) -> str:
    """The highest tier of the first places where the pattern stands, each judged by its own clause."""
    best = "none"
    for end in board.lowest(ends, most=PLACES):
        start = board.start(pattern, end)
        clause = modifiers.near(board.clause(start), start, end)
        if board.holds(pattern.unless, clause.bits):
            continue
        if not pattern.stands and modifiers.is_denied(board, clause, start, end):
            continue
        tier = _lowered(pattern.category, board, clause)
        if tier == "alert":
            return tier
        best = tier if best == "none" else best
    return best


def _lowered(category: str, board: Board, clause: Clause) -> str:
    lowered = (
        modifiers.is_quoted(board, clause)
        or modifiers.is_played(board, clause)
        or modifiers.is_long_past(board, clause)
        or (category not in CARES_FOR_PAST and modifiers.is_past(board, clause))
        or (category in MEDICINES and modifiers.is_medical(board, clause))
        or (category in FIGURES and modifiers.is_figure(board, clause))
        or (category in THIRD and modifiers.is_grief(board))
    )
    if lowered:
        return "none"
    if clause.asked and category in THIRD and board.has("seeking"):
        return "concern"
    return "alert" if category in ALERTS else "concern"

"""What lowers a frame: a denial, the past told from recovery, a quotation, a game, a figure of speech."""

from community.safety.screening.board import Board
from community.safety.screening.clauses import Clause
from community.safety.screening.packs import words_of

REACH = 6  # words a "no" may stand before what it denies
NEAR = 40  # words of its clause around a frame that are asked; a longer clause says nothing of its far end
SUBJECTS = frozenset(["i", "he", "she", "they", "we", "you", "yo"])
JOINTS = frozenset({"and", "y", "because", "porque", "so"})
PAST_VERBS = frozenset(
    [
        "wanted",
        "tried",
        "was",
        "were",
        "attempted",
        "thought",
        "felt",
        "had",
        "took",
        "woke",
        "almost",
        "overdosed",
        "cut",
        "did",
        "got",
        "used",
        "planned",
        "wished",
        "intente",
        "queria",
        "trate",
        "tome",
        "estaba",
        "era",
        "pense",
        "quise",
    ]
)


def is_denied(board: Board, clause: Clause, start: int, end: int) -> bool:
    """Whether a "no" reaches words ``start`` to ``end``: inside them, or before them within the clause."""
    words, denials = board.words, board.denials
    if denials & ((1 << end) - (1 << start)):
        return True
    for at in range(start, max(clause.start, start - REACH) - 1, -1):
        word = words[at]
        if at < start and (word in JOINTS or at + 1 in board.message.joints):
            return False
        if denials >> at & 1:
            return True
        if word in SUBJECTS and at > clause.start and words[at - 1] not in words_of("bridge"):
            return False
    return False


def near(clause: Clause, start: int, end: int) -> Clause:
    """The clause, or its part around words ``start`` to ``end``."""
    return Clause(max(clause.start, start - NEAR), min(clause.end, end + NEAR), clause.asked, clause.quoted)


def is_past(board: Board, clause: Clause) -> bool:
    """Told as over: a word of the past here, or recovery in the message, and nothing that says "again"."""
    bits = clause.bits
    if board.has("present", bits):
        return False
    return board.has("past", bits) or (
        board.has("recovery") and not board.has("recent", bits) and board.has_any(PAST_VERBS, bits)
    )


def is_long_past(board: Board, clause: Clause) -> bool:
    """Told with its year or its age, and nothing that says it came back."""
    return board.has("long_past", clause.bits) and not board.has("returned", clause.bits)


def is_quoted(board: Board, clause: Clause) -> bool:
    return clause.quoted or board.has("quoting", clause.bits)


def is_played(board: Board, clause: Clause) -> bool:
    return board.has("media") and (
        board.has("media", clause.bits) or not board.has_any(frozenset({"myself"}), clause.bits)
    )


def is_figure(board: Board, clause: Clause) -> bool:
    """A laugh or a small cause: it lowers plain wishes, never a plan, a means or a time."""
    return board.has("trivial", clause.bits) or board.has("laugh")


def is_grief(board: Board) -> bool:
    return board.has("grief")


def is_medical(board: Board, clause: Clause) -> bool:
    """Medicine as it is meant to be taken, with no word of danger beside it."""
    return board.has("medical", clause.bits) and not board.has("in_danger", clause.bits)


def is_over(board: Board, category: str) -> bool:
    """Whether two cues far apart are no sign: told of long ago, of a game, or of somebody who comes back."""
    return board.has("past") or board.has("media") or (category == "goodbye" and board.has("returning"))

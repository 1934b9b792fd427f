"""What the model sees of a message: words, their neighbors and pieces, what they are about, and the frames."""

from collections.abc import Iterator
from functools import cache, lru_cache

from community.safety.screening.board import Board
from community.safety.screening.frames import Hit, Stood
from community.safety.screening.packs import Choice, Pattern, either, pack

NEAR = 10  # words between two senses that are seen together
PIECE = 4  # letters
LISTS = (
    *("past", "media", "quoting", "laugh", "trivial", "recovery", "grief", "medical", "seeking", "returning"),
    *("recent", "present"),
)


@lru_cache(maxsize=4096)
def of_word(word: str) -> tuple[str, ...]:
    """The word and its pieces; a number is a number."""
    if word.isdigit():
        return ("#",)
    edged = f"<{word}>"
    pieces = (f"~{edged[at : at + PIECE]}" for at in range(len(edged) - PIECE + 1)) if len(word) > 3 else ()
    return (word, *pieces)


@lru_cache(maxsize=4096)
def senses_of(word: str) -> tuple[str, ...]:
    """What the word is about, by itself or by its stem."""
    found = list(_senses()[0].get(word, ()))
    for end in range(3, len(word) + 1):
        found += _senses()[1].get(word[:end], ())
    return tuple(dict.fromkeys(found))


@cache
def _senses() -> tuple[dict[str, list[str]], dict[str, list[str]], list[tuple[str, Choice]]]:
    """Senses by word and by stem, and each with its phrases."""
    words: dict[str, list[str]] = {}
    stems: dict[str, list[str]] = {}
    phrases = []
    for sense, said in pack("senses")["senses"].items():
        for one in said.split():
            if one.endswith("*"):
                stems.setdefault(one[:-1], []).append(sense)
            elif "_" not in one:
                words.setdefault(one, []).append(sense)
        phrases.append((sense, either(one for one in said.split() if "_" in one)))
    return words, stems, phrases


def meanings(board: Board) -> list[list[str]]:
    """The senses of each word."""
    found: list[list[str]] = [list(senses_of(word)) if word else [] for word in board.words]
    for sense, choice in _senses()[2]:
        for _, bits in board.starts(choice):
            for at in board.lowest(bits, most=len(found)):
                if sense not in found[at]:
                    found[at].append(sense)
    return found


def company(meant: list[list[str]]) -> Iterator[tuple[list[str], list[str]]]:
    """The senses of each word, and those that were said shortly before it."""
    last: dict[str, int] = {}  # the latest at its end
    for at, senses in enumerate(meant):
        near = []
        if senses:
            for other in reversed(last):
                if at - last[other] > NEAR:
                    break
                near.append(other)
            for sense in senses:
                last.pop(sense, None)
                last[sense] = at
        yield senses, near


def together(meant: list[list[str]]) -> list[list[str]]:
    """The senses of each word as features, each also with every sense in its company."""
    return [
        [f"={sense}" for sense in senses] + [pair(sense, other) for sense in senses for other in near]
        for senses, near in company(meant)
    ]


def pair(one: str, other: str) -> str:
    return f"={min(one, other)}+{max(one, other)}"


def is_echo(words: list[str], at: int) -> bool:
    """A word said again at once says no more than it did, however often."""
    return words[at] in words[max(0, at - 2) : at]


def beside(words: list[str], at: int) -> str:
    """A word with the next of its clause, if there is one."""
    return f"{words[at]} {words[at + 1]}" if at + 1 < len(words) and words[at + 1] else ""


def _is_lowered(pattern: Pattern, hits: list[Hit]) -> bool:
    return not pattern.cue and all(pattern.category != hit.category for hit in hits)


def of_all(board: Board, found: Stood, hits: list[Hit]) -> list[str]:
    """Of the whole message: categories of frames that count, of those that are lowered, and the packs' lists."""
    asked = ["?"] if any(clause.asked for clause in board.message.clauses) else []
    return [
        *asked,
        *dict.fromkeys(f"@{pattern.category}{pattern.cue}" for pattern, _ in found if not _is_lowered(pattern, hits)),
        *dict.fromkeys(f"!{pattern.category}" for pattern, _ in found if _is_lowered(pattern, hits)),
        *(f"%{name}" for name in LISTS if board.has(name)),
    ]

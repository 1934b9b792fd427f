"""What a message holds that is better not sent as it is: contact data, offers, numbers, a harsh word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import override

from community.safety.screening.board import Board
from community.safety.screening.clauses import cut
from community.safety.screening.labelled import HINTS, NEEDLES, RULES
from community.safety.screening.modifiers import is_denied
from community.safety.screening.normalizer import FOLD, KEPT, LIMIT, Reading, read
from community.safety.screening.packs import label_patterns

HELPLINES = frozenset(
    [
        "988",
        "911",
        "741741",
        "18002738255",
        "8002738255",
        "18006624357",
        "8006624357",
        "8009720590",
        "18007997233",
        "8007997233",
        "211",
        "18004224453",
        "8004224453",
    ]
)
NUMBERS_ED = frozenset({"eating_disorder", "teen"})
LINKED = frozenset({"link", "pii_handle"})  # said once where they are an invitation
AROUND = 80  # characters before and after a needle in which its form is searched
PLACES = 8  # how often one way to say something is told of


@dataclass(frozen=True, slots=True)
class Span:
    """Where the words stand in the text as it was sent (characters), so that they can be covered."""

    label: str
    start: int
    end: int

    def meets(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


def labels(text: str, *, track: str = "addiction") -> tuple[str, ...]:
    return names(spans(text, track=track))


def names(found: list[Span]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(span.label for span in found))


def spans(text: str, *, track: str = "addiction") -> list[Span]:
    """Everything found, in the order it stands; numbers count only where the track cares for them."""
    reading = read(text)
    return found(reading, Board(cut(reading.words)), track=track)


def found(reading: Reading, board: Board, *, track: str) -> list[Span]:
    """The same, of a message that was read and laid out before."""
    some = {*_signs(reading.text, track), *_words(reading, board)}
    invites = [span for span in some if span.label == "invite_link"]
    some -= {span for span in some if span.label in LINKED and any(span.meets(invite) for invite in invites)}
    return sorted(some, key=lambda span: (span.start, span.label))


def _words(reading: Reading, board: Board) -> Iterator[Span]:
    kept = board.message.kept
    for pattern in board.candidates(label_patterns()):
        for end in board.lowest(board.ends(pattern), most=PLACES):
            start = board.start(pattern, end)
            clause = board.clause(start)
            denied = not pattern.stands and is_denied(board, clause, start, end)
            if not denied and not board.holds(pattern.unless, clause.bits):
                yield Span(pattern.category, *reading.original(kept[start], kept[end - 1] + 1))


def _signs(text: str, track: str) -> Iterator[Span]:
    low = _flat(text[:LIMIT])
    edged = f" {low}"
    around = {
        needle: list(windows(low, form)) if any(hint in edged for hint in HINTS.get(needle, ("",))) else []
        for needle, form in needles().items()
    }
    for label, needle, form in _forms():
        if label == "numbers_ed" and track not in NUMBERS_ED:
            continue
        for start, end in around[needle]:
            for match in form.finditer(low, start, end):
                if not (label == "pii_phone" and _is_helpline(match[0])):
                    yield Span(label, *match.span())


def windows(low: str, needle: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The text around the needles, each part once."""
    start = end = -1
    for match in needle.finditer(low):
        if match.start() - AROUND > end:
            if end >= 0:
                yield start, end
            start = max(0, match.start() - AROUND)
        end = match.end() + AROUND
    if end >= 0:
        yield start, end


class _Flat(dict[int, str]):
    """A sign as one lower-case sign, so that places stay what they are."""

    @override
    def __missing__(self, code: int) -> str:  # type: ignore[misc]  # dict calls it without declaring it
        read_as = FOLD[code]
        flat = read_as if len(read_as) == 1 else chr(code)
        if len(self) < KEPT:
            self[code] = flat
        return flat


FLAT = _Flat()


def _flat(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(FLAT)


def _is_helpline(number: str) -> bool:
    return "".join(sign for sign in number if sign.isdigit()) in HELPLINES


@cache
def needles() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(form) for name, form in NEEDLES.items()}


@cache
def _forms() -> list[tuple[str, str, re.Pattern[str]]]:
    return [(label, needle, re.compile(form)) for label, forms in RULES.items() for needle, form in forms]

"""Finds patterns in a message by arithmetic: bit n of a number stands for word n.

A piece of a pattern is looked up once a message, and a pattern costs a few shifts, however the words repeat. Nothing
goes back, so no text is slow.
"""

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from community.safety.screening.clauses import BREAK, Clause, Cut
from community.safety.screening.packs import Choice, Pattern, index, listed


class Board:
    def __init__(self, message: Cut) -> None:
        self.message = message
        self.words = words = message.words
        at: dict[str, int] = {}
        bit = 1
        for word in words:
            at[word] = at.get(word, 0) | bit
            if word.isdigit():
                at["#"] = at.get("#", 0) | bit
            bit <<= 1
        self._passable = (bit - 1) & ~at.pop(BREAK, 0)
        self._at = at
        self.present = frozenset(at)
        self._found = self._placed()

    def _placed(self) -> dict[Choice, list[tuple[int, int]]]:
        """Where each choice of a pattern starts, found by going over the message's words once."""
        at, (by_word, by_first) = self._at, index()
        alone: dict[Choice, int] = {}
        for word, bits in at.items():
            for choice in by_word.get(word, ()):
                alone[choice] = alone.get(choice, 0) | bits
        found = {choice: [(1, bits)] for choice, bits in alone.items()}
        for word in at:
            for choice, phrase in by_first.get(word, ()):
                if bits := self._phrase(phrase):
                    found.setdefault(choice, []).append((len(phrase), bits))
        return found

    def _phrase(self, phrase: tuple[str, ...]) -> int:
        """Where its first word stands with the others after it."""
        at = self._at
        bits = at[phrase[0]]
        for place, word in enumerate(phrase[1:], 1):
            bits &= at.get(word, 0) >> place
            if not bits:
                break
        return bits

    def candidates(self, anchored: dict[str, tuple[Pattern, ...]]) -> Iterator[Pattern]:
        """Each pattern one of whose anchors is here, once, in the order of the packs' words."""
        seen: set[Pattern] = set()
        for word in self._at:
            for pattern in anchored.get(word, ()):
                if pattern not in seen:
                    seen.add(pattern)
                    yield pattern

    def starts(self, choice: Choice) -> list[tuple[int, int]]:
        """How long each of its words and phrases is, and where those of that length start; of a list or a sense."""
        found = self._found.get(choice)
        if found is None:
            found = [] if choice.firsts.isdisjoint(self.present) else self._search(choice)
            self._found[choice] = found
        return found

    def _search(self, choice: Choice) -> list[tuple[int, int]]:
        bits = 0
        for word in choice.words & self.present:
            bits |= self._at[word]
        found = [(1, bits)] if bits else []
        for first in choice.openings & self.present:
            found += [(len(phrase), bits) for phrase in choice.phrases[first] if (bits := self._phrase(phrase))]
        return found

    def ends(self, pattern: Pattern) -> int:
        """The places right after the pattern, wherever it stands."""
        found = self._found
        for choice in pattern.needs:
            if choice not in found:
                return 0
        now = passable = self._passable
        for piece in pattern.pieces:
            for _ in range(piece.gap):
                now |= (now & passable) << 1
            moved = now if piece.may_miss else 0
            for size, bits in found.get(piece.choice, ()):
                moved |= (now & bits) << size
            if not moved:
                return 0
            now = moved
        return now

    @staticmethod
    def lowest(ends: int, *, most: int) -> Iterator[int]:
        """The first places, and ``most`` of them."""
        for _ in range(most):
            if not ends:
                return
            yield (ends & -ends).bit_length() - 1
            ends &= ends - 1

    def clause(self, place: int) -> Clause:
        clauses = self.message.clauses
        return clauses[bisect_right(clauses, place, key=lambda clause: clause.start) - 1]

    def start(self, pattern: Pattern, end: int) -> int:
        """The last place from which the pattern reaches ``end``."""
        now = 1 << end
        for piece in reversed(pattern.pieces):
            moved = now if piece.may_miss else 0
            for size, bits in self._found.get(piece.choice, ()):
                moved |= (now >> size) & bits
            now = moved
            for _ in range(piece.gap):
                now |= (now >> 1) & self._passable
        return now.bit_length() - 1

    def has(self, name: str, within: int = -1) -> bool:
        """Whether a word or phrase of a pack's list starts within these places; anywhere unless told."""
        return self.holds(listed(name), within)

    def holds(self, choice: Choice, within: int) -> bool:
        return any(bits & within for _, bits in self.starts(choice))

    def has_any(self, words: frozenset[str], within: int) -> bool:
        return any(self._at[word] & within for word in words & self.present)

    @cached_property
    def denials(self) -> int:
        return sum(bits for _, bits in self.starts(listed("negation")))

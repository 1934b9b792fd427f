"""What people said of themselves as numbers: a table where few things can be said, bits where many can."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from community.matching.facts import Side

Whole = NDArray[np.int64]
Short = NDArray[np.int16]
Truth = NDArray[np.bool_]
BITS = 64


@dataclass(frozen=True, slots=True)
class Table:
    """What two people come to, by the few things each may have said: worked out once for each two of those."""

    mentee: Whole
    mentor: Whole
    worth: Short

    @classmethod
    def of(
        cls,
        mentees: Sequence[Side],
        mentors: Sequence[Side],
        said: Callable[[Side], Hashable],
        worth: Callable[[Side, Side], int],
    ) -> "Table":
        mine, ours = _numbered(mentees, said)
        theirs, others = _numbered(mentors, said)
        told = [[worth(one, other) for other in others] for one in ours]
        return cls(mine, theirs, np.array(told, np.int16).reshape(len(ours), len(others)))

    def among(self, rows: Whole, columns: Whole) -> Short:
        found: Short = self.worth[self.mentee[rows]][:, self.mentor[columns]]
        return found


def _numbered(sides: Sequence[Side], said: Callable[[Side], Hashable]) -> tuple[Whole, list[Side]]:
    """The number of what each one said, and somebody who said it for each number."""
    numbers: dict[Hashable, int] = {}
    first: list[Side] = []
    found = np.empty(len(sides), np.int64)
    for place, side in enumerate(sides):
        number = numbers.setdefault(said(side), len(numbers))
        if number == len(first):
            first.append(side)
        found[place] = number
    return found, first


class Words:
    """How many words two people have in common. The 64 that most have in common are bits, the others are looked up."""

    def __init__(self, ours: Sequence[frozenset[str]], theirs: Sequence[frozenset[str]]) -> None:
        mine, others = (Counter(word for words in side for word in words) for side in (ours, theirs))
        common = sorted(mine.keys() & others.keys(), key=lambda word: (-mine[word] * others[word], word))
        bits = {word: place for place, word in enumerate(common[:BITS])}
        self.mentee, self.mentor = _bits(ours, bits), _bits(theirs, bits)
        seldom = {word: place for place, word in enumerate(common[BITS:])}
        self._seldom = [[seldom[word] for word in words if word in seldom] for words in ours] if seldom else None
        self._who: list[list[int]] = [[] for _word in seldom]
        for place, words in enumerate(theirs):
            for word in words & seldom.keys():
                self._who[seldom[word]].append(place)

    def among(self, rows: Whole, columns: Whole) -> NDArray[np.uint8]:
        """For these mentees and mentors, in whole numbers up to 255."""
        found = np.bitwise_count(self.mentee[rows][:, None] & self.mentor[columns][None, :])
        if self._seldom is not None:
            place = np.full(len(self.mentor), -1, np.int64)
            place[columns] = np.arange(len(columns))
            for line, row in enumerate(rows.tolist()):
                for word in self._seldom[row]:
                    there = place[self._who[word]]
                    found[line, there[there >= 0]] += 1
        return found


def _bits(said: Sequence[frozenset[str]], bits: dict[str, int]) -> NDArray[np.uint64]:
    return np.array([sum(1 << bits[word] for word in words if word in bits) for words in said], np.uint64)


class Languages:
    """Whether two people share a language, and whether the one somebody likes best is among the other's."""

    def __init__(self, ours: Sequence[Side], theirs: Sequence[Side]) -> None:
        common = {word for one in ours for word in one.languages} & {word for one in theirs for word in one.languages}
        wide = (len(common) + BITS - 1) // BITS
        place = {word: number for number, word in enumerate(sorted(common))}
        self._all = [_masks((one.languages for one in side), place, wide) for side in (ours, theirs)]
        self._best = [_masks((one.languages[:1] for one in side), place, wide) for side in (ours, theirs)]

    def any(self, rows: Whole, columns: Whole) -> Truth:
        return _meet(self._all[0], self._all[1], rows, columns)

    def best_of_mentee(self, rows: Whole, columns: Whole) -> Truth:
        return _meet(self._best[0], self._all[1], rows, columns)

    def best_of_mentor(self, rows: Whole, columns: Whole) -> Truth:
        return _meet(self._all[0], self._best[1], rows, columns)


type Masks = list[NDArray[np.uint64]]


def _masks(said: Iterable[tuple[str, ...]], place: dict[str, int], wide: int) -> Masks:
    numbers = [[place[word] for word in set(words) if word in place] for words in said]
    return [
        np.array([sum(1 << (one - BITS * word) for one in of if one // BITS == word) for of in numbers], np.uint64)
        for word in range(wide)
    ]


def _meet(mine: Masks, theirs: Masks, rows: Whole, columns: Whole) -> Truth:
    found = np.zeros((len(rows), len(columns)), np.bool_)
    for one, other in zip(mine, theirs, strict=True):
        found |= (one[rows][:, None] & other[columns][None, :]) != 0
    return found

"""Whom to look at: of all pairs that break no rule, the best of each mentee and the best of each mentor's places.

All eligible pairs are worked out, a block at a time, and kept as one bit each; what is written down in full is the
lists. Which of two equal pairs comes first is told by their ids alone, so that no order of rows, and nobody else, does.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from community.matching.crowd.columns import Columns
from community.matching.crowd.traits import Short, Truth, Whole
from community.matching.facts import Side
from community.matching.solver import ties

CELLS = 1_000_000  # pairs worked out at once
KEPT = 2_000_000  # pairs kept in mind until the lists of the mentors are cut again
TIE = 21  # bits; with the ten of a fit they make 31
type Keys = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Graph:
    """Which mentors each mentee may have at all: one bit a pair, in blocks of the same mentors."""

    block: Whole  # of each mentee; -1: nobody at all
    line: Whole  # of each mentee, in their block
    columns: list[Whole]
    bits: list[NDArray[np.uint8]]

    def mentors(self, mentee: int) -> Whole:
        block = int(self.block[mentee])
        if block < 0:
            return np.zeros(0, np.int64)
        columns = self.columns[block]
        mine = np.unpackbits(self.bits[block][self.line[mentee]], count=len(columns))
        return columns[mine.astype(np.bool_)]


@dataclass(slots=True)
class Best:
    """The best of each mentor so far, cut to their length whenever very many have come together."""

    most: Whole  # for each mentor
    least: Keys  # for each mentor: what is below is on no list of theirs
    found: list[tuple[Whole, Whole, Keys]] = field(default_factory=list)
    kept: int = 0

    def add(self, rows: Whole, columns: Whole, keys: Keys) -> None:
        line, place = np.nonzero(keys >= self.least[columns])
        self.found.append((rows[line], columns[place], keys[line, place]))
        self.kept += len(line)
        if self.kept > KEPT:
            self.cut()

    def cut(self) -> tuple[Whole, Whole, Keys]:
        """The lists: mentees, mentors and keys. Who is as good as the last on a list is on it as well."""
        rows, columns, keys = (np.concatenate(one) for one in zip(*self.found, strict=True))
        order = np.argsort((columns << np.int64(31)) - keys)  # by mentor, and the highest key first
        columns, keys = columns[order], keys[order]
        starts = np.flatnonzero(np.diff(columns, prepend=-1))
        lengths = np.diff(starts, append=len(columns))
        mentors = columns[starts]
        full = lengths >= self.most[mentors]
        self.least[mentors[full]] = keys[starts[full] + self.most[mentors[full]] - 1]
        kept = keys >= self.least[columns]
        self.found = [(rows[order][kept], columns[kept], keys[kept])]
        self.kept = int(kept.sum())
        return self.found[0]


@dataclass(frozen=True, slots=True)
class Lists:
    """The pairs to look at, and all there are."""

    tail: Whole
    head: Whole
    fit: Whole
    graph: Graph


def lists(columns: Columns, *, most: int | None) -> Lists:
    """For each mentee the ``most`` best, for each mentor as many for each free place; None: all pairs there are."""
    free = np.array([max(one.free, 0) for one in columns.mentors], np.int64)
    width = len(free) if most is None else most
    best = Best(np.maximum(free * width, 1), np.zeros(len(free), np.int32))
    mine: list[tuple[Whole, Whole, Keys]] = []
    graph = Graph(np.full(len(columns.mentees), -1), np.zeros(len(columns.mentees), np.int64), [], [])
    mentees, mentors = _digests("mentee", columns.mentees), _digests("mentor", columns.mentors)
    for block in columns.blocks():
        offered, step = block.columns, max(CELLS // len(block.columns), 1)
        graph.block[block.rows], graph.line[block.rows] = len(graph.bits), np.arange(len(block.rows))
        graph.columns.append(offered)
        graph.bits.append(np.zeros((len(block.rows), (len(offered) + 7) // 8), np.uint8))
        for start in range(0, len(block.rows), step):
            rows = block.rows[start : start + step]
            keys = _keys(columns.fits(block, rows), mentees[rows][:, None] ^ mentors[offered][None, :])
            graph.bits[-1][start : start + step] = np.packbits(keys >= 0, axis=1)
            mine.append(_best_of_each(rows, offered, keys, width))
            best.add(rows, offered, keys)
    if not mine:
        nobody = np.zeros(0, np.int64)
        return Lists(nobody, nobody, nobody, graph)
    return Lists(*_together(len(free), [*mine, best.cut()]), graph)


def _keys(fits: Short, mixed: NDArray[np.uint32]) -> Keys:
    """The fit of each pair, and below it bits of its ids that decide between equals; below 0 where a rule is broken."""
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x2C1B3C6D)
    mixed >>= np.uint32(32 - TIE)
    keys: Keys = fits.astype(np.int32)
    keys <<= TIE
    keys |= mixed.view(np.int32)
    return keys


def _best_of_each(rows: Whole, offered: Whole, keys: Keys, most: int) -> tuple[Whole, Whole, Keys]:
    wanted: Truth = keys >= 0
    if len(offered) > most:
        least = np.partition(keys, len(offered) - most, axis=1)[:, len(offered) - most]
        wanted &= keys >= least[:, None]
    line, place = np.nonzero(wanted)
    return rows[line], offered[place], keys[line, place]


def _together(mentors: int, found: list[tuple[Whole, Whole, Keys]]) -> tuple[Whole, Whole, Whole]:
    """Each pair once, by mentee and then by mentor."""
    rows, heads, keys = (np.concatenate(one) for one in zip(*found, strict=True))
    places, first = np.unique(rows * mentors + heads, return_index=True)
    return places // mentors, places % mentors, (keys[first] >> TIE).astype(np.int64)


def _digests(role: str, sides: Sequence[Side]) -> NDArray[np.uint32]:
    made = b"".join(ties.digest(role, one.person)[:4] for one in sides)
    return np.frombuffer(made, "<u4").astype(np.uint32)

"""Nobody walks beside the one who walks beside them: A to B and B to A are never proposed together.

A flow cannot know that. So it is solved without the rule, and where the rule is broken, again without the one pair and
without the other. What is open is looked at from its best end: the first answer that keeps the rule is the best.
That can take long where very many are mentor and mentee at once. After a fixed amount of work, the same on every
machine, the best answer so far stands, and says that it is not proven.
"""

from dataclasses import dataclass

import numpy as np

from community.matching.solver.flow import Assignment, assign
from community.matching.solver.market import Market, Whole

WORK = 20_000_000  # pairs looked at, all attempts together


@dataclass(frozen=True, slots=True)
class Attempt:
    """The best assignment without some pairs; ``chosen`` counts pairs as the whole market does."""

    without: frozenset[int]
    found: Assignment
    chosen: Whole

    @property
    def rank(self) -> tuple[int, bytes, int, int, int]:
        return self.found.rank


def assign_one_way(market: Market) -> tuple[Assignment, bool]:
    """The best assignment that keeps the rule, and whether nothing better can exist."""
    mirror = _mirrors(market)
    waiting, left = [_attempt(market, frozenset())], WORK
    while True:
        best = max(waiting, key=lambda one: one.rank)
        broken = _broken(mirror, best)
        if not len(broken):
            return _whole(market, best), True
        if left <= 0:
            return _whole(market, _descended(market, mirror, best)), False
        waiting.remove(best)
        left -= 2 * len(market.tail)
        waiting += _both_ways(market, mirror, best, int(broken[0]))


def _mirrors(market: Market) -> Whole:
    """For each pair the one that stands the other way round, or -1."""
    ours, theirs = market.twins()
    if not (ours >= 0).any():
        return np.full(len(market.tail), -1, np.int64)
    width = max(len(market.mentors), 1)
    here, there = market.tail * width + market.head, theirs * width + ours
    found = np.minimum(np.searchsorted(here, there), max(len(here) - 1, 0))
    return np.where((ours >= 0) & (theirs >= 0) & (here[found] == there), found, -1) if len(here) else here


def _broken(mirror: Whole, attempt: Attempt) -> Whole:
    """The chosen pairs whose mirror is chosen as well, each of the two once."""
    pairs = attempt.chosen[attempt.chosen >= 0]
    return pairs[(mirror[pairs] > pairs) & np.isin(mirror[pairs], pairs)]


def _both_ways(market: Market, mirror: Whole, attempt: Attempt, pair: int) -> list[Attempt]:
    return [_attempt(market, attempt.without | {barred}) for barred in (pair, int(mirror[pair]))]


def _descended(market: Market, mirror: Whole, attempt: Attempt) -> Attempt:
    """An answer that keeps the rule, soon: the better way out of one pair after another."""
    left = WORK
    while len(broken := _broken(mirror, attempt)):
        left -= 2 * len(market.tail)
        if left > 0:
            attempt = max(_both_ways(market, mirror, attempt, int(broken[0])), key=lambda one: one.rank)
        else:
            other = mirror[broken]
            lower = np.where(market.fit[broken] < market.fit[other], broken, other)
            attempt = _attempt(market, attempt.without | {int(pair) for pair in lower})
    return attempt


def _attempt(market: Market, without: frozenset[int]) -> Attempt:
    kept = np.ones(len(market.tail), np.bool_)
    kept[list(without)] = False
    numbers = np.append(np.flatnonzero(kept), -1)
    found = assign(market.only(kept) if without else market)
    return Attempt(without, found, numbers[found.chosen])


def _whole(market: Market, attempt: Attempt) -> Assignment:
    return Assignment(market, attempt.chosen, attempt.found.price)

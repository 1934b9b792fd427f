"""An instance as columns, in an order that no shuffling of its rows can change.

It needs numpy, which takes its time to load: only what solves imports this (flow.py says more).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from community.matching.solver import ties
from community.matching.solver.instance import Instance

Whole = NDArray[np.int64]
Truth = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Market:
    """Who waits, who has a place, and the pairs that may be proposed, sorted by mentee and then by mentor.

    ``tie`` is a number of 30 bits for each pair, made from the two ids alone: it decides where nothing else does.
    """

    mentees: tuple[str, ...]
    mentors: tuple[str, ...]
    free: Whole
    tail: Whole
    head: Whole
    fit: Whole
    tie: Whole

    def only(self, kept: Truth) -> "Market":
        """The same people with these pairs alone."""
        return replace(self, tail=self.tail[kept], head=self.head[kept], fit=self.fit[kept], tie=self.tie[kept])

    def twins(self) -> tuple[Whole, Whole]:
        """For each pair, who the mentee is among the mentors, and the mentor among the mentees; -1: not there."""
        as_mentor = {mentor: place for place, mentor in enumerate(self.mentors)}
        as_mentee = {mentee: place for place, mentee in enumerate(self.mentees)}
        ours = np.array([as_mentor.get(mentee, -1) for mentee in self.mentees] or [-1], np.int64)
        theirs = np.array([as_mentee.get(mentor, -1) for mentor in self.mentors] or [-1], np.int64)
        return ours[self.tail], theirs[self.head]


def open_market(instance: Instance) -> Market:
    """What may be proposed: nobody who is accompanied, nobody to themselves, no pair that stands either way round."""
    waiting, free = instance.waiting, instance.free
    mentors = tuple(sorted(mentor for mentor, places in free.items() if places))
    line = {mentee: place for place, mentee in enumerate(waiting)}
    column = {mentor: place for place, mentor in enumerate(mentors)}
    tail, head, fit = (np.frombuffer(one, np.int32).astype(np.int64) for one in instance.pairs)
    tail = _looked_up(instance.mentees, line, tail)
    head = _looked_up(tuple(instance.capacity), column, head)
    order = np.argsort(tail * (len(mentors) + 1) + head, kind="stable")
    tail, head, fit = tail[order], head[order], fit[order]
    places = np.array([free[mentor] for mentor in mentors], np.int64)
    market = Market(waiting, mentors, places, tail, head, fit, np.zeros(0, np.int64))
    market = replace(market, tie=np.zeros(len(tail), np.int64)).only((tail >= 0) & (head >= 0))
    as_mentor, _as_mentee = market.twins()
    stands = [
        line[pair.mentor] * len(mentors) + column[pair.mentee]
        for pair in instance.existing
        if pair.mentor in line and pair.mentee in column
    ]
    mirrored = np.isin(market.tail * len(mentors) + market.head, np.array(stands, np.int64))
    market = market.only((as_mentor != market.head) & ~mirrored)
    return replace(market, tie=_ties(market))


def _looked_up(ids: tuple[str, ...], places: dict[str, int], found: Whole) -> Whole:
    """Where they stand now; -1 for who is not there."""
    return np.array([places.get(one, -1) for one in ids] or [-1], np.int64)[found]


def _ties(market: Market) -> Whole:
    """``ties.tie`` of every pair at once."""
    mentee, mentor = _digests("mentee", market.mentees), _digests("mentor", market.mentors)
    mixed = mentee[market.tail] ^ mentor[market.head]
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(ties.FIRST)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(ties.SECOND)
    return ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(64 - ties.BITS)).astype(np.int64)


def _digests(role: str, ids: tuple[str, ...]) -> NDArray[np.uint64]:
    made = b"".join(ties.digest(role, one) for one in ids)
    return np.frombuffer(made or bytes(8), "<u8").astype(np.uint64)

"""The best assignment, exactly: as many people as can be, the longest waiting, their highest total, the best worst-off.

One min-cost flow finds the first three. Who can be matched together is a matroid, so serving greedily down the line
gives both the largest set and the first in the line; and the greedy set is the one of the largest sum of *any* weights
that fall along the line. So ranks do, and no weight grows beyond 64 bits.

The last two need a second step, among the assignments of equal total. The prices of the mentors (how much the total
would gain by one more place) tell which pairs occur in any of them: those whose fit less the mentor's price is the best
their mentee can have. Only where such pairs close a circle can people change places; what remains there is small.

OR-tools and numpy load here, and nowhere at the start of a web process: solving.py imports this as it solves.
"""

from dataclasses import dataclass

import numpy as np
from ortools.graph.python import min_cost_flow

from community.matching.solver.instance import BEST
from community.matching.solver.market import Market, Whole

EXACT = 2**62  # costs times nodes stay below it


@dataclass(frozen=True, slots=True)
class Assignment:
    """For each mentee the number of their pair, or -1; for each mentor what one more place of theirs would add."""

    market: Market
    chosen: Whole
    price: Whole

    @property
    def pairs(self) -> Whole:
        return self.chosen[self.chosen >= 0]

    @property
    def total(self) -> int:
        return int(self.market.fit[self.pairs].sum())

    @property
    def rank(self) -> tuple[int, bytes, int, int, int]:
        """What is better compares as more: number, who in the line, total fit, worst-off, tie-break."""
        pairs = self.pairs
        worst = int(self.market.fit[pairs].min(initial=BEST))
        served = (self.chosen >= 0).tobytes()
        return len(pairs), served, self.total, worst, int(self.market.tie[pairs].sum())


def assign(market: Market) -> Assignment:
    """The one best assignment of this market, whoever solves it."""
    chosen = served(market)
    price = _prices(market, chosen)
    return Assignment(market, _settled(market, chosen, price), price)


def served(market: Market) -> Whole:
    """The most people, the longest waiting, their highest total; which of equal totals is the solver's own choice."""
    number, most = len(market.mentees), BEST * len(market.mentees) + 1
    rank = np.arange(number, 0, -1, dtype=np.int64)
    if number * most * (number + len(market.mentors) + 1) < EXACT:
        return _flow(market, market.fit, left=rank * most)
    first = _flow(market, np.zeros_like(market.fit), left=rank)
    kept = (first >= 0)[market.tail]
    again = market.only(kept)
    return np.append(np.flatnonzero(kept), -1)[_flow(again, again.fit, left=np.full(number, most))]


def _flow(market: Market, worth: Whole, *, left: Whole) -> Whole:
    """The assignment of the highest worth, where leaving a mentee out costs ``left``."""
    number, mentors, pairs = len(market.mentees), len(market.mentors), len(market.tail)
    sink = number + mentors
    people, places = np.arange(number), number + np.arange(mentors)
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(
        np.concatenate((market.tail, people, places)).astype(np.int32),
        np.concatenate((number + market.head, np.full(number + mentors, sink))).astype(np.int32),
        np.concatenate((np.ones(pairs + number, np.int64), np.minimum(market.free, number))),
        np.concatenate((-worth, left, np.zeros(mentors, np.int64))),
    )
    flow.set_nodes_supplies(np.append(people, sink).astype(np.int32), np.append(np.ones(number, np.int64), -number))
    if flow.solve() != flow.OPTIMAL:
        raise ArithmeticError("the flow was not solved")  # everybody may be left out: there always is a solution
    return _chosen(market, np.flatnonzero(flow.flows(np.arange(pairs, dtype=np.int32))))


def _chosen(market: Market, pairs: Whole) -> Whole:
    chosen = np.full(len(market.mentees), -1, np.int64)
    chosen[market.tail[pairs]] = pairs
    return chosen


def _prices(market: Market, chosen: Whole) -> Whole:
    """The lowest prices at which everybody served has the best they can pay for, and a mentor with room costs nothing.

    A mentee who would rather have another raises that one's price; whoever is there is then looked at again.
    """
    price = np.zeros(len(market.mentors), np.int64)
    pairs = np.flatnonzero(chosen[market.tail] >= 0)
    own = chosen[market.tail[pairs]]
    head, gain, seat = market.head[pairs], market.fit[pairs] - market.fit[own], market.head[own]
    looking = np.arange(len(pairs))
    while len(looking):
        wanted = price.copy()
        np.maximum.at(wanted, head[looking], price[seat[looking]] + gain[looking])
        looking = np.flatnonzero((wanted > price)[seat])
        price = wanted
    return price


def _settled(market: Market, chosen: Whole, price: Whole) -> Whole:
    """Among all assignments of these people with this total: the best worst-off, then the highest tie-break."""
    circles = _circles(market, chosen, price)
    if not len(circles):
        return chosen
    moving = np.unique(market.tail[circles])
    staying = np.delete(chosen, moving)
    staying = staying[staying >= 0]
    pairs = np.union1d(circles, chosen[moving])
    room = market.free - np.bincount(market.head[staying], minlength=len(market.mentors))
    ceiling = int(market.fit[staying].min(initial=BEST))
    worst = min(int(market.fit[chosen[moving]].min()), ceiling)
    floors = np.unique(market.fit[pairs])
    floors = np.append(worst, floors[(floors > worst) & (floors <= ceiling)])
    best, low, high = chosen[moving], 0, len(floors)
    while low < high:
        middle = (low + high) // 2
        found = _rearranged(market, pairs[market.fit[pairs] >= floors[middle]], moving, room, price)
        if found is None:
            high = middle
        else:
            best, low = found, middle + 1
    result = chosen.copy()
    result[market.tail[best]] = best
    return result


def _circles(market: Market, chosen: Whole, price: Whole) -> Whole:
    """The pairs beside the chosen ones over which people can change places without a loss.

    An arrow leads from the mentor somebody has to one who would be as good for the total. It may end at a mentor with
    room and begin at one whose place adds nothing: both are the pool. What lies on no circle is cut off from its ends.
    """
    pool = len(market.mentors)
    own = chosen[market.tail]
    seat = market.head[own]
    level = (market.fit - price[market.head]) == (market.fit[own] - price[seat])
    pairs = np.flatnonzero((own >= 0) & level & (own != np.arange(len(own))))
    used = np.bincount(market.head[chosen[chosen >= 0]], minlength=pool)
    giving, taking = np.flatnonzero((used > 0) & (price == 0)), np.flatnonzero(used < market.free)
    start = np.concatenate((seat[pairs], np.full(len(giving), pool), taking))
    end = np.concatenate((market.head[pairs], giving, np.full(len(taking), pool)))
    number = np.concatenate((pairs, np.full(len(giving) + len(taking), -1)))
    while True:
        inside = np.isin(start, end) & np.isin(end, start)
        if inside.all():
            return number[number >= 0]
        start, end, number = start[inside], end[inside], number[inside]


def _rearranged(market: Market, pairs: Whole, moving: Whole, room: Whole, price: Whole) -> Whole | None:
    """All of ``moving`` over ``pairs``, by the highest tie-break, or None; a mentor with a price stays full."""
    tails, tail = np.unique(market.tail[pairs], return_inverse=True)
    if len(tails) < len(moving):
        return None
    people, mentors = len(moving), len(market.mentors)
    sink = people + mentors
    full = np.where(price > 0, room, 0)
    flow = min_cost_flow.SimpleMinCostFlow()
    places = np.arange(people, sink)
    flow.add_arcs_with_capacity_and_unit_cost(
        np.concatenate((tail, places)).astype(np.int32),
        np.concatenate((people + market.head[pairs], np.full(mentors, sink))).astype(np.int32),
        np.concatenate((np.ones(len(pairs), np.int64), np.minimum(room - full, people))),
        np.concatenate((-market.tie[pairs], np.zeros(mentors, np.int64))),
    )
    supplies = np.concatenate((np.ones(people, np.int64), -full, [int(full.sum()) - people]))
    flow.set_nodes_supplies(np.arange(sink + 1, dtype=np.int32), supplies)
    if flow.solve() != flow.OPTIMAL:
        return None
    return pairs[np.flatnonzero(flow.flows(np.arange(len(pairs), dtype=np.int32)))]

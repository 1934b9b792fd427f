"""Up to three cards for everybody who waits, so that no mentor stands on more than three lists a free place.

One flow again: a first card is worth more than anything else, along the line; a second and a third are worth less each,
so that many get some before few get three. Whoever would have none because all they could meet are on enough lists gets
their best all the same, and is named, so that staff see why a mentor stands on more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from ortools.graph.python import min_cost_flow

from community.matching.solver.instance import BEST, Eligible, Instance
from community.matching.solver.market import Market, Whole, open_market

CARDS = 3
LISTS_A_PLACE = 3
WORTH = (2 * BEST, BEST, BEST // 2)  # of each next card, beside the fit on it; the first counts by rank as well


@dataclass(frozen=True, slots=True)
class Shortlists:
    """The cards of everybody who has any, the best first; ``lifted``: for whom a mentor stands on more lists."""

    cards: Mapping[str, tuple[Eligible, ...]]
    lifted: tuple[str, ...]


def shortlists(
    instance: Instance, *, first: Iterable[tuple[str, str]] = (), listed: Mapping[str, int] | None = None
) -> Shortlists:
    """Three cards each, or as many as there are, in the order in which people are served.

    ``first``: pairs that are on a card in any case, one a mentee, as a proposal for all of them has it. ``listed``: on
    how many lists mentors stand already.
    """
    market = open_market(instance)
    if not len(market.tail):
        return Shortlists({}, ())
    chosen = _dealt(market, _pairs(market, first), listed or {})
    without = np.setdiff1d(market.tail, market.tail[chosen])
    order = np.lexsort((-market.tie, -market.fit, market.tail))
    lifted = order[np.isin(market.tail[order], without)]
    kept = lifted[_number_in_group(market.tail[lifted]) < CARDS]
    cards: dict[str, list[Eligible]] = {}
    for pair in sorted(
        (*chosen.tolist(), *kept.tolist()), key=lambda one: (market.tail[one], -market.fit[one], -market.tie[one])
    ):
        mentee = market.mentees[market.tail[pair]]
        cards.setdefault(mentee, []).append(Eligible(mentee, market.mentors[market.head[pair]], int(market.fit[pair])))
    return Shortlists(
        {mentee: tuple(dealt) for mentee, dealt in cards.items()}, tuple(market.mentees[one] for one in without)
    )


def _number_in_group(groups: Whole) -> Whole:
    """0, 1, 2 ... for each run of equal numbers."""
    starts = np.flatnonzero(np.append(True, groups[1:] != groups[:-1])) if len(groups) else groups
    return np.arange(len(groups)) - np.repeat(starts, np.diff(np.append(starts, len(groups))))


def _pairs(market: Market, wanted: Iterable[tuple[str, str]]) -> Whole:
    """The numbers of these pairs, as far as they are there."""
    line = {mentee: place for place, mentee in enumerate(market.mentees)}
    column = {mentor: place for place, mentor in enumerate(market.mentors)}
    wide = len(market.mentors)
    asked = [line[one] * wide + column[other] for one, other in wanted if one in line and other in column]
    return np.flatnonzero(np.isin(market.tail * wide + market.head, np.array(asked, np.int64)))


def _dealt(market: Market, first: Whole, listed: Mapping[str, int]) -> Whole:
    """The pairs on cards, the mentors on no more lists than their places bear; those of ``first`` among them."""
    kept = np.ones(len(market.tail), np.bool_)
    kept[first] = False
    others = market.only(kept)
    cards = np.ones((CARDS, len(market.mentees)), np.int64)
    cards[0, market.tail[first]] = 0
    taken = np.bincount(market.head[first], minlength=len(market.mentors))
    taken += np.array([listed.get(mentor, 0) for mentor in market.mentors], np.int64)
    lists = np.maximum(np.minimum(market.free, len(market.mentees)) * LISTS_A_PLACE - taken, 0)
    return np.concatenate((first, np.flatnonzero(kept)[_flow(others, cards, lists)]))


def _flow(market: Market, cards: Whole, lists: Whole) -> Whole:
    """The pairs worth most, with so many first, second and third cards and so many lists of each mentor."""
    number, mentors, pairs = len(market.mentees), len(market.mentors), len(market.tail)
    source, sink = number + mentors, number + mentors + 1
    people, places = np.arange(number), number + np.arange(mentors)
    most = (sum(WORTH) + CARDS * BEST) * number + 1
    worths = [np.full(number, worth) for worth in WORTH]
    worths[0] = worths[0] + most * np.arange(number, 0, -1)
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(
        np.concatenate((market.tail, *([np.full(number, source)] * CARDS), places, [source])).astype(np.int32),
        np.concatenate((number + market.head, *([people] * CARDS), np.full(mentors + 1, sink))).astype(np.int32),
        np.concatenate((np.ones(pairs, np.int64), cards.ravel(), lists, [CARDS * number])),
        np.concatenate((-market.fit, *(-worth for worth in worths), np.zeros(mentors + 1, np.int64))),
    )
    flow.set_nodes_supplies(np.array([source, sink], np.int32), np.array([CARDS * number, -CARDS * number], np.int64))
    if flow.solve() != flow.OPTIMAL:
        raise ArithmeticError("the flow was not solved")  # nobody need have a card: there always is a solution
    return np.flatnonzero(flow.flows(np.arange(pairs, dtype=np.int32)))

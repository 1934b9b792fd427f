"""All who wait, at once: from an instance to the proposal, over the lists that are worth looking at."""

import numpy as np

from community.matching.solver.flow import Assignment
from community.matching.solver.instance import BEST, Eligible, Instance, Proposal
from community.matching.solver.market import Market, open_market
from community.matching.solver.mutual import assign_one_way


def solve(instance: Instance) -> Proposal:
    market = open_market(instance)
    found, proven = assign_one_way(market)
    pairs = found.pairs
    columns = market.tail[pairs].tolist(), market.head[pairs].tolist(), market.fit[pairs].tolist()
    matches = tuple(
        Eligible(market.mentees[tail], market.mentors[head], fit) for tail, head, fit in zip(*columns, strict=True)
    )
    left = tuple(market.mentees[place] for place in np.flatnonzero(found.chosen < 0))
    return Proposal(matches, left, most=found.total if proven else _most(market, found), proven=proven)


def _most(market: Market, found: Assignment) -> int:
    """What no assignment of these people can exceed: each the best they can pay for, and what the places cost."""
    served = found.chosen >= 0
    spare = np.full(len(served), -BEST * len(served), np.int64)
    np.maximum.at(spare, market.tail, market.fit - found.price[market.head])
    return int(spare[served].sum() + (market.free * found.price).sum())

"""From everybody's facts to one question for the solver."""

from array import array
from collections.abc import Iterable
from datetime import datetime

import numpy as np

from community.matching.crowd.columns import Columns
from community.matching.crowd.lists import Lists, lists
from community.matching.crowd.reach import Serving
from community.matching.crowd.traits import Whole
from community.matching.facts import Bonds, MenteeFacts, MentorFacts, Policy
from community.matching.solver import flow
from community.matching.solver.instance import Instance
from community.matching.solver.market import open_market

MOST = 12  # on the list of each mentee, and on a mentor's for each free place
EXACT = 1_000  # mentees, up to whom all pairs are looked at, so that no higher total exists


def columns_of(
    mentees: Iterable[MenteeFacts], mentors: Iterable[MentorFacts], *, bonds: Bonds, policy: Policy, week_of: datetime
) -> Columns:
    """Everybody once: who waits as they first stand in the line, a mentor with the first of their ids."""
    waiting = {one.person: one for one in reversed(tuple(mentees))}
    offered = {one.person: one for one in sorted(mentors, key=lambda one: (one.person, one.id), reverse=True)}
    return Columns(
        tuple(waiting.values())[::-1], tuple(offered.values())[::-1], bonds=bonds, policy=policy, week_of=week_of
    )


def instance_of(columns: Columns) -> Instance:
    """The pairs worth looking at, so that as many people as can be, and who waits longest of them, are served.

    Ids are the people's, so that the solver knows who is a mentee and a mentor.
    """
    found = lists(columns, most=None if len(columns.mentees) <= EXACT else MOST)
    question = _question(columns, found.tail, found.head, found.fit)
    if len(columns.mentees) <= EXACT or not len(found.tail):
        return question
    return _question(columns, *_with_all_served(columns, found, question))


def _question(columns: Columns, tail: Whole, head: Whole, fit: Whole) -> Instance:
    pairs = tuple(array("i", one.astype(np.int32).tobytes()) for one in (tail, head, fit))
    return Instance(
        tuple(one.person for one in columns.mentees),
        {one.person: max(one.free, 0) for one in columns.mentors},
        (pairs[0], pairs[1], pairs[2]),
    )


def _with_all_served(columns: Columns, found: Lists, question: Instance) -> tuple[Whole, Whole, Whole]:
    """The lists, with the pairs that serve somebody whom they alone would leave out."""
    free = np.array(list(question.capacity.values()), np.int64)
    serving = Serving(found.graph, free, _served(question))
    serving.better()
    tail = np.flatnonzero(serving.chosen >= 0)
    head = serving.chosen[tail]
    listed = found.tail * len(free) + found.head
    wanting = ~np.isin(tail * len(free) + head, listed)
    if not wanting.any():
        return found.tail, found.head, found.fit
    fits = [_fit(columns, *pair) for pair in zip(tail[wanting].tolist(), head[wanting].tolist(), strict=True)]
    tail, head = np.append(found.tail, tail[wanting]), np.append(found.head, head[wanting])
    order = np.lexsort((head, tail))
    return tail[order], head[order], np.append(found.fit, np.array(fits, np.int64))[order]


def _served(question: Instance) -> Whole:
    """For each mentee of the question the place of their mentor in it, by the lists alone, or -1."""
    market = open_market(question)
    chosen = flow.served(market)
    place = {mentor: number for number, mentor in enumerate(question.capacity)}
    named = np.array([place[mentor] for mentor in market.mentors], np.int64)
    return np.where(chosen >= 0, named[market.head[chosen]], -1)


def _fit(columns: Columns, mentee: int, mentor: int) -> int:
    rows = np.array([mentee], np.int64)
    return int(columns.fits(columns.block(rows, np.array([mentor], np.int64)), rows)[0, 0])

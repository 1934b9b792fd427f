"""The one door to the solver. It loads OR-tools and numpy as it solves, never before: a web process needs neither."""

from community.matching.solver.instance import Eligible, Instance, Proposal
from community.matching.solver.ties import tie


def solve(instance: Instance) -> Proposal:
    """Who is proposed to whom: as many as can be, the longest waiting, their highest total fit, the best worst-off.

    The same people and pairs give the same answer, in whatever order they stand (docs/matching.md). Matches that stand
    are never touched, and take their places.
    """
    waiting = instance.waiting
    if len(waiting) == 1:
        return _alone(instance, waiting[0])
    if not waiting or not len(instance.pairs[0]):
        return Proposal((), waiting, 0)
    from community.matching.solver import whole  # noqa: PLC0415 - 240 MB that only solving needs

    return whole.solve(instance)


def _alone(instance: Instance, mentee: str) -> Proposal:
    """Somebody who looks for a new mentor need not wait for anybody, nor for a solver to load."""
    free, mentors = instance.free, tuple(instance.capacity)
    stands = {pair.mentee for pair in instance.existing if pair.mentor == mentee} | {mentee}
    line = instance.mentees.index(mentee)
    open_to = [
        Eligible(mentee, mentors[head], fit)
        for tail, head, fit in zip(*instance.pairs, strict=True)
        if tail == line and free[mentors[head]] and mentors[head] not in stands
    ]
    if not open_to:
        return Proposal((), (mentee,), 0)
    best = max(open_to, key=lambda pair: (pair.fit, tie(mentee, pair.mentor)))
    return Proposal((best,), (), best.fit)

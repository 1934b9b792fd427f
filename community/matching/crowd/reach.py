"""Whether the lists serve as many people, and the same ones, as all pairs would; and the pairs that are wanting.

Who can be served together is a matroid, so what cannot be bettered by one more person, or by one who waits longer in
the place of another, is the best there is.
"""

import heapq
from collections import defaultdict

import numpy as np

from community.matching.crowd.lists import Graph
from community.matching.crowd.traits import Whole


class Serving:
    """Who has whom, bettered along chains of changes over all pairs there are."""

    def __init__(self, graph: Graph, free: Whole, chosen: Whole) -> None:
        self.graph, self.free = graph, free
        self.chosen = chosen.copy()  # of each mentee the mentor, or -1
        self.beside: defaultdict[int, set[int]] = defaultdict(set)
        for mentee in np.flatnonzero(chosen >= 0).tolist():
            self.beside[int(chosen[mentee])].add(mentee)
        self._closed = np.zeros(len(free), np.bool_)  # from there no chain leads to anybody's gain

    def better(self) -> None:
        """Serve whoever can be, and who waits longer before who came later; mentees stand in the order of the line."""
        waiting = np.flatnonzero(self.chosen < 0).tolist()
        heapq.heapify(waiting)
        while waiting:
            mentee = heapq.heappop(waiting)
            out = self._serve(mentee)
            if out is not None:
                heapq.heappush(waiting, out)

    def _serve(self, mentee: int) -> int | None:
        """Give this mentee a mentor if that can be; returns who has none for it, the last in the line of all who could.

        A chain goes from a mentee to a mentor they may have, and on from those who have that mentor now.
        """
        seen, came_from = self._closed.copy(), {}
        reached, last = [mentee], mentee
        while reached:
            looking = reached.pop()
            offered = self.graph.mentors(looking)
            for mentor in offered[~seen[offered]].tolist():
                seen[mentor] = True
                came_from[mentor] = looking
                if len(self.beside[mentor]) < self.free[mentor]:
                    self._change(mentor, came_from, mentee)
                    return None
                reached += self.beside[mentor]
                last = max(last, *self.beside[mentor])
        if last == mentee:
            self._closed = seen
            return None
        left = int(self.chosen[last])
        self.beside[left].discard(last)
        self.chosen[last] = -1
        self._change(left, came_from, mentee)
        return last

    def _change(self, mentor: int, came_from: dict[int, int], first: int) -> None:
        """Along the chain, back from a mentor with a place: each takes the next one's."""
        while True:
            mentee = came_from[mentor]
            before = int(self.chosen[mentee])
            self.chosen[mentee] = mentor
            self.beside[mentor].add(mentee)
            if mentee == first:
                return
            self.beside[before].discard(mentee)
            mentor = before

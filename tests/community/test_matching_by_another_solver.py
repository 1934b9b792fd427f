"""Who is proposed to whom, up to twelve on either side: as another solver, which knows nothing of ours, finds it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from community.matching.solver.instance import Instance, Proposal
from community.matching.solver.solving import solve
from tests.community.test_matching import rows

pytestmark = pytest.mark.once

MOST = 12  # on either side
LINE = 1 << MOST  # more than all places in the line weigh together
FITS = MOST * 1000 + 1  # more than all fits together
SECONDS = 20.0  # of one question; it takes hundredths
type Row = tuple[str, str, int]


@st.composite
def questions(draw: st.DrawFn) -> Instance:
    """Up to twelve on either side, some on both, some who walk with somebody; fits that tie often or rarely."""
    waiting = [f"mentee {number}" for number in range(draw(st.integers(5, MOST)))]
    both = draw(st.integers(0, 4))
    mentees = draw(st.permutations([*waiting[both:], *(f"mentor {number}" for number in range(both))]))
    capacity = {f"mentor {number}": draw(st.integers(0, 2)) for number in range(draw(st.integers(4, MOST)))}
    chance, each = draw(st.randoms(use_true_random=False)), draw(st.integers(1, 5))
    fits = draw(st.sampled_from([[500], [400, 500, 600], list(range(250, 1001))]))
    eligible = [
        (mentee, mentor, chance.choice(fits))
        for mentee in mentees
        for mentor in chance.sample(list(capacity), min(each, len(capacity)))
        if mentor != mentee
    ]
    standing = [(mentee, mentor) for mentee in mentees[:2] for mentor in list(capacity)[:1] if mentee != mentor]
    return Instance.of(mentees, capacity, eligible, standing[: draw(st.integers(0, 2))])


class Other:
    """The same question as a constraint program: a yes or no for each pair."""

    def __init__(self, question: Instance) -> None:
        self.question, self.model = question, cp_model.CpModel()
        there, standing = set(question.waiting), set(question.existing)
        self.ways = [row for row in rows(question) if row[0] in there and (row[1], row[0]) not in standing]
        self.takes = {row[:2]: self.model.new_bool_var("") for row in self.ways}
        for mentee in question.waiting:
            self.model.add_at_most_one(self._of(mentee, 0))
        for mentor, free in question.free.items():
            self.model.add(sum(self._of(mentor, 1)) <= max(free, 0))
        for (mentee, mentor), taken in self.takes.items():
            if (mentor, mentee) in self.takes:
                self.model.add_at_most_one([taken, self.takes[mentor, mentee]])

    def _of(self, one: str, side: int) -> list[cp_model.IntVar]:
        return [taken for pair, taken in self.takes.items() if pair[side] == one]

    def best(self) -> tuple[list[bool], int]:
        """Who is served, in the order of the line, and the highest total of those: the number, then the line, first."""
        weight = {one: LINE + (1 << (MOST - 1 - place)) for place, one in enumerate(self.question.waiting)}
        self.model.maximize(
            sum((weight[mentee] * FITS + fit) * self.takes[mentee, mentor] for mentee, mentor, fit in self.ways)
        )
        solver = self._solved()
        chosen = [row for row in self.ways if solver.boolean_value(self.takes[row[:2]])]
        served = {mentee for mentee, _mentor, _fit in chosen}
        return [one in served for one in self.question.waiting], sum(fit for *_pair, fit in chosen)

    def worst_off(self, served: list[bool], total: int) -> int:
        """The most that the worst-off of these can have at that total."""
        for one, is_served in zip(self.question.waiting, served, strict=True):
            self.model.add(sum(self._of(one, 0)) == int(is_served))
        self.model.add(sum(fit * self.takes[mentee, mentor] for mentee, mentor, fit in self.ways) == total)
        least = self.model.new_int_var(0, 1000, "")
        for mentee, mentor, fit in self.ways:
            self.model.add(least <= fit).only_enforce_if(self.takes[mentee, mentor])
        self.model.maximize(least)
        return self._solved().value(least)

    def _solved(self) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers, solver.parameters.max_time_in_seconds = 1, SECONDS
        assert solver.solve(self.model) == cp_model.OPTIMAL
        return solver


def told(question: Instance, found: Proposal) -> tuple[list[bool], int]:
    served = {match.mentee for match in found.matches}
    return [one in served for one in question.waiting], sum(match.fit for match in found.matches)


@given(questions())
def test_the_number_the_line_and_the_total_are_those_of_another_solver(question: Instance) -> None:
    """G3, G4, G5 and G11."""
    assert told(question, solve(question)) == Other(question).best()


@given(questions())
def test_the_worst_off_are_as_well_off_as_another_solver_can_make_them_at_that_total(question: Instance) -> None:
    """G6."""
    found = solve(question)
    served, total = told(question, found)
    worst = min((match.fit for match in found.matches), default=1000)
    assert worst == Other(question).worst_off(served, total)

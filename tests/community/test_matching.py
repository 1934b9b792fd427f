"""Who is proposed to whom: each guarantee against every possible answer to small questions, tried one by one."""

import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.matching.solver import flow, ties
from community.matching.solver.instance import Instance, Pair, Proposal, Unusable
from community.matching.solver.market import open_market
from community.matching.solver.solving import solve

ROOT = Path(__file__).parents[2]
IDS = ["ana", "ben", "cy", "dana", "eli", "josé", "fé\n", "", "\ud800"]
type Rank = tuple[int, tuple[bool, ...], int, int, int]


@st.composite
def questions(draw: st.DrawFn) -> Instance:
    """At most six on either side, some on both; fits that tie often, rarely, or always."""
    mentees = draw(st.lists(st.sampled_from(IDS), max_size=6, unique=True))
    capacity = draw(st.dictionaries(st.sampled_from(IDS), st.integers(0, 2), max_size=6))
    fits = draw(st.sampled_from([[500], [400, 500], [0, 1000], list(range(300, 700, 100)), list(range(1001))]))
    pairs = [(mentee, mentor) for mentee in mentees for mentor in capacity]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    eligible = [(*pair, draw(st.sampled_from(fits))) for pair in chosen]
    standing = [(mentee, mentor) for mentee in IDS for mentor in capacity if mentee != mentor]
    existing = draw(st.lists(st.sampled_from(standing), max_size=2, unique=True)) if standing else []
    return Instance.of(mentees, capacity, eligible, existing)


def rows(question: Instance) -> list[tuple[str, str, int]]:
    mentors = list(question.capacity)
    return [(question.mentees[tail], mentors[head], fit) for tail, head, fit in zip(*question.pairs, strict=True)]


def by_hand(question: Instance) -> list[tuple[str, str, int]]:
    """Try every answer there is, and keep the best by the words of the guarantees."""
    best: tuple[Rank, list[tuple[str, str, int]]] | None = None
    waiting, free = question.waiting, question.free
    ways = [pair for pair in rows(question) if pair[0] != pair[1] and (pair[1], pair[0]) not in question.existing]

    def go_on(place: int, used: dict[str, int], so_far: list[tuple[str, str, int]]) -> None:
        nonlocal best
        if place < len(waiting):
            for pair in ways:
                if pair[0] == waiting[place] and used.get(pair[1], 0) < free[pair[1]]:
                    go_on(place + 1, {**used, pair[1]: used.get(pair[1], 0) + 1}, [*so_far, pair])
            go_on(place + 1, used, so_far)
            return
        both = {pair[:2] for pair in so_far}
        if any((mentor, mentee) in both for mentee, mentor in both):
            return
        served = {mentee for mentee, _mentor in both}
        fits = [pair[2] for pair in so_far]
        tie = sum(ties.tie(*pair[:2]) for pair in so_far)
        in_line = tuple(mentee in served for mentee in waiting)
        rank = (len(so_far), in_line, sum(fits), min(fits, default=1000), tie)
        if best is None or rank > best[0]:
            best = (rank, so_far)

    go_on(0, {}, [])
    assert best is not None
    return best[1]


# --- what is guaranteed ----------------------------------------------------------------------------------------------


@given(questions())
def test_no_answer_is_better_than_the_one_that_is_given(question: Instance) -> None:
    """G3 the number, G4 the line, G5 the total, G6 the worst-off, G11 nobody beside the one who is beside them."""
    found = solve(question)
    assert list(found.matches) == by_hand(question)
    assert (found.proven, found.most) == (True, found.total)


@given(questions())
def test_the_rules_hold_in_every_proposal(question: Instance) -> None:
    """G1 only eligible pairs, G2 no more than the places, G8 what stands is not touched, G9 nobody is left unsaid."""
    found = solve(question)
    assert set(found.matches) <= set(rows(question))
    taken = [pair.mentor for pair in question.existing] + [match.mentor for match in found.matches]
    for mentor in {match.mentor for match in found.matches}:
        assert taken.count(mentor) <= question.capacity[mentor]
    standing = {pair.mentee for pair in question.existing}
    assert standing.isdisjoint(match.mentee for match in found.matches)
    said = [match.mentee for match in found.matches] + list(found.unmatched)
    assert sorted(said) == sorted(mentee for mentee in question.mentees if mentee not in standing)


@given(questions(), st.randoms(use_true_random=False))
def test_the_order_of_rows_decides_nothing(question: Instance, chance: random.Random) -> None:
    """G7: only the order of the mentees says something, for it is the line they stand in."""
    capacity, eligible, existing = list(question.capacity.items()), rows(question), list(question.existing)
    for one in (capacity, eligible, existing):
        chance.shuffle(one)
    assert solve(Instance.of(question.mentees, dict(capacity), eligible, existing)) == solve(question)


@given(questions())
def test_people_whom_nobody_can_meet_change_nothing(question: Instance) -> None:
    mentees = [*question.mentees, "nobody's"]
    capacity = {"for nobody": 3, **question.capacity, "full": 0}
    eligible = [*rows(question), *((mentee, "full", 1000) for mentee in mentees)]
    found = solve(Instance.of(mentees, capacity, eligible, question.existing))
    assert found.matches == solve(question).matches
    assert found.unmatched == (*solve(question).unmatched, "nobody's")


def crowd(seed: int, *, mentees: int, mentors: int, each: int, both: int = 0) -> Instance:
    """A large question; ``both`` of the mentors wait for a mentor themselves."""
    chance = random.Random(seed)  # noqa: S311 - people of a test
    waiting = [f"mentee {number}" for number in range(mentees - both)] + [f"mentor {number}" for number in range(both)]
    chance.shuffle(waiting)
    capacity = {f"mentor {number}": chance.choice([0, 1, 1, 2, 3]) for number in range(mentors)}
    eligible = [
        (mentee, mentor, chance.randint(250, 1000))
        for mentee in waiting
        for mentor in chance.sample(list(capacity), each)
        if mentor != mentee
    ]
    return Instance.of(waiting, capacity, eligible)


def test_a_price_for_each_mentor_shows_that_no_total_is_higher() -> None:
    """With such prices each has the best they can pay for: whoever adds them up finds no higher total (duality)."""
    for seed in range(5):
        found = flow.assign(open_market(crowd(seed, mentees=300, mentors=140, each=40)))
        market, served = found.market, found.chosen >= 0
        spare = np.full(len(served), -(10**9))
        np.maximum.at(spare, market.tail, market.fit - found.price[market.head])
        assert found.total == spare[served].sum() + (market.free * found.price).sum()


def test_very_large_costs_are_solved_in_two_steps_to_the_same_end(monkeypatch: pytest.MonkeyPatch) -> None:
    question = crowd(1, mentees=120, mentors=60, each=8)
    once = solve(question)
    monkeypatch.setattr(flow, "EXACT", 0)
    assert solve(question) == once


def test_where_all_are_mentor_and_mentee_nobody_walks_beside_their_own_mentor() -> None:
    found = solve(crowd(7, mentees=60, mentors=60, each=20, both=60))
    pairs = {Pair(match.mentee, match.mentor) for match in found.matches}
    assert pairs
    assert not any(Pair(mentor, mentee) in pairs for mentee, mentor in pairs)


def test_past_its_work_the_rule_still_holds_and_the_answer_says_it_is_not_proven(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    everybody = [f"person {number}" for number in range(20)]
    fits = {frozenset((one, other)): 500 for one in everybody for other in everybody}
    for number in range(0, 20, 2):
        fits[frozenset(everybody[number : number + 2])] = 900
    eligible = [(one, other, fits[frozenset((one, other))]) for one in everybody for other in everybody if one != other]
    question = Instance.of(everybody, dict.fromkeys(everybody, 1), eligible)
    for work in (0, 50_000):
        monkeypatch.setattr("community.matching.solver.mutual.WORK", work)
        found = solve(question)
        pairs = {Pair(match.mentee, match.mentor) for match in found.matches}
        assert not any(Pair(mentor, mentee) in pairs for mentee, mentor in pairs)
        assert (len(found.matches), found.proven) == (20, False)
        assert found.total <= found.most


def test_one_mentor_for_five_hundred_goes_to_who_waited_longest() -> None:
    mentees = [f"mentee {number}" for number in range(500)]
    found = solve(
        Instance.of(mentees, {"ben": 1}, [(mentee, "ben", 1000 - (place == 0)) for place, mentee in enumerate(mentees)])
    )
    assert found.matches == (("mentee 0", "ben", 999),)
    assert found.unmatched == tuple(mentees[1:])


def test_without_mentors_or_places_everybody_is_named_as_left() -> None:
    assert solve(Instance.of(["ana", "eli"], {}, [])) == Proposal((), ("ana", "eli"), 0)
    full = Instance.of(["ana", "eli"], {"ben": 1}, [("ana", "ben", 900)], [("eli", "ben")])
    assert solve(full) == Proposal((), ("ana",), 0)


def test_one_who_looks_again_needs_no_solver_and_gets_the_same_answer() -> None:
    for seed in range(20):
        question = crowd(seed, mentees=1, mentors=9, each=7)
        market = open_market(question)
        (pair,) = flow.assign(market).pairs if any(question.free[mentor] for _, mentor, _ in rows(question)) else [None]
        expected = () if pair is None else (market.mentors[market.head[pair]],)
        assert tuple(match.mentor for match in solve(question).matches) == expected


@given(
    st.lists(st.text(), unique=True, min_size=1, max_size=5), st.lists(st.text(), unique=True, min_size=1, max_size=5)
)
def test_a_tie_is_the_same_for_one_pair_and_for_a_column(mentees: list[str], mentors: list[str]) -> None:
    eligible = [(mentee, mentor, 1) for mentee in mentees for mentor in mentors]
    market = open_market(Instance.of(mentees, dict.fromkeys(mentors, 1), eligible))
    named = zip(market.tail, market.head, market.tie, strict=True)
    assert all(tie == ties.tie(market.mentees[tail], market.mentors[head]) for tail, head, tie in named)


@pytest.mark.parametrize(
    "wrong",
    [
        {"mentees": ["ana", "ana"]},
        {"capacity": {"ben": -1}},
        {"eligible": [("eli", "ben", 1)]},
        {"eligible": [("ana", "cy", 1)]},
        {"eligible": [("ana", "ben", 1001)]},
        {"eligible": [("ana", "ben", 1), ("ana", "ben", 2)]},
    ],
)
def test_a_question_that_contradicts_itself_is_refused(wrong: dict[str, Any]) -> None:
    right: dict[str, Any] = {"mentees": ["ana"], "capacity": {"ben": 1}, "eligible": [("ana", "ben", 1)]}
    assert solve(Instance.of(**right)).total == 1
    with pytest.raises(Unusable):
        Instance.of(**{**right, **wrong})


def test_a_web_process_loads_no_solver() -> None:
    """OR-tools and what it brings are large: only what solves may load them."""
    script = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'community.settings.test'\n"
        "import realtime.asgi, community.urls, community.matching.solver.solving, community.matching.solver.files\n"
        "from django.urls import get_resolver; get_resolver().url_patterns\n"
        "from community.management.commands import match\n"
        "print(sorted({'ortools', 'numpy', 'pandas'} & {name.partition('.')[0] for name in sys.modules}))"
    )
    said = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"

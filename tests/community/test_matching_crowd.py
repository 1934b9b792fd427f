"""Many people at once come to exactly what each two of them come to, whatever the order of rows."""

import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.matching.codes import broken
from community.matching.crowd import instances, left
from community.matching.crowd.instances import columns_of, instance_of
from community.matching.crowd.lists import Lists, lists
from community.matching.facts import Bonds, MenteeFacts, MentorFacts, Policy
from community.matching.fit import fit
from community.matching.solver.instance import Eligible, Instance
from community.matching.solver.leftover import alone
from community.matching.solver.shortlists import Shortlists, shortlists
from community.matching.solver.solving import solve
from tests.community.crowds import MONDAY, policies, town
from tests.community.promises import trial, violations

pytestmark = pytest.mark.once

CHANGED_CLOCK = datetime(2026, 10, 30, 8, 0, 7, 9, tzinfo=UTC)  # and no whole minute
type Town = tuple[list[MenteeFacts], list[MentorFacts], Bonds]
towns = st.builds(town, st.randoms(use_true_random=False), st.integers(0, 12), st.integers(0, 8))


def seeded(number: int) -> random.Random:
    return random.Random(number)  # noqa: S311 - people who are made up


def rows(question: Instance) -> list[tuple[str, str, int]]:
    mentors = tuple(question.capacity)
    return sorted((question.mentees[tail], mentors[head], fit) for tail, head, fit in zip(*question.pairs, strict=True))


def by_pairs(town: Town, policy: Policy, week_of: datetime = MONDAY) -> list[tuple[str, str, int]]:
    """The eligible pairs and their fit, each two people looked at alone."""
    mentees, mentors, bonds = town
    return sorted(
        (mentee.person, mentor.person, fit(mentee, mentor, week_of).total)
        for mentee, mentor in product(mentees, mentors)
        if not broken(mentee, mentor, bonds=bonds, policy=policy, week_of=week_of)
    )


def asked(town: Town, policy: Policy | None = None, week_of: datetime = MONDAY) -> Instance:
    mentees, mentors, bonds = town
    return instance_of(columns_of(mentees, mentors, bonds=bonds, policy=policy or Policy(), week_of=week_of))


def test_no_promise_is_broken_in_forty_towns() -> None:
    """As `make bench WHAT=promises` counts it over ten thousand."""
    for one in map(trial, range(40)):
        assert not any(violations(one, solve(one.question), shortlists(one.question)).values())


def test_a_broken_promise_is_counted() -> None:
    one = next(one for one in map(trial, range(100)) if solve(one.question).matches and one.standing)
    found, cards = solve(one.question), Shortlists({}, ())
    match, standing = found.matches[0], min(one.standing)
    everybody = Bonds(blocked=frozenset({frozenset(match[:2])}))
    assert violations(replace(one, bonds=everybody), found, cards)["G1"] == 1
    places = dict(one.question.capacity) | {match.mentor: 0}
    assert violations(replace(one, question=replace(one.question, capacity=places)), found, cards)["G2"] == 1
    taken = replace(found, matches=(*found.matches, Eligible(standing.mentee, match.mentor, 500)))
    assert violations(one, taken, cards)["G8"] == 1
    assert violations(one, replace(found, matches=(match, match)), cards)["G8"] == 1


def few(town: Town, most: int | None, policy: Policy | None = None) -> tuple[Lists, list[tuple[str, str, int]]]:
    """The lists of these lengths, and all pairs there are."""
    mentees, mentors, bonds = town
    columns = columns_of(mentees, mentors, bonds=bonds, policy=policy or Policy(), week_of=MONDAY)
    return lists(columns, most=most), by_pairs(town, policy or Policy())


@given(towns, policies, st.sampled_from([MONDAY, CHANGED_CLOCK]))
def test_many_come_to_what_each_two_come_to(town: Town, policy: Policy, week_of: datetime) -> None:
    assert rows(asked(town, policy, week_of)) == by_pairs(town, policy, week_of)


def test_a_whole_town_comes_to_what_each_two_come_to() -> None:
    people = town(seeded(5), 100, 100)
    found = rows(asked(people))
    assert found == by_pairs(people, Policy())
    assert len(found) > 90


@given(towns, st.integers(1, 3), st.integers(1, 40))
def test_the_best_of_each_side_are_on_the_lists_however_they_are_cut(town: Town, most: int, cells: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("community.matching.crowd.lists.CELLS", cells)
        patch.setattr("community.matching.crowd.lists.KEPT", cells)
        found, everything = few(town, most)
    columns = {mentee.person: place for place, mentee in enumerate(town[0])}
    offered = {one.person: place for place, one in enumerate(sorted(town[1], key=lambda one: (one.person, one.id)))}
    listed = set(zip(found.tail.tolist(), found.head.tolist(), found.fit.tolist(), strict=True))
    numbered = [(columns[mentee], offered[mentor], fit) for mentee, mentor, fit in everything]
    assert listed <= set(numbered)
    places = {offered[one.person]: one.free for one in town[1]}
    lengths = {(0, pair[0]): most for pair in numbered} | {(1, pair[1]): most * places[pair[1]] for pair in numbered}
    for (side, one), length in lengths.items():
        theirs = sorted((pair for pair in numbered if pair[side] == one), key=lambda pair: -pair[2])
        best = theirs[:length]
        assert {pair for pair in theirs if pair[2] > best[-1][2]} <= listed
        assert len(listed & set(theirs)) >= len(best)


@given(towns)
def test_short_lists_serve_the_same_people_as_all_pairs(town: Town) -> None:
    everybody = {one.person for one in town[0]} & {one.person for one in town[1]}
    apart = (
        [one for one in town[0] if one.person not in everybody],
        *town[1:],
    )  # nobody on both sides: then it is exact
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(instances, "EXACT", 0)
        patch.setattr(instances, "MOST", 1)
        short = solve(asked(apart))
    assert short.unmatched == solve(asked(apart)).unmatched


@settings(max_examples=50)
@given(towns, st.randoms(use_true_random=False), st.sampled_from([0, 1000]))
def test_the_order_of_rows_twice_the_same_and_people_whom_nobody_can_meet_change_nothing(
    town: Town, chance: random.Random, exact: int
) -> None:
    mentees, mentors, bonds = town
    others = [MentorFacts(id="nobody's", person="nobody's", program="elsewhere", track="dual", free=5, places=5)]
    again = [*mentors, *others, *chance.choices(mentors, k=3)] if mentors else others
    chance.shuffle(again)
    unmeetable = MenteeFacts(id="left", person="left", program="elsewhere", track="dual", opted_in=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(instances, "EXACT", exact)
        patch.setattr(instances, "MOST", 1)
        before, after = asked(town), asked(([*mentees, unmeetable, *mentees], again, bonds))
    assert rows(before) == rows(after)
    assert solve(before).matches == solve(after).matches


def test_somebody_who_waits_longer_is_served_though_the_lists_would_leave_them_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With lists of one, two people of this town would have to change for it, over pairs that are on no list."""
    people = town(seeded(15), 150, 40)
    monkeypatch.setattr(instances, "EXACT", 0)
    monkeypatch.setattr(instances, "MOST", 1)
    lacking: list[Any] = []
    monkeypatch.setattr(instances, "_fit", counted(instances._fit, lacking))
    short = solve(asked(people))
    monkeypatch.setattr(instances, "EXACT", 1000)
    whole = solve(asked(people))
    assert lacking
    assert (len(short.matches), short.unmatched) == (len(whole.matches), whole.unmatched)


def counted(ask: Any, calls: list[Any]) -> Any:
    def asking(*given: Any) -> Any:
        calls.append(given)
        return ask(*given)

    return asking


def test_a_week_of_whole_minutes_adds_up_exactly() -> None:
    people = town(seeded(3), 40, 40)
    columns = columns_of(people[0], people[1], bonds=Bonds(), policy=Policy(), week_of=MONDAY)
    assert columns.hours.long.dtype == np.float32
    later = columns_of(people[0], people[1], bonds=Bonds(), policy=Policy(), week_of=MONDAY + timedelta(seconds=1))
    assert later.hours.long.dtype == np.float64


def test_to_judge_two_people_no_columns_are_loaded() -> None:
    asks = "import sys, community.matching.fit, community.matching.codes; print('numpy' in sys.modules)"
    command = [sys.executable, "-c", asks]
    said = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"


@given(towns, policies)
def test_the_one_rule_in_the_way_is_told_of_many_as_of_few(town: Town, policy: Policy) -> None:
    mentees, mentors, bonds = town
    columns = columns_of(mentees, mentors, bonds=bonds, policy=policy, week_of=MONDAY)
    few = alone(columns.mentees, columns.mentors, bonds=bonds, policy=policy, week_of=MONDAY)
    many = left.alone(columns, range(len(columns.mentees)))
    assert many == few

"""Who is left and what would help, and the cards people choose from."""

import json
import random
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from community.matching.codes import Code
from community.matching.facts import Bonds, MenteeFacts, MentorFacts, Policy, Window, Wish, WishKind
from community.matching.solver import apart, files
from community.matching.solver.apart import solve_within
from community.matching.solver.instance import Eligible, Instance
from community.matching.solver.leftover import alone, kinds, left
from community.matching.solver.shortlists import CARDS, LISTS_A_PLACE, shortlists
from community.matching.solver.solving import solve

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
EVENING = (Window(1, 1080, 1200, "UTC"),)
ANA = MenteeFacts(
    id="ana", person="ana", program="evening", track="addiction", opted_in=True, languages=("es",), windows=EVENING
)
BEN = MentorFacts(
    id="ben", person="ben", program="evening", track="addiction", opted_in=True, languages=("en",), windows=EVENING,
    adult=True, approved=True, available=True, free=1, places=2, tenure_days=400,
)  # fmt: skip


@st.composite
def crowds(draw: st.DrawFn) -> Instance:
    mentees = [f"mentee {number}" for number in range(draw(st.integers(0, 7)))]
    capacity = {f"mentor {number}": draw(st.integers(0, 2)) for number in range(draw(st.integers(0, 4)))}
    pairs = [(mentee, mentor) for mentee in mentees for mentor in capacity]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return Instance.of(mentees, capacity, [(*pair, draw(st.integers(0, 1000))) for pair in chosen])


# --- who is left -----------------------------------------------------------------------------------------------------


@given(crowds())
def test_one_more_place_helps_where_it_is_said_and_nowhere_else(crowd: Instance) -> None:
    proposal = solve(crowd)
    rows = left(crowd, proposal)
    assert [row.mentee for row in rows] == list(proposal.unmatched)
    named = {mentor for row in rows for mentor in row.one_more_place}
    for mentor in crowd.capacity:
        more = replace(crowd, capacity={**crowd.capacity, mentor: crowd.capacity[mentor] + 1})
        gained = len(solve(more).matches) - len(proposal.matches)
        assert gained == (mentor in named)


def test_the_command_explains_who_is_left(tmp_path: Path) -> None:
    asked = {
        "mentees": ["ana", "eli", "fay"],
        "mentors": [{"id": "ben", "capacity": 1}],
        "eligible": [["ana", "ben", 700], ["eli", "ben", 800]],
        "existing_active": [],
        "days_waiting": {"ana": 9, "eli": 4},
    }
    path, said = tmp_path / "one.json", StringIO()
    path.write_text(json.dumps([asked]), encoding="utf-8")
    call_command("match", "--dry-run", str(path), "--explain", stdout=said)
    assert json.loads(said.getvalue()) == [{
        "matches": [["ana", "ben"]],
        "unmatched": ["eli", "fay"],
        "total_score": 700,
        "explanation": {
            "proven": True,
            "total_score_at_most": 700,
            "longest_wait_left": 4,
            "left": [
                {"mentee": "eli", "why": "places_taken", "one_more_place_at": ["ben"]},
                {"mentee": "fay", "why": "nobody_fits", "one_more_place_at": []},
            ],
            "one_more_place": [{"mentor": "ben", "would_help_one_of": 1}],
        },
    }]  # fmt: skip


def test_three_people_fail_only_on_spanish() -> None:
    mentees = [replace(ANA, id=f"ana {number}", person=f"ana {number}") for number in range(3)]
    both = replace(ANA, id="eli", person="eli", windows=())  # neither a language nor an hour
    (row,) = alone([*mentees, both], [BEN], bonds=Bonds(), policy=Policy(), week_of=MONDAY)
    assert (row.code, row.about, row.mentees) == (Code.LANGUAGE, ("es",), ("ana 0", "ana 1", "ana 2"))


def test_what_staff_are_not_told_of_a_pair_is_in_no_row() -> None:
    speaks = replace(BEN, languages=("es",))
    two = frozenset({frozenset({"ana", "ben"})})
    for mentee, mentor, bonds in (
        (ANA, replace(speaks, tenure_days=3), Bonds()),
        (replace(ANA, gender_wish=Wish(WishKind.NEED, frozenset({"woman"}))), speaks, Bonds()),
        (ANA, speaks, Bonds(blocked=two)),
        (ANA, speaks, Bonds(conflicts=two)),
        (ANA, speaks, Bonds(no_rematch=two)),
    ):
        assert alone([mentee], [mentor], bonds=bonds, policy=Policy(), week_of=MONDAY) == ()


def test_the_kind_of_mentor_that_would_suit_most_comes_first() -> None:
    woman = Wish(WishKind.NEED, frozenset({"woman"}))
    people = [
        replace(ANA, id="one"),
        replace(ANA, id="two", languages=("es", "en")),
        replace(ANA, id="three", gender_wish=woman),
    ]
    told = [(row.program, row.language, row.gender, row.mentees) for row in kinds(people)]
    assert told == [
        ("evening", "es", "woman", ("one", "two", "three")),
        ("evening", "es", "", ("one", "two")),
        ("evening", "en", "", ("two",)),
    ]


# --- the cards -------------------------------------------------------------------------------------------------------


@given(crowds())
def test_no_mentor_is_on_more_than_three_lists_a_free_place_unless_somebody_had_none(crowd: Instance) -> None:
    """G10, and nobody whom somebody could meet is without a card."""
    found = shortlists(crowd)
    free = crowd.free
    mentors = list(crowd.capacity)
    could = {crowd.mentees[tail] for tail, head, _fit in zip(*crowd.pairs, strict=True) if free[mentors[head]]}
    assert set(found.cards) == could
    assert all(0 < len(cards) <= CARDS for cards in found.cards.values())
    assert all(len({card.mentor for card in cards}) == len(cards) for cards in found.cards.values())
    within = Counter(
        card.mentor for mentee, cards in found.cards.items() if mentee not in found.lifted for card in cards
    )
    assert all(number <= LISTS_A_PLACE * free[mentor] for mentor, number in within.items())


@given(crowds(), st.randoms(use_true_random=False))
def test_cards_do_not_depend_on_the_order_of_rows(crowd: Instance, chance: random.Random) -> None:
    mentors = list(crowd.capacity)
    rows = [(crowd.mentees[tail], mentors[head], fit) for tail, head, fit in zip(*crowd.pairs, strict=True)]
    chance.shuffle(rows)
    chance.shuffle(mentors)
    again = Instance.of(crowd.mentees, {mentor: crowd.capacity[mentor] for mentor in mentors}, rows)
    assert shortlists(again) == shortlists(crowd)


def test_nobody_gets_a_third_card_where_another_could_have_a_second() -> None:
    mentees = ["ana", "eli", "fay"]
    eligible = [(mentee, mentor, 500 + 100 * (mentee == "ana")) for mentee in mentees for mentor in ("ben", "cy")]
    found = shortlists(Instance.of(mentees, {"ben": 1, "cy": 1}, eligible))
    assert {mentee: len(cards) for mentee, cards in found.cards.items()} == {"ana": 2, "eli": 2, "fay": 2}
    assert found.lifted == ()


def test_the_cap_is_lifted_for_who_would_have_no_card_and_that_is_said() -> None:
    mentees = [f"mentee {number}" for number in range(5)]
    found = shortlists(Instance.of(mentees, {"ben": 1}, [(mentee, "ben", 500) for mentee in mentees]))
    assert all(len(found.cards[mentee]) == 1 for mentee in mentees)
    assert found.lifted == ("mentee 3", "mentee 4")


# --- at its time -----------------------------------------------------------------------------------------------------


@given(crowds())
def test_what_is_written_for_another_process_is_read_as_it_was(crowd: Instance) -> None:
    assert files.read(json.dumps(files.written(crowd))) == crowd


def test_a_process_of_its_own_gives_the_same_proposal() -> None:
    crowd = Instance.of(["ana", "josé"], {"ben": 1, "cy": 1}, [("ana", "ben", 700), ("josé", "ben", 900)])
    assert solve_within(crowd, seconds=60) == (solve(crowd), False)


def test_a_solver_that_takes_too_long_leaves_what_still_holds_of_the_last_proposal() -> None:
    crowd = Instance.of(
        ["ana", "eli", "fay", "gus", "hal"],
        {"ben": 1, "cy": 2, "hal": 1, "ana": 1},
        [("ana", "ben", 700), ("eli", "ben", 600), ("fay", "cy", 500), ("gus", "cy", 800), ("hal", "ana", 9)],
        [("gus", "cy"), ("ana", "hal")],
    )
    last = (
        Eligible("ana", "ben", 700),  # has a mentor since
        Eligible("eli", "ben", 400),  # fits better since
        Eligible("fay", "ben", 650),  # is not eligible any more
        Eligible("gus", "cy", 800),  # has that very mentor since
        Eligible("hal", "ana", 9),  # walks beside ana since
    )
    proposal, stands = solve_within(crowd, seconds=0.001, last=last)
    assert stands
    assert proposal.matches == (Eligible("eli", "ben", 600),)
    assert proposal.unmatched == ("fay", "hal")
    assert not proposal.proven


def test_a_solver_that_breaks_down_leaves_the_last_proposal_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "COMMAND", (sys.executable, "-c", "raise SystemExit(1)"))
    crowd = Instance.of(["ana", "eli"], {"ben": 1}, [("ana", "ben", 700), ("eli", "ben", 700)])
    last = (Eligible("ana", "ben", 700), Eligible("eli", "ben", 700))
    assert solve_within(crowd, seconds=60, last=last).proposal.matches == (Eligible("ana", "ben", 700),)


@given(crowds(), st.integers(0, 3))
def test_a_proposal_for_all_is_on_everybodys_card_and_lists_that_stand_count(crowd: Instance, standing: int) -> None:
    proposal = solve(crowd)
    listed = dict.fromkeys(crowd.capacity, standing)
    dealt = shortlists(crowd, first=[match[:2] for match in proposal.matches], listed=listed)
    cards = {pair for mine in dealt.cards.values() for pair in mine}
    assert set(proposal.matches) <= cards
    assert all(len(mine) == len(set(mine)) <= CARDS for mine in dealt.cards.values())
    named = set(dealt.lifted)
    matched = Counter(match.mentor for match in proposal.matches)
    on = Counter(pair.mentor for pair in cards if pair.mentee not in named)
    for mentor, number in on.items():
        assert number <= max(LISTS_A_PLACE * crowd.free[mentor] - standing, matched[mentor])

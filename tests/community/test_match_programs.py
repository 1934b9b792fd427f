"""Somebody in several programs is one person: a mentor's places and lists are theirs, whatever program they are in."""

import pytest

from community.foundation.errors import Conflict
from community.matches import services as matches
from community.matches.desk.line import lists_of
from community.matches.desk.many import proposed
from community.matches.desk.outcome import worked_out
from community.matches.plans.codes import LISTS_A_PLACE, State
from community.matches.reading.board import board_of
from community.matches.reading.outcomes import LEAST, load_of
from community.mentoring.models import Mentor, MentorRequest
from groups.demo.services import World
from tests.community.desk import newcomer, words
from tests.community.matches import also_in, another, matched
from tests.community.mentoring import active, applied, asked
from tests.community.test_match_outcomes import TOO_FEW

PEOPLE = "/mentoring/people/"


def test_a_mentor_of_two_programs_reads_one_number_of_places_and_each_person_once(world: World) -> None:
    mentor = active(world)
    also_in(mentor, world.other, capacity=1)
    matched(asked(world.ana, world.evening), mentor)
    assert "Places taken: 1 of 2." in words(world.ben, PEOPLE)


def test_who_is_no_mentor_yet_has_no_places(world: World) -> None:
    applied(world)
    assert "Places taken" not in words(world.ben, PEOPLE)


def test_the_load_counts_whom_a_mentor_has_in_every_program_as_the_board_does(world: World) -> None:
    mentor = active(world, capacity=5)
    there = also_in(mentor, world.other, capacity=5)
    for number in range(3):
        matched(asked(newcomer(number, world.mornings), world.other), there)
    for number in range(LEAST):
        another(world, f"Guest {number}")
    row = next(one for one in board_of(world.dana, world.evening).mentors if one.mentor == mentor)
    assert (row.taken, row.busy) == (3, True)
    assert [one.answer for one in load_of(world.evening)] == [TOO_FEW, "0", "0", TOO_FEW]


def crowded(world: World) -> tuple[MentorRequest, Mentor, Mentor]:
    """Ana hopes for somebody; Ben, who has one place, stands on as many lists elsewhere as it bears; Rue on none."""
    mentor = active(world, capacity=1)
    there = also_in(mentor, world.other)
    for number in range(LISTS_A_PLACE):
        matched(asked(newcomer(number, world.mornings), world.other), there, State.SHORTLISTED)
    return asked(world.ana, world.evening), mentor, another(world, "Rue")


def test_lists_in_every_program_are_counted_as_the_persons_own(world: World) -> None:
    _request, mentor, rue = crowded(world)
    assert lists_of([mentor.person_id, rue.person_id]) == {mentor.person_id: LISTS_A_PLACE}


def test_nobody_suggests_by_hand_who_stands_on_as_many_lists_elsewhere_as_their_places_bear(world: World) -> None:
    request, mentor, rue = crowded(world)
    matches.propose(request=request, mentor=rue, by=world.dana)
    with pytest.raises(Conflict) as refused:
        matches.propose(request=request, mentor=mentor, by=world.dana)
    assert refused.value.code == "crowded"


def test_of_many_pairs_none_is_of_who_stands_on_as_many_lists_elsewhere_as_their_places_bear(world: World) -> None:
    request, mentor, rue = crowded(world)
    made = proposed([(request.pk, rue.pk), (request.pk, mentor.pk)], by=None)
    assert [one.guide for one in made] == [rue.person]


def test_a_proposal_for_all_deals_no_second_card_of_who_stands_on_as_many_lists_elsewhere(world: World) -> None:
    request, _ben, rue = crowded(world)
    for row in (request, rue):
        row.valued = "hiking"
        row.save()
    ((_request, cards),) = worked_out(world.evening).cards
    assert [one for one, _fit in cards] == [str(rue.pk)]

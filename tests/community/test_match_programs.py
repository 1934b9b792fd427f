"""Somebody in several programs is one person: a mentor's places and lists are theirs, whatever program they are in."""

from typing import Any
from uuid import UUID

import pytest

from community.foundation.errors import Conflict
from community.keep_apart import services as keep_apart
from community.keep_apart.models import Kind
from community.matches import services as matches
from community.matches.desk import broken_between, mentees_of, mentors_of, policy_for
from community.matches.desk.facts import coming_week
from community.matches.desk.line import lists_of, ready_for
from community.matches.desk.many import best_for, proposed
from community.matches.desk.outcome import worked_out
from community.matches.models import Match
from community.matches.plans.codes import CARDS, LISTS_A_PLACE, State
from community.matches.reading.board import board_of
from community.matches.reading.outcomes import LEAST, load_of
from community.matches.reading.suggesting import suggestions_for
from community.matching import fit as fitting
from community.matching.solver.ties import tie
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor, MentorRequest
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import StaffRole
from groups.demo.services import World
from tests.community.desk import newcomer, sent, words
from tests.community.matches import afternoons, also_in, another, match_at, matched
from tests.community.mentoring import active, applied, asked
from tests.community.test_match_outcomes import TOO_FEW
from tests.doors import Script, problem

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


def across(world: World) -> tuple[MentorRequest, Mentor]:
    """Ana would meet somebody of another program, and Sol, a mentor in the afternoons alone, as well."""
    active(world)
    sol = another(world, "Sol")
    program = afternoons(world)
    there = also_in(sol, program, across=True)
    sol.delete()
    return asked(world.ana, world.evening, across=True), there


def named(request: MentorRequest, reader: Person, **more: Any) -> list[tuple[str, bool, bool]]:
    return [(one.mentor.person.alias, one.allowed, one.elsewhere) for one in suggestions_for(request, reader, **more)]


def test_who_would_come_from_another_program_is_suggested_by_hand_as_the_best_three_are(world: World) -> None:
    request, sol = across(world)
    assert sorted(named(request, world.dana)) == [("Ben", True, False), ("Sol", True, True)]
    at = f"/desk/matching/requests/{request.pk}/"
    assert "Of another program" in words(world.dana, at)
    assert sent(world.dana, at, mentor=str(sol.pk), note="").status_code == 302
    assert Match.objects.get().guide == sol.person
    matches.reject(match=Match.objects.get(), by=world.dana)
    dana, path = Script(world.dana), f"mentoring/desk/requests/{request.pk}/suggestions"
    assert [one["mentor"] for one in dana.get(path).json()["results"] if one["elsewhere"]] == [str(sol.pk)]
    assert dana.post(path, {"mentor": str(sol.pk)}).status_code == 201


def test_who_may_not_and_is_of_another_program_is_not_named(world: World) -> None:
    request, sol = across(world)
    people.block(person=sol.person, other=world.ana)
    assert named(request, world.dana) == [("Ben", True, False)]
    people.block(person=world.ben, other=world.ana)
    assert named(request, world.dana) == [("Ben", False, False)]


def test_of_other_programs_nobody_is_shown_for_who_would_meet_their_own_alone(world: World) -> None:
    request, sol = across(world)
    mentoring.change_request(person=world.ana, request=request, wanted={"across": False})
    assert named(MentorRequest.objects.to_show().get(pk=request.pk), world.dana) == [("Ben", True, False)]
    refused = Script(world.dana).post(f"mentoring/desk/requests/{request.pk}/suggestions", {"mentor": str(sol.pk)})
    problem(refused, 404, "not_found")


def test_nobody_suggests_across_programs_somebody_they_have_a_tie_to(world: World) -> None:
    request, sol = across(world)
    lee = people.create(alias="Lee", address="lee@porchlight.test")
    programs.appoint(person=lee, program=world.evening, role=StaffRole.COORDINATOR)
    assert len(named(request, lee)) == 2
    programs.graduate(enrollment=programs.enroll(person=sol.person, cohort=world.cohort))
    keep_apart.keep_apart(one=lee, other=sol.person, kind=Kind.FAMILY, reason="", by=world.dana)
    assert named(request, lee) == [("Ben", True, False)]


def test_a_mentor_of_two_programs_is_shown_once(world: World) -> None:
    request = asked(world.ana, world.evening, across=True)
    also_in(active(world, across=True), afternoons(world))
    assert named(request, world.dana) == [("Ben", True, False)]
    people.block(person=world.ana, other=world.ben)
    assert named(request, world.dana) == [("Ben", False, False)]


def test_somebody_of_another_program_may_stand_in(world: World) -> None:
    request, sol = across(world)
    row = match_at(world, State.ACTIVE, request=request, mentor=Mentor.objects.get(person=world.ben))
    assert ("Sol", True, True) in named(row.request, world.dana, covers=row)
    made = Script(world.dana).post(f"mentoring/desk/matches/{row.pk}/stand-in", {"mentor": str(sol.pk)})
    assert (made.status_code, made.json()["kind"]) == (201, "cover")


NOBODY: dict[str, dict[str, Any]] = {
    "Not now": {"not_now": True}, "No place": {"capacity": 0}, "Approved": {"approved_until": None},
    "Cleared": {"cleared_until": None, "approved_until": None}, "Away": {"state": "paused"},
    "Korean": {"languages": ["ko"]}, "Retired": {"state": "retired"}, "No hours": {"hours": []},
    "Needs": {"wish_kind": "need", "wish_of": ["woman"]},
}  # fmt: skip


def every_one_judged(request: MentorRequest) -> list[str]:
    """The three best by the rules and the fit of each two alone, of everybody who ever was a mentor."""
    (mentee,), week = mentees_of([request]), coming_week()
    fits: dict[UUID, tuple[int, int]] = {}
    for mentor in Mentor.objects.to_show():
        if not broken_between(request, mentor):
            (guide,) = mentors_of([mentor])
            fit = fitting.fit(mentee, guide, week).total, tie(mentee.person, guide.person)
            fits[mentor.person_id] = max(fit, fits.get(mentor.person_id, fit))
    best = sorted(fits, key=lambda one: fits[one], reverse=True)[:CARDS]
    return [Person.objects.get(pk=one).alias for one in best]


@pytest.mark.parametrize("may_cross", [False, True])
def test_the_best_three_are_those_of_everybody_however_few_are_read(world: World, *, may_cross: bool) -> None:
    active(world)
    for alias, changed in NOBODY.items():
        Mentor.objects.filter(pk=another(world, alias).pk).update(**changed)
    for number, ways in enumerate(([], ["smart"], ["smart", "faith"], ["faith"])):
        Mentor.objects.filter(pk=another(world, f"Good {number}").pk).update(pathways=ways)
    gone = another(world, "Gone").person
    Person.objects.filter(pk=gone.pk).update(suspended=True)
    for program in (afternoons(world), world.other):
        for alias in ("Good 1", "Good 3"):
            mentor = Mentor.objects.get(person__alias=alias, program=world.evening)
            also_in(mentor, program, across=True, pathways=["smart", "faith"])
    request = asked(world.ana, world.evening, across=may_cross, pathways=["smart", "faith"])
    best = Mentor.objects.in_bulk(best_for(request))
    found = [best[one].person.alias for one in best_for(request)]
    read = {one.person.alias for one in ready_for(request, policy_for(world.evening))}
    assert read == {"Ben", "No hours", "Needs", "Gone", *(f"Good {number}" for number in range(4))}
    assert found == every_one_judged(request)
    assert len(found) == CARDS

"""From rows to what the rules are told: everything that is known of two people, in as many questions for many."""

from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.foundation import clock
from community.matches.desk import bonds_among, broken_between, mentees_of, mentors_of, policies_for, policy_for
from community.matches.plans.codes import OPEN, PLACED, State
from community.matching.codes import Code
from community.matching.facts import Window, Wish, WishKind
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor, MentorRequest
from community.milestones import services as milestones
from community.people import services as people
from community.people.models import Identity, Person
from community.programs import services as programs
from community.programs.models import StaffRole
from groups.demo.services import World
from tests.community.matches import also_in, matched
from tests.community.mentoring import active, again, asked


def two(one: Person, other: Person) -> frozenset[str]:
    return frozenset({str(one.pk), str(other.pk)})


def shown(request: MentorRequest) -> MentorRequest:
    found: MentorRequest = MentorRequest.objects.to_show().get(pk=request.pk)
    return found


def told(mentor: Mentor) -> dict[str, object]:
    (fact,) = mentors_of([again(mentor)])
    return {one.name: getattr(fact, one.name) for one in fields(fact)}


def codes(request: MentorRequest, mentor: Mentor) -> frozenset[Code]:
    return broken_between(shown(request), again(mentor))


def test_ana_and_ben_break_no_rule(world: World) -> None:
    assert codes(asked(world.ana, world.evening), active(world)) == frozenset()


def test_a_mentee_is_told_whole(world: World) -> None:
    row = asked(
        world.ana, world.evening, languages=["en", "es"], gender="woman", wish_kind="need", wish_of=["woman"],
        pathways=["smart"], style="listener", zone="America/Chicago", across=True, life_stages=["A Mother"],
        values=["Hiking"],
    )  # fmt: skip
    identity = Identity(person=world.ana)
    identity.keep(birth_date=date(1990, 5, 1))
    identity.save()
    (fact,) = mentees_of([shown(row)])
    assert (fact.id, fact.person, fact.program) == (str(row.pk), str(world.ana.pk), str(world.evening.pk))
    assert (fact.track, fact.across, fact.opted_in) == (world.evening.track, True, True)
    assert (fact.languages, fact.gender, fact.style, fact.birth_year) == (("en", "es"), "woman", "listener", 1990)
    assert fact.gender_wish == Wish(WishKind.NEED, frozenset({"woman"}))
    assert fact.windows == (Window(1, 18 * 60, 21 * 60, "America/Chicago"),)
    assert (fact.life_stages, fact.values) == (frozenset({"a mother"}), frozenset({"hiking"}))


def test_who_is_under_age_has_no_guardians_record_whatever_a_policy_says(world: World) -> None:
    row, mentor = asked(world.ana, world.evening), active(world)
    identity = Identity(person=world.ana)
    identity.keep(birth_date=clock.today("UTC") - timedelta(days=17 * 365))
    identity.save()
    assert codes(row, mentor) == {Code.GUARDIAN_CONSENT, Code.YOUTH_CLEARANCE}


def test_a_mentor_has_no_more_places_than_the_program_lets_them(world: World) -> None:
    mentor = active(world, capacity=4)
    assert (told(mentor)["free"], told(mentor)["places"]) == (4, 4)
    mentoring.set_policy(program=world.evening, wanted={"capacity_most": 3, "capacity_usual": 1})
    assert (told(mentor)["free"], told(mentor)["places"]) == (3, 3)


@pytest.mark.parametrize("state", State)
def test_a_place_is_taken_by_who_was_offered_and_who_walks(world: World, state: State) -> None:
    mentor = active(world)
    match = matched(asked(world.ana, world.evening), mentor, state)
    assert told(mentor)["free"] == (1 if state in PLACED else 2)
    (fact,) = mentors_of([again(mentor)], besides=match)
    assert fact.free == 2


def test_who_may_stand_in_has_one_place_more_for_that(world: World) -> None:
    mentor = active(world, stands_in=True, capacity=1)
    matched(asked(world.ana, world.evening), mentor)
    (usual,), (covering,) = mentors_of([again(mentor)]), mentors_of([again(mentor)], covering=True)
    assert (usual.free, covering.free) == (0, 1)


def test_how_long_ago_both_said_yes_last_is_told(world: World) -> None:
    mentor = active(world)
    assert told(mentor)["days_since_match"] is None
    matched(asked(world.ana, world.evening), mentor, State.ENDED, accepted=clock.now() - timedelta(days=40))
    assert told(mentor)["days_since_match"] == 40


def test_a_new_count_and_not_now_are_two_codes_of_which_staff_read_neither_apart(world: World) -> None:
    row, mentor = asked(world.ana, world.evening), active(world)
    milestones.begin_anew(person=world.ben, focus=world.ben.focuses.get())
    assert codes(row, mentor) == {Code.MENTOR_TENURE}
    assert told(mentor)["tenure_days"] is None


@pytest.mark.parametrize("state", State)
def test_what_is_open_between_two_is_a_bond_in_either_direction(world: World, state: State) -> None:
    mentor = active(world)
    match = matched(asked(world.ana, world.evening), mentor, state)
    people = [world.ana.pk, world.ben.pk, world.cy.pk]
    assert bonds_among(people).open == ({two(world.ana, world.ben)} if state in OPEN else set())
    assert not bonds_among(people, besides=match).open
    assert not bonds_among([world.ana.pk, world.cy.pk]).open


def test_who_shall_not_be_proposed_again_is_not(world: World) -> None:
    row, mentor = asked(world.ana, world.evening), active(world)
    matched(row, mentor, State.ENDED, not_again=True)
    assert codes(row, mentor) == {Code.NO_REMATCH}


def test_a_match_does_not_stand_in_its_own_way(world: World) -> None:
    row, mentor = asked(world.ana, world.evening), active(world, capacity=1)
    match = matched(row, mentor, State.OFFERED)
    assert codes(row, mentor) == {Code.ALREADY_MATCHED, Code.CAPACITY_FULL}
    assert broken_between(shown(row), again(mentor), besides=match) == frozenset()


@pytest.mark.parametrize("turned", [False, True])
def test_a_block_holds_whoever_made_it(world: World, turned: bool) -> None:  # noqa: FBT001 - a parameter
    row, mentor = asked(world.ana, world.evening), active(world)
    one, other = (world.ben, world.ana) if turned else (world.ana, world.ben)
    people.block(person=one, other=other)
    assert codes(row, mentor) == {Code.BLOCKED}


def test_who_led_the_program_somebody_is_in_is_not_their_mentor(world: World) -> None:
    row, mentor = asked(world.ana, world.evening), active(world)
    held = programs.appoint(person=world.ben, role=StaffRole.FACILITATOR, program=world.evening)
    assert codes(row, mentor) == {Code.CONFLICT_OF_INTEREST}
    programs.dismiss(appointment=held)
    assert codes(row, mentor) == {Code.CONFLICT_OF_INTEREST}


def test_who_keeps_its_rooms_may_be(world: World) -> None:
    row, mentor = asked(world.ana, world.evening), active(world)
    programs.appoint(person=world.ben, role=StaffRole.MODERATOR, program=world.evening)
    assert codes(row, mentor) == frozenset()


def test_the_policy_says_whose_mentors_serve_its_program(world: World) -> None:
    wanted = {"mentor_tracks": ["dual"], "tenure_days": 90, "floor": 300}
    mentoring.set_policy(program=world.evening, wanted=wanted)
    policy = policy_for(world.evening)
    assert policy.serves(mentor="dual", mentee=world.evening.track)
    assert not policy.serves(mentor="addiction", mentee=world.evening.track)
    assert (policy.tenure_days, policy.floor, policy.minors) == (90, 300, False)
    assert policies_for([world.evening, world.other])[str(world.evening.pk)] == policy


def test_many_people_take_as_many_questions_as_one(world: World) -> None:
    active(world)
    first = asked(world.ana, world.evening)
    counted = []
    for twenty_more in (False, True):
        if twenty_more:
            more(world, first)
        requests = list(MentorRequest.objects.to_show().order_by("pk"))
        mentors = list(Mentor.objects.to_show().order_by("pk"))
        with CaptureQueriesContext(connection) as asking:
            mentees_of(requests)
            mentors_of(mentors)
            bonds_among({world.ana.pk, *(one.person_id for one in mentors)})
        counted.append(len(asking))
    assert counted == [15, 15]


def more(world: World, request: MentorRequest) -> None:
    """Twenty more of each, with what they said."""
    now = clock.now()
    for number in range(20):
        person = people.create(alias=f"More {number}", address=f"more{number}@porchlight.test")
        mentor = Mentor(program=world.evening, state="active", applied=now, since=now, zone="UTC")
        for row in (MentorRequest(**copied(request)), mentor):
            row.person = person
            row.stages, row.valued = "a parent", "hiking"
            row.save(force_insert=True)


def copied(request: MentorRequest) -> dict[str, Any]:
    return {
        "program": request.program, "asked_at": request.asked_at, "changed": request.changed, "zone": request.zone,
        "hours": request.hours, "languages": request.languages,
    }  # fmt: skip


def test_whom_somebody_has_in_one_program_takes_a_place_of_theirs_in_the_other(world: World) -> None:
    here = active(world)
    matched(asked(world.ana, world.evening), here)
    also_in(here, world.other)
    one, other = mentors_of(Mentor.objects.filter(person=world.ben).to_show())
    assert [(fact.places - fact.free, fact.days_since_match is None) for fact in (one, other)] == [(1, False)] * 2

"""Where a program says sponsor, staff read that word on every desk page of mentoring, and no other."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse

from community.foundation import clock
from community.matches.models import Match
from community.matches.plans.codes import State
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor
from community.mentoring.rules import sponsors_in
from community.people import services as people
from community.people.models import Person
from groups.demo.services import World
from tests.community.matches import match_at
from tests.community.mentoring import active, applied, asked
from tests.community.test_match_batches import made
from tests.community.test_sponsors import MENTOR, main_of
from tests.conftest import Told

#: The question by which a program chooses the word; it alone names both.
CHOICE = re.compile(r"What do you call them here\?.*?Sponsor|¿Cómo.*?Padrino o madrina")


@pytest.fixture(autouse=True)
def _says_sponsor(world: World) -> None:
    mentoring.set_policy(program=world.evening, wanted={"word": "sponsor"})


@pytest.fixture(params=["en", "es"])
def language(request: pytest.FixtureRequest, world: World) -> str:
    people.change(person=world.dana, wanted={"language": request.param})
    spoken: str = request.param
    return spoken


def desk_pages(world: World, mentor: Mentor) -> Iterator[tuple[Person, str]]:
    """Every page of mentoring and matching that staff of a program open."""
    program = [world.evening.pk]
    matching = ("desk_board", "desk_batch", "desk_outcomes", "desk_ended")
    yield from ((world.dana, reverse(name, args=program)) for name in matching)
    yield from ((world.dana, reverse(name)) for name in ("desk", "desk_mentoring"))
    yield from ((world.dana, reverse(name, args=program)) for name in ("desk_program", "desk_mentoring_policy"))
    steps = ("desk_mentor", "desk_mentor_clearance", "desk_mentor_supervisor", "desk_mentor_notes")
    yield from ((world.dana, reverse(name, args=[mentor.pk])) for name in steps)
    for row in Match.objects.all():
        yield world.dana, reverse("desk_match", args=[row.pk])
        yield world.dana, reverse("desk_suggest", args=[row.request_id]) if row.request.is_open else "/desk/"
        yield world.dana, reverse("desk_match_cover", args=[row.pk]) if row.is_walking else "/desk/"


def staff_read_no_other_word(world: World, mentor: Mentor) -> None:
    for person, path in desk_pages(world, mentor):
        said = main_of(person, path)
        if path == reverse("desk_mentoring_policy", args=[world.evening.pk]):
            said = CHOICE.sub("", said)
        assert not MENTOR.findall(said), f"{path}: {said}"


def test_staff_read_it_at_the_desk_before_anybody_waits(world: World, language: str) -> None:
    row = applied(world)
    staff_read_no_other_word(world, row)
    mentoring.screen(mentor=row, by=world.dana)
    mentoring.train(mentor=row, by=world.dana)
    staff_read_no_other_word(world, row)
    assert {"en": "Sponsors", "es": "Padrinos y madrinas"}[language] in main_of(world.dana, "/desk/mentors/")


@pytest.mark.parametrize("state", [State.PROPOSED, State.SHORTLISTED, State.OFFERED, State.ACTIVE])
def test_staff_read_it_at_every_point_of_the_way_of_two(world: World, language: str, state: State) -> None:
    mentor = active(world)
    match_at(world, state, mentor=mentor)
    staff_read_no_other_word(world, mentor)


@pytest.mark.parametrize("days", [8, 15])
def test_staff_read_it_when_nothing_is_heard_and_in_a_break(world: World, language: str, days: int) -> None:
    mentor = active(world)
    match_at(world, State.ACTIVE, mentor=mentor)
    with clock.turned(by=timedelta(days=days)):
        staff_read_no_other_word(world, mentor)
        said = main_of(world.dana, reverse("desk_board", args=[world.evening.pk]))
        assert {"en": "No sign of the sponsor", "es": "sin señal del padrino"}[language] in said
    mentoring.pause(mentor=mentor, by=world.ben)
    staff_read_no_other_word(world, mentor)


def test_staff_read_it_when_one_left(world: World, language: str, told: Told) -> None:
    mentor = active(world)
    match_at(world, State.ACTIVE, mentor=mentor)
    with told():
        mentoring.retire(mentor=mentor, by=world.dana)
    staff_read_no_other_word(world, mentor)
    said = main_of(world.dana, reverse("desk_board", args=[world.evening.pk]))
    assert {"en": "their sponsor left", "es": "su padrino o madrina se fue"}[language] in said


def test_a_proposal_for_everybody_asks_for_one_more_in_that_word(world: World, language: str) -> None:
    mentor = active(world)
    asked(world.ana, world.evening, languages=["ko"])
    made(world)
    staff_read_no_other_word(world, mentor)
    said = main_of(world.dana, reverse("desk_batch", args=[world.evening.pk]))
    assert {"en": "One more sponsor", "es": "Un padrino o una madrina más"}[language] in said


def test_where_one_runs_programs_of_both_words_the_pages_of_all_of_them_keep_to_the_common_one(world: World) -> None:
    assert sponsors_in([world.evening])
    assert not sponsors_in([world.evening, world.other])
    assert not sponsors_in([])

"""Where a program says sponsor, its people read that word and no other on every page of mentoring."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import translation

from community.foundation import clock
from community.matches import services as matches
from community.matches.models import Match, MatchCheckIn
from community.matches.plans.codes import State
from community.mentoring import copying
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor
from community.people import services as people
from community.people.models import Person
from community.safetyplan import services as safetyplan
from community.safetyplan.plans import Part
from groups.demo.services import World
from tests.community.desk import words
from tests.community.matches import EARLIER, match_at, proposed
from tests.community.mentoring import active, applied

MENTOR = re.compile(r"\bmentor(?:as?|es|s)?\b", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _says_sponsor(world: World) -> None:
    mentoring.set_policy(program=world.evening, wanted={"word": "sponsor"})


@pytest.fixture(params=["en", "es"])
def language(request: pytest.FixtureRequest, world: World) -> str:
    for person in (world.ana, world.ben):
        people.change(person=person, wanted={"language": request.param})
    spoken: str = request.param
    return spoken


def main_of(person: Person, path: str) -> str:
    """The words of a page's main part, as people read them."""
    page = words(person, path)
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def pages(world: World, row: Match | None = None, mentor: Mentor | None = None) -> Iterator[tuple[Person, str]]:
    """Every page of mentoring that each of the two can open."""
    for person in (world.ana, world.ben):
        yield from ((person, reverse(name)) for name in ("mentoring", "matches", "match_people", "agreements"))
        if row is not None and Match.objects.shown_to(person.pk, clock.now()).filter(pk=row.pk).exists():
            yield person, reverse("match", args=[row.pk])
    if mentor is not None:
        yield world.ben, reverse("mentor_mine", args=[mentor.pk])


def reads_no_other_word(person: Person, path: str) -> None:
    said = main_of(person, path)
    assert said
    assert not MENTOR.findall(said), f"{path}: {said}"


def test_before_anybody_asks_or_offers(world: World, language: str) -> None:
    for person, path in pages(world):
        reads_no_other_word(person, path)
    assert {"en": "A sponsor for you", "es": "Un padrino o una madrina"}[language] in main_of(world.ana, "/mentoring/")
    reads_no_other_word(world.ana, reverse("mentor_ask", args=[world.evening.pk]))
    reads_no_other_word(world.ben, reverse("mentor_apply", args=[world.evening.pk]))


def test_on_every_step_of_becoming_one(world: World, language: str) -> None:
    row = applied(world)
    for verb in (None, mentoring.screen, mentoring.train):
        row = row if verb is None else verb(mentor=row, by=world.dana)
        for person, path in pages(world, mentor=row):
            reads_no_other_word(person, path)


@pytest.mark.parametrize("state", [State.SHORTLISTED, State.OFFERED, State.INTRODUCTORY, State.ACTIVE, State.ENDED])
def test_at_every_point_of_the_way_of_two(world: World, language: str, state: State) -> None:
    mentor = active(world)
    row = match_at(world, state, mentor=mentor)
    for person, path in pages(world, row, mentor):
        reads_no_other_word(person, path)
    if row.is_walking:
        for person in (world.ana, world.ben):
            reads_no_other_word(person, reverse("match_end", args=[row.pk]))
        reads_no_other_word(world.ben, reverse("match_days", args=[row.pk]))


def test_where_each_is_asked_how_it_goes_in_a_break_and_before_the_end(world: World, language: str) -> None:
    mentor = active(world)
    row = match_at(world, State.ACTIVE, mentor=mentor)
    with clock.turned(by=timedelta(days=15)):
        matches.ask_both(match=row)
    day = clock.today(world.evening.zone) + timedelta(days=3)
    for person in (world.ana, world.ben):
        asked = MatchCheckIn.objects.of(person.pk).get()
        reads_no_other_word(person, reverse("match_question", args=[asked.pk]))
        matches.plan_end(match=row, day=day, by=person)
    for person in (world.ana, world.ben):
        reads_no_other_word(person, reverse("match_goodbye", args=[row.pk]))
    mentoring.pause(mentor=mentor, by=world.ben)
    for person, path in pages(world, row, mentor):
        reads_no_other_word(person, path)


def test_in_ones_own_copy_and_beside_the_safety_plan(world: World, language: str) -> None:
    match_at(world, State.ACTIVE, mentor=active(world))
    sponsor = {"en": "sponsor", "es": "padrino"}[language]
    with translation.override(language):
        titles = [one.title for person in (world.ana, world.ben) for one in copying.said(person)]
    assert len(titles) == 2
    assert not [one for one in titles if MENTOR.search(one) or sponsor not in one]
    safetyplan.write(person=world.ana, part=Part.SIGNS, words="I stop answering.")
    reads_no_other_word(world.ana, "/safety-plan/")
    assert sponsor in main_of(world.ana, "/safety-plan/")


def test_elsewhere_the_word_stays(world: World) -> None:
    mentoring.set_policy(program=world.evening, wanted={"word": "mentor"})
    assert "Ask for a mentor" in main_of(world.ana, reverse("mentoring"))
    with clock.turned(by=-EARLIER):
        row = proposed(world)
        matches.approve(match=row, by=world.dana)
    assert "Mentor" in main_of(world.ana, reverse("matches"))

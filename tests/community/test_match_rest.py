"""Whoever takes a break of their own is asked nothing meanwhile, and who stands in is missed by somebody."""

from datetime import timedelta

import pytest

from community.foundation import clock
from community.matches import services as matches
from community.matches.models import Match, MatchCheckIn
from community.matches.plans.codes import Need, State
from community.matches.reading.needs import by_match
from community.matches.reading.questions import waiting_of
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor
from community.notices.models import Notice
from community.people.models import Person
from groups.demo.services import World
from tests.community.desk import words
from tests.community.matches import EARLIER, TWELFTH_DAY, another, match_at
from tests.community.matches import again as row_again
from tests.community.test_match_away import back, rests
from tests.community.test_match_pages import text
from tests.doors import Script


def asked(person: Person) -> list[str]:
    return list(MatchCheckIn.objects.of(person.pk).order_by("asked").values_list("step", flat=True))


def standing_in(world: World) -> Match:
    """Rue stands in for Ben, who takes a break; Marisol could, too."""
    row = match_at(world, State.ACTIVE)
    rue, _marisol = another(world, "Rue"), another(world, "Marisol")
    rests(row)
    cover = matches.propose_cover(match=row, mentor=rue, by=world.dana)
    with clock.turned(by=-EARLIER):
        matches.approve(match=cover, by=world.dana)
    matches.choose(match=row_again(cover), by=world.ana)
    matches.accept(match=row_again(cover), by=rue.person)
    return row_again(cover)


@pytest.mark.parametrize(
    ("state", "days", "step"),
    [
        (State.INTRODUCTORY, TWELFTH_DAY, "d12"),
        (State.ACTIVE, timedelta(days=29), "w4"),
        (State.ACTIVE, timedelta(days=60), "m"),
    ],
)
def test_a_mentor_on_a_break_is_not_asked_how_it_goes_and_the_mentee_is(
    world: World, state: State, days: timedelta, step: str
) -> None:
    row = match_at(world, state)
    rests(row)
    Notice.objects.all().delete()
    with clock.turned(by=days):
        assert matches.ask_both(match=row) == 1
        assert (asked(world.ana), asked(world.ben)) == ([step], [])
        assert not Notice.objects.of(world.ben.pk).exists()


def test_once_back_they_are_asked_what_they_were_not_asked_meanwhile(world: World) -> None:
    row = match_at(world, State.INTRODUCTORY)
    rests(row)
    with clock.turned(by=TWELFTH_DAY):
        matches.ask_both(match=row)
    back(row, days=13)
    with clock.turned(by=timedelta(days=13, hours=1)):
        assert Match.objects.to_ask(clock.now()).filter(pk=row.pk).exists()
        assert matches.ask_both(match=row) == 1
    assert (asked(world.ana), asked(world.ben)) == (["d12"], ["d12"])


def test_a_question_that_waits_is_left_alone_until_they_are_back(world: World) -> None:
    row = match_at(world, State.INTRODUCTORY)
    with clock.turned(by=TWELFTH_DAY):
        matches.ask_both(match=row)
        assert len(waiting_of(world.ben)) == 1
    rests(row, days=12.6)
    with clock.turned(by=timedelta(days=12, hours=18)):
        assert (len(waiting_of(world.ana)), waiting_of(world.ben)) == (1, [])
    back(row, days=13)
    with clock.turned(by=timedelta(days=13, hours=1)):
        assert len(waiting_of(world.ben)) == 1


def test_when_who_stands_in_takes_a_break_the_mentee_is_told_and_staff_have_an_item(world: World) -> None:
    cover = standing_in(world)
    assert by_match([cover])[cover.pk] == []
    Notice.objects.all().delete()
    mentoring.pause(mentor=cover.mentor, by=cover.guide)
    cover = row_again(cover)
    assert by_match([cover])[cover.pk] == [Need.STAND_IN_AWAY]
    assert (Notice.objects.of(world.ana.pk).count(), Notice.objects.of(cover.guide_id).count()) == (1, 0)
    page = text(words(world.ana, f"/mentoring/matches/{cover.pk}/"))
    assert "Rue, who stands in, takes a break. That says nothing about you." in page
    assert "ask staff for somebody" not in page
    assert "who stands in, takes a break" not in text(words(cover.guide, f"/mentoring/matches/{cover.pk}/"))
    found = Script(world.ana).get(f"mentoring/matches/{cover.pk}").json()
    assert found["quiet"] == {"cover": None, "away": True}
    assert "Who stands in takes a break" in text(words(world.dana, f"/desk/matching/{world.evening.pk}/"))


def test_once_who_stands_in_is_back_nothing_waits_any_more(world: World) -> None:
    cover = standing_in(world)
    mentoring.pause(mentor=cover.mentor, by=cover.guide)
    Notice.objects.all().delete()
    mentoring.resume(mentor=row_again(cover).mentor, by=cover.guide)
    cover = row_again(cover)
    assert by_match([cover])[cover.pk] == []
    assert Notice.objects.of(world.ana.pk).count() == 1
    assert cover.asks is None


def test_somebody_else_can_stand_in_once_staff_ended_it(world: World) -> None:
    cover = standing_in(world)
    mentoring.pause(mentor=cover.mentor, by=cover.guide)
    matches.end(match=cover, by=world.dana)
    assert cover.covers is not None
    again = matches.propose_cover(match=cover.covers, mentor=Mentor.objects.get(person__alias="Marisol"), by=world.dana)
    assert again.state == State.PROPOSED

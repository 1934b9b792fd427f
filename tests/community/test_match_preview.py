"""A proposal for everybody, as staff look at it before anything happens."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.matches.models import Batch, Match
from community.matches.plans.codes import State
from community.programs import services as programs
from community.programs.models import StaffRole
from groups.demo.services import World
from tests.community.desk import leader_of, sent, words
from tests.community.matches import another
from tests.community.mentoring import active, asked
from tests.community.test_match_batches import made, others
from tests.doors import browser


def page(world: World) -> str:
    return words(world.dana, f"/desk/matching/{world.evening.pk}/batch/")


def test_before_one_is_asked_for_the_page_says_so_and_one_press_asks(world: World) -> None:
    active(world)
    asked(world.ana, world.evening)
    assert "None has been worked out yet." in page(world)
    sent(world.dana, f"/desk/matching/{world.evening.pk}/batch/ask/")
    assert "One is being worked out." in page(world)
    assert Batch.objects.get().asked_by == world.dana


def test_it_says_how_many_would_have_a_mentor_and_who(world: World) -> None:
    active(world)
    asked(world.ana, world.evening)
    made(world)
    shown = page(world)
    assert "1 of 1 person who waits would have somebody." in shown
    assert "Ben" in shown
    assert "They could fit" in shown
    assert not Match.objects.exists()


def test_it_says_who_would_have_nobody_by_which_single_rule_and_what_would_help(world: World) -> None:
    active(world)
    asked(world.ana, world.evening, languages=["ko"])
    made(world)
    shown = page(world)
    assert "There is nobody yet whom they could meet" in shown
    assert "1 person: only “No language of both (Korean)”" in shown
    assert "One more mentor who speaks Korean would suit 1 person" in shown


def test_one_press_takes_it_over_once(world: World) -> None:
    active(world)
    asked(world.ana, world.evening)
    batch = made(world)
    at = f"/desk/matching/{world.evening.pk}/batch/{batch.pk}/take/"
    assert sent(world.dana, at).status_code == 302
    assert Match.objects.get().state == State.PROPOSED
    assert sent(world.dana, at).status_code == 409
    assert "It was taken over." in page(world)


def test_the_three_who_fit_best_are_suggested_with_one_press(world: World) -> None:
    active(world)
    for alias in ("Rue", "Sol"):
        another(world, alias)
    request = asked(world.ana, world.evening)
    sent(world.dana, f"/desk/matching/requests/{request.pk}/best/")
    assert Match.objects.at(State.PROPOSED).count() == 3


def test_what_is_about_who_looks_is_not_in_it(world: World) -> None:
    active(world)
    asked(world.ana, world.evening)
    made(world)
    programs.appoint(person=world.ben, program=world.evening, role=StaffRole.COORDINATOR)
    shown = words(world.ben, f"/desk/matching/{world.evening.pk}/batch/")
    assert "Who would be suggested" not in shown


@pytest.mark.parametrize("who", ["ana", "ben", "cy", "eli", "rue"])
def test_who_does_not_run_the_program_finds_no_proposal(world: World, who: str) -> None:
    active(world)
    request = asked(world.ana, world.evening)
    batch = made(world)
    door = browser(leader_of(world.cohort, "Rue") if who == "rue" else getattr(world, who))
    at = f"/desk/matching/{world.evening.pk}/batch/"
    assert door.get(at).status_code == 404
    for path in (f"{at}ask/", f"{at}{batch.pk}/take/", f"/desk/matching/requests/{request.pk}/best/"):
        assert door.post(path).status_code == 404, path
    assert not Match.objects.exists()


def test_many_ask_as_often_as_one(world: World) -> None:
    active(world, capacity=5)
    request = asked(world.ana, world.evening)
    made(world)
    door, at = browser(world.dana), f"/desk/matching/{world.evening.pk}/batch/"
    door.get(at)
    with CaptureQueriesContext(connection) as one:
        door.get(at)
    others(world, 4, request)
    made(world)
    with CaptureQueriesContext(connection) as many:
        door.get(at)
    assert len(many) == len(one)

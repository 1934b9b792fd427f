"""My time here: what I am part of, and what I say about it myself."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.foundation import clock
from community.foundation.times import date_words
from community.programs import services as programs
from community.programs.models import Enrollment, Farewell, Outcome
from groups.demo.services import World
from groups.passages.services.episodes import WRITES_ON
from tests.community.desk import episode, sent, words
from tests.doors import browser


def mine(world: World, what: str) -> str:
    return f"/my-time/{episode(world.ana).pk}/{what}/"


def test_it_says_where_when_and_with_whom(world: World) -> None:
    page = words(world.ana, "/my-time/")
    for said in ("Tuesday evening group", "Evening program", "Tuesday, 6pm to 9pm", "Room 2, 14 Elm Street", "Dana"):
        assert said in page, said


def test_who_is_in_no_program_is_told_what_would_stand_here(world: World) -> None:
    assert "You are in no program here" in words(world.dana, "/my-time/")


def test_settings_lead_to_it(world: World) -> None:
    assert 'href="/my-time/"' in words(world.ana, "/settings/")


def test_i_say_myself_that_i_am_away_and_back(world: World) -> None:
    assert sent(world.ana, mine(world, "away"), away="1").status_code == 302
    assert episode(world.ana).is_away
    assert "m back</button>" in words(world.ana, "/my-time/")
    assert sent(world.ana, mine(world, "away"), away="0").status_code == 302
    assert not episode(world.ana).is_away


@pytest.mark.parametrize("chosen", Farewell.values)
def test_i_choose_what_the_group_sees_when_my_time_ends(world: World, chosen: str) -> None:
    assert sent(world.ana, mine(world, "farewell"), farewell=chosen).status_code == 302
    assert episode(world.ana).farewell == chosen
    page = words(world.ana, "/my-time/")
    boxes = [box for box in re.findall(r"<input[^>]*>", page) if 'name="farewell"' in box]
    assert [f'value="{chosen}"' in box for box in boxes] == ["checked" in box for box in boxes]
    assert len(boxes) == 2


@pytest.mark.parametrize("chosen", ["", "shout", "\x00"])
def test_a_goodbye_we_do_not_know_changes_nothing(world: World, chosen: str) -> None:
    assert sent(world.ana, mine(world, "farewell"), farewell=chosen).status_code == 422
    assert episode(world.ana).farewell == ""


def test_i_ask_to_come_back_within_90_days_and_once_is_enough(world: World) -> None:
    programs.withdraw(enrollment=episode(world.ana))
    assert "Ask to come back" in words(world.ana, "/my-time/")
    for _ in range(2):
        assert sent(world.ana, mine(world, "ask-back")).status_code == 302
    page = words(world.ana, "/my-time/")
    assert "You asked to come back on" in page
    assert "Ask to come back" not in page


def test_after_90_days_coming_back_begins_with_a_call(world: World) -> None:
    programs.withdraw(enrollment=episode(world.ana))
    with clock.turned(by=timedelta(days=91)):
        page = words(world.ana, "/my-time/")
        assert "Please call us, or come by." in page
        assert "Ask to come back" not in page
        assert sent(world.ana, mine(world, "ask-back")).status_code == 409
    assert episode(world.ana).asked_back is None


def test_nothing_is_asked_of_who_is_back_already(world: World) -> None:
    programs.withdraw(enrollment=episode(world.ana))
    programs.readmit(person=world.ana, cohort=world.cohort)
    page = words(world.ana, "/my-time/")
    assert "come back" not in page.replace("Welcome back", "")


@pytest.mark.parametrize("said", [{}, {"away": ""}, {"away": "2"}, {"away": "yes"}])
def test_what_says_neither_away_nor_back_changes_nothing(world: World, said: dict[str, str]) -> None:
    sent(world.ana, mine(world, "away"), away="1")
    assert sent(world.ana, mine(world, "away"), **said).status_code == 422
    assert episode(world.ana).is_away


def test_what_is_over_cannot_be_away(world: World) -> None:
    programs.graduate(enrollment=episode(world.ana))
    assert sent(world.ana, mine(world, "away"), away="1").status_code == 409
    assert not episode(world.ana).is_away


def test_a_goodbye_can_be_chosen_after_the_end_while_the_room_is_there(world: World) -> None:
    programs.graduate(enrollment=episode(world.ana))
    with clock.turned(by=WRITES_ON - timedelta(days=1)):
        assert sent(world.ana, mine(world, "farewell"), farewell="line").status_code == 302


@pytest.mark.parametrize("who", ["ben", "cy", "dana", "eli"])
@pytest.mark.parametrize(
    ("what", "answers"), [("away", {"away": "1"}), ("farewell", {"farewell": "line"}), ("ask-back", {})]
)
def test_nobody_says_it_for_me(world: World, who: str, what: str, answers: dict[str, str]) -> None:
    before = list(Enrollment.objects.order_by("pk").values_list())
    theirs = sent(getattr(world, who), mine(world, what), **answers)
    absent = sent(getattr(world, who), f"/my-time/00000000-0000-4000-8000-00000000000a/{what}/", **answers)
    assert theirs.status_code == absent.status_code == 404
    assert list(Enrollment.objects.order_by("pk").values_list()) == before


def test_it_asks_no_more_for_more_times(world: World) -> None:
    client = browser(world.ana)
    client.get("/my-time/")
    with CaptureQueriesContext(connection) as few:
        client.get("/my-time/")
    for _ in range(3):
        programs.withdraw(enrollment=episode(world.ana))
        programs.readmit(person=world.ana, cohort=world.cohort)
    with CaptureQueriesContext(connection) as many:
        client.get("/my-time/")
    assert len(many) == len(few) <= 12


def test_who_finished_reads_a_word_of_it(world: World) -> None:
    assert "You finished this program." in words(world.ben, "/my-time/")
    assert "You finished this program." not in words(world.ana, "/my-time/")


@pytest.mark.parametrize("outcome", [one for one in Outcome.values if one != Outcome.GRADUATED])
def test_who_left_is_thanked_whatever_the_reason_was(world: World, outcome: str) -> None:
    programs.withdraw(enrollment=episode(world.ana), outcome=outcome)
    page = words(world.ana, "/my-time/")
    assert "Thank you for being part of it." in page
    assert "You finished this program." not in page


def test_who_is_back_reads_no_goodbye(world: World) -> None:
    programs.withdraw(enrollment=episode(world.ana))
    programs.readmit(person=world.ana, cohort=world.cohort)
    assert "Thank you for being part of it." not in words(world.ana, "/my-time/")


def test_after_the_last_day_of_the_group_it_says_no_more_when_it_meets(world: World) -> None:
    ends = clock.today(world.cohort.zone) + timedelta(days=3)
    programs.change_cohort(cohort=world.cohort, wanted={"ends": ends})
    page = words(world.ana, "/my-time/")
    assert "When we meet" in page
    assert "The last day of this group" not in page
    with clock.turned(by=timedelta(days=5)):
        page = words(world.ana, "/my-time/")
        assert f"The last day of this group was {date_words(ends)}." in page
        assert "When we meet" not in page
        assert "Away for a while?" not in page

"""What a program asks of its mentors, at the desk: plain limits, nothing said, and two people at once."""

from typing import Any

import pytest

from community.foundation.errors import Invalid
from community.mentoring import services as mentoring
from community.mentoring.models import MentoringPolicy
from community.mentoring.plans.policy import TENURE_STEPS
from community.mentoring.rules import policy_of
from community.programs import services as programs
from community.programs.models import AgeBand, Program, Track
from groups.demo.services import World
from tests.community.desk import administrator, leader_of, sent, words
from tests.community.mentoring import active, again
from tests.doors import Script, browser, problem

ANSWERS: dict[str, Any] = {
    "tenure_days": "180", "mentor_tracks": ["addiction"], "capacity_usual": "1", "capacity_most": "3",
    "clearance_days": "200", "approval_days": "300", "floor": "400", "version": "0",
}  # fmt: skip


def at(program: Program) -> str:
    return f"/desk/programs/{program.pk}/mentoring/"


def test_the_page_stands_beside_the_program_and_says_what_programs_begin_with(world: World) -> None:
    assert at(world.evening) in words(world.dana, f"/desk/programs/{world.evening.pk}/")
    page = words(world.dana, at(world.evening))
    assert "Nothing was said yet" in page
    assert "If nothing is said: 365." in page
    assert "If nothing is said: Addiction, Co-occurring." in page
    assert 'value="addiction" checked' in page.replace(' id="id_mentor_tracks_0"', "")


def test_who_runs_the_program_says_it_once_for_all(world: World) -> None:
    assert sent(world.dana, at(world.evening), **ANSWERS).status_code == 302
    row = MentoringPolicy.objects.get()
    assert (row.tenure_days, row.mentor_tracks, row.version) == (180, ["addiction"], 1)
    assert (row.capacity_usual, row.capacity_most, row.floor) == (1, 3, 400)
    assert (row.clearance_days, row.approval_days) == (200, 300)
    page = words(world.dana, at(world.evening))
    assert "Your program said this itself" in page
    assert 'value="180" selected' in page


def test_saved_as_it_stands_nothing_was_said(world: World) -> None:
    usual = {"tenure_days": "365", "mentor_tracks": ["addiction", "dual"], "capacity_usual": "2", "capacity_most": "5"}
    lasts = {"clearance_days": "365", "approval_days": "365", "floor": "250"}
    assert sent(world.dana, at(world.evening), **usual, **lasts, version="0").status_code == 302
    assert not MentoringPolicy.objects.exists()


def test_a_program_says_sponsor_and_its_people_read_it(world: World) -> None:
    assert 'value="mentor" checked' in words(world.dana, at(world.evening)).replace(' id="id_word_0"', "")
    assert sent(world.dana, at(world.evening), **ANSWERS, word="sponsor").status_code == 302
    assert sent(world.dana, at(world.evening), **{**ANSWERS, "version": "1", "floor": "300"}).status_code == 302
    assert "you ask for a sponsor" in words(world.ana, "/mentoring/")
    assert sent(world.dana, at(world.evening), **{**ANSWERS, "version": "2"}, word="guru").status_code == 422


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"tenure_days": "-1"}, "Choose one of the answers here."),
        ({"tenure_days": "a year"}, "Choose one of the answers here."),
        ({"tenure_days": ""}, "This is needed."),
        ({"tenure_days": "9" * 400}, "Choose one of the answers here."),
        ({"tenure_days": "366"}, "Choose one of the answers here."),
        ({"capacity_most": "6"}, "Enter a whole number from 1 to 5."),
        ({"clearance_days": "29"}, "Enter a whole number from 30 to 1,095."),
        ({"approval_days": "1096"}, "Enter a whole number from 30 to 1,095."),
        ({"floor": "1001"}, "Enter a whole number from 0 to 1,000."),
        ({"capacity_usual": "4"}, "at most what somebody may have at all"),
        ({"mentor_tracks": []}, "Nobody could walk with people here then"),
        ({"mentor_tracks": ["teen"]}, "Choose"),
        ({"version": "soon"}, "whole number"),
    ],
)
def test_what_cannot_be_is_said_beside_its_question_and_what_was_typed_stays(
    world: World, more: dict[str, Any], says: str
) -> None:
    answer = sent(world.dana, at(world.evening), **{**ANSWERS, **more})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert 'value="400"' in answer.content.decode() or "floor" in more
    assert not MentoringPolicy.objects.exists()


def test_who_changed_it_meanwhile_is_not_overwritten_unseen(world: World) -> None:
    mentoring.set_policy(program=world.evening, wanted={"floor": 300}, by=world.dana)
    answer = sent(world.dana, at(world.evening), **ANSWERS)
    assert answer.status_code == 422
    assert "Somebody changed this meanwhile" in answer.content.decode()
    assert 'name="version" value="1"' in answer.content.decode()
    assert policy_of(world.evening).floor == 300
    assert sent(world.dana, at(world.evening), **{**ANSWERS, "version": "1"}).status_code == 302
    assert policy_of(world.evening).floor == 400


def test_a_wrong_figure_hides_no_change_of_somebody_else(world: World) -> None:
    mentoring.set_policy(program=world.evening, wanted={"floor": 300}, by=world.dana)
    answer = sent(world.dana, at(world.evening), **{**ANSWERS, "floor": "-1"})
    assert 'name="version" value="0"' in answer.content.decode()


@pytest.mark.parametrize("days", [-1, 1, 364, 366, 1826, 3650])
def test_nobody_finds_out_day_by_day_how_long_a_mentor_has_been_in_recovery(world: World, days: int) -> None:
    for step in TENURE_STEPS:
        assert mentoring.set_policy(program=world.evening, wanted={"tenure_days": step}).tenure_days == step
    with pytest.raises(Invalid):
        mentoring.set_policy(program=world.evening, wanted={"tenure_days": days}, by=world.dana)
    refused = Script(world.dana).patch(f"mentoring/policies/{world.evening.pk}", {"tenure_days": days})
    (error,) = problem(refused, 422, "choice" if days > 0 else "range")["errors"]
    assert error["pointer"] == "/tenure_days"
    assert policy_of(world.evening).tenure_days == TENURE_STEPS[-1]


def test_days_that_were_said_before_there_were_steps_stay_until_they_are_changed(world: World) -> None:
    mentoring.set_policy(program=world.evening, wanted={"floor": 300})
    MentoringPolicy.objects.update(tenure_days=100)
    assert 'value="100" selected' in words(world.dana, at(world.evening))
    kept = {**ANSWERS, "tenure_days": "100", "version": "1"}
    assert sent(world.dana, at(world.evening), **kept).status_code == 302
    assert (policy_of(world.evening).tenure_days, policy_of(world.evening).floor) == (100, 400)
    script = Script(world.dana)
    assert script.patch(f"mentoring/policies/{world.evening.pk}", {"tenure_days": 100, "floor": 350}).status_code == 200
    assert sent(world.dana, at(world.evening), **{**kept, "tenure_days": "101", "version": "3"}).status_code == 422
    assert sent(world.dana, at(world.evening), **{**kept, "tenure_days": "90", "version": "3"}).status_code == 302
    assert 'value="100"' not in words(world.dana, at(world.evening))
    assert script.patch(f"mentoring/policies/{world.evening.pk}", {"tenure_days": 100}).status_code == 422


@pytest.mark.parametrize("track", [Track.TEEN, Track.EATING_DISORDER])
def test_where_mentors_are_of_ones_own_kind_there_is_nothing_to_choose(db: None, track: Track) -> None:
    noor = administrator()
    band = AgeBand.MINORS if track == Track.TEEN else ""
    program = programs.open_program(name="Quiet program", track=track, age_band=band)
    page = words(noor, at(program))
    assert "comes from one of the same kind" in page
    assert 'name="mentor_tracks"' not in page
    assert ("guardian’s consent" in page) == (track == Track.TEEN)
    answers = {name: value for name, value in ANSWERS.items() if name != "mentor_tracks"}
    assert sent(noor, at(program), **answers).status_code == 302
    assert policy_of(program).mentor_tracks == [track]


def test_who_walks_together_goes_on_and_a_longer_time_stops_new_people(world: World) -> None:
    row = active(world)
    sent(world.dana, at(world.evening), **{**ANSWERS, "tenure_days": "1825"})
    assert again(row).state == "active"
    assert "May take new people: not now" in words(world.dana, "/desk/mentors/")


@pytest.mark.parametrize("who", ["ana", "ben", "cy", "eli", "lead"])
def test_to_everybody_else_there_is_nothing_here(world: World, who: str) -> None:
    person = leader_of(world.cohort) if who == "lead" else getattr(world, who)
    assert browser(person).get(at(world.evening)).status_code == 404
    assert sent(person, at(world.evening), **ANSWERS).status_code == 404
    assert not MentoringPolicy.objects.exists()

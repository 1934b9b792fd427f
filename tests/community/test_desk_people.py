"""Somebody's time in a program, step by step on the desk's pages; each says first what they and the group will see."""

from datetime import timedelta
from typing import Any

import pytest

from community.audit.models import AuditEntry
from community.foundation import clock
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Cohort, Enrollment, Farewell, Outcome, PhaseKind, StaffRole
from groups.demo.services import World
from groups.membership.models import Membership
from groups.passages.models import AlumniOffer, Leaving
from tests.community.desk import at, episode, newcomer, sent, words
from tests.doors import browser


def kept(person: Person) -> tuple[Any, ...]:
    """What a refusal must leave as it was."""
    return (
        list(Enrollment.objects.of(person.pk).order_by("pk").values_list()),
        list(Membership.objects.of(person.pk).order_by("pk").values_list()),
        AuditEntry.objects.count(),
    )


def second_group(world: World) -> Cohort:
    wanted = {"name": "Morning group", "admission": "rolling", "starts": clock.today("UTC"), "capacity": 1}
    return programs.open_cohort(program=world.evening, wanted=wanted)


@pytest.mark.parametrize("step", ["phase", "finish", "end", "away"])
def test_a_step_is_asked_about_before_it_is_done(world: World, step: str) -> None:
    before = kept(world.ana)
    page = words(world.dana, at(world.ana, step))
    assert "What they see" in page
    assert "What the group sees" in page
    assert kept(world.ana) == before


def test_a_step_of_care_is_written_down_since_its_day(world: World) -> None:
    since = clock.today(world.cohort.zone) - timedelta(days=2)
    assert sent(world.dana, at(world.ana, "phase"), phase="taper", since=since).status_code == 302
    assert episode(world.ana).phases.last().kind == PhaseKind.TAPER  # type: ignore[union-attr]  # it has two
    assert "Taper" in words(world.dana, at(world.ana))


@pytest.mark.parametrize(
    "wrong",
    [
        {"phase": ""}, {"phase": "alumni"}, {"phase": "IOP"}, {"since": ""}, {"since": "1999-12-31"},
        {"since": "2026-13-01"}, {"since": str(clock.today("UTC") + timedelta(days=5))},
        {"since": str(clock.today("UTC") - timedelta(days=90))},
    ],
)  # fmt: skip
def test_a_step_of_care_that_cannot_be_is_refused_whole(world: World, wrong: dict[str, str]) -> None:
    before = kept(world.ana)
    wanted = {"phase": "taper", "since": str(clock.today(world.cohort.zone)), **wrong}
    answer = sent(world.dana, at(world.ana, "phase"), **wanted)
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert kept(world.ana) == before


def test_who_finishes_is_offered_the_alumni_room_and_keeps_the_own_one_for_a_while(world: World) -> None:
    assert "alumni room" in words(world.dana, at(world.ana, "finish"))
    assert sent(world.dana, at(world.ana, "finish")).status_code == 302
    assert episode(world.ana).outcome == Outcome.GRADUATED
    assert AlumniOffer.objects.of(world.ana.pk).filter(group=world.alumni).exists()
    assert world.seat(world.ana, world.tuesday).writes_until is not None
    page = words(world.dana, at(world.ana))
    assert "Finished the program" in page
    assert "Welcome them back" in page


@pytest.mark.parametrize(("at_once", "stays"), [({}, True), ({"at_once": "on"}, False)])
def test_an_end_leaves_seven_days_unless_safety_asks_for_less(
    world: World, at_once: dict[str, str], *, stays: bool
) -> None:
    assert sent(world.dana, at(world.ana, "end"), outcome="withdrawn", **at_once).status_code == 302
    assert Membership.objects.current().of(world.ana.pk).filter(group=world.tuesday).exists() == stays
    assert Leaving.objects.get(enrollment=episode(world.ana)).then == "closed"


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (None, "Nothing, unless they choose a line of goodbye."),
        (Farewell.NOTHING, "Nothing, unless they choose a line of goodbye."),
        (Farewell.LINE, "time in this group has ended.” Ana chose that."),
    ],
)
def test_what_the_group_will_see_is_what_the_person_chose(world: World, chosen: Farewell | None, said: str) -> None:
    if chosen:
        programs.choose_farewell(enrollment=episode(world.ana), farewell=chosen, by=world.ana)
    assert said in words(world.dana, at(world.ana, "end"))


def test_why_an_episode_ended_is_for_staff_alone(world: World) -> None:
    sent(world.dana, at(world.ana, "end"), outcome="transferred")
    told = "Went on in another program or group"
    assert told in words(world.dana, at(world.ana))
    assert told in words(world.dana, f"/desk/groups/{world.cohort.pk}/?show=past")
    assert told not in words(world.ana, "/my-time/")
    assert told not in words(world.cy, f"/groups/{world.tuesday.pk}/members/")


@pytest.mark.parametrize("outcome", ["", "graduated", "expelled", "\x00"])
def test_an_end_without_a_reason_we_know_is_refused_whole(world: World, outcome: str) -> None:
    before = kept(world.ana)
    assert sent(world.dana, at(world.ana, "end"), outcome=outcome).status_code == 422
    assert kept(world.ana) == before


def test_who_is_away_keeps_the_seat_and_comes_back(world: World) -> None:
    assert sent(world.dana, at(world.ana, "away"), back="0").status_code == 302
    assert episode(world.ana).is_away
    assert world.seat(world.ana, world.tuesday).writes_until is None
    assert "Ana is back?" in words(world.dana, at(world.ana, "away"))
    assert sent(world.dana, at(world.ana, "away"), back="0").status_code == 302  # pressed twice: the same
    assert episode(world.ana).is_away
    assert sent(world.dana, at(world.ana, "away"), back="1").status_code == 302
    assert not episode(world.ana).is_away


def test_who_asks_to_come_back_is_welcomed_in_a_group_that_is_chosen(world: World) -> None:
    programs.withdraw(enrollment=episode(world.ana))
    programs.ask_to_come_back(enrollment=episode(world.ana), by=world.ana)
    former = episode(world.ana)
    path = at(world.ana, "again")
    assert "asks to come back" in words(world.dana, at(world.ana))
    assert sent(world.dana, path, cohort=world.cohort.pk, phase="php").status_code == 302
    fresh = Enrollment.objects.open().of(world.ana.pk).get()
    former.refresh_from_db()
    assert (fresh.cohort, fresh.phases.get().kind, former.asked_back) == (world.cohort, "php", None)
    assert world.seat(world.ana, world.tuesday).writes_until is None


def test_not_now_takes_the_wish_off_the_list_and_leaves_the_door_open(world: World) -> None:
    programs.withdraw(enrollment=episode(world.ana))
    programs.ask_to_come_back(enrollment=episode(world.ana), by=world.ana)
    assert sent(world.dana, at(world.ana, "not-now")).status_code == 302
    assert "Ana" not in words(world.dana, "/desk/asking/")
    again = sent(world.dana, at(world.ana, "not-now"))
    assert again.status_code == 422
    assert "answered already" in again.content.decode()
    assert programs.ask_to_come_back(enrollment=episode(world.ana), by=world.ana).asked_back is not None


@pytest.mark.parametrize(
    ("before_it", "said"),
    [
        (lambda world, morning: programs.enroll(person=world.ana, cohort=world.cohort), "in the program already"),
        (lambda world, morning: newcomer(1, morning), "This group is full."),
    ],
)
def test_beginning_where_one_cannot_is_said_kindly(world: World, before_it: Any, said: str) -> None:
    morning = second_group(world)
    programs.withdraw(enrollment=episode(world.ana))
    ended = at(world.ana, "again")
    before_it(world, morning)
    before = kept(world.ana)
    answer = sent(world.dana, ended, cohort=morning.pk, phase="iop")
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert kept(world.ana) == before


def test_nobody_begins_in_a_group_of_others(world: World) -> None:
    programs.withdraw(enrollment=episode(world.ana))
    before = kept(world.ana)
    for cohort in (world.mornings.pk, "x", "", "00000000-0000-4000-8000-00000000000a"):
        answer = sent(world.dana, at(world.ana, "again"), cohort=cohort, phase="iop")
        assert answer.status_code == 422
        assert "Choose a group." in answer.content.decode()
    assert kept(world.ana) == before


def test_who_is_here_joins_another_program_of_mine_and_stays(world: World) -> None:
    assert "another program as well" not in words(world.dana, at(world.ana))
    programs.appoint(person=world.dana, program=world.other, role="coordinator")
    path = at(world.ana, "again")
    assert "another program as well" in words(world.dana, at(world.ana))
    assert sent(world.dana, path, cohort=world.cohort.pk, phase="iop").status_code == 422  # here they are already
    assert sent(world.dana, path, cohort=world.mornings.pk, phase="iop").status_code == 302
    assert Enrollment.objects.open().of(world.ana.pk).count() == 2


def test_earlier_times_stand_on_the_page_of_the_new_one(world: World) -> None:
    programs.withdraw(enrollment=episode(world.ana))
    former = episode(world.ana)
    fresh = programs.readmit(person=world.ana, cohort=world.cohort)
    assert f"/desk/people/{former.pk}/" in words(world.dana, f"/desk/people/{fresh.pk}/")


def test_who_moderates_takes_no_step(world: World) -> None:
    before = kept(world.ana)
    for step in ("phase", "finish", "end", "away", "again", "not-now"):
        assert browser(world.cy).post(at(world.ana, step), {"outcome": "other"}).status_code == 404, step
    assert kept(world.ana) == before


def test_an_earlier_time_of_somebody_who_is_back_leads_to_the_one_that_goes_on(world: World) -> None:
    programs.withdraw(enrollment=episode(world.ana))
    earlier = at(world.ana)
    programs.readmit(person=world.ana, cohort=world.cohort)
    page = words(world.dana, earlier)
    assert "Welcome them back" not in page
    assert f'href="{at(world.ana)}"' in page
    assert browser(world.dana).get(f"{earlier}again/").headers["Location"] == at(world.ana, "again")


def test_nobody_is_offered_a_program_they_are_in(world: World) -> None:
    programs.appoint(person=world.dana, program=world.other, role=StaffRole.FACILITATOR)
    programs.withdraw(enrollment=episode(world.ana))
    programs.enroll(person=world.ana, cohort=world.mornings)
    ended = Enrollment.objects.ended().of(world.ana.pk).get()
    asked = words(world.dana, f"/desk/people/{ended.pk}/again/").split("stack-wide form")[1].split("</form>")[0]
    assert "Tuesday evening group" in asked
    assert "Harbor mornings" not in asked

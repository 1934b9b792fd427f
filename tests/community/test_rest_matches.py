"""Matches over REST; and the sweep: what neither side sees of the other, at any of the ten states, by any door."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.foundation import clock
from community.matches import tasks
from community.matches.models import Match, MatchCheckIn
from community.matches.plans.codes import Reason, State
from community.mentoring.models import MentorRequest
from groups.demo.services import World
from tests.community.desk import newcomer, words
from tests.community.matches import TWELFTH_DAY, again, match_at, matched
from tests.community.mentoring import active, asked
from tests.community.test_match_pages import OF_ANA, OF_BEN, text
from tests.doors import Script, browser, problem

MATCHES = "mentoring/matches"
FIELDS = {
    "id", "side", "kind", "state", "program", "other", "since", "until", "reasons", "worth_knowing", "hopes",
    "planned_end", "end_wished", "aims", "aims_wished", "calls", "quiet", "may_resume",
}  # fmt: skip
#: Who finds what is between Ana and Ben, at each state.
SHOWN: dict[State, tuple[str, ...]] = {
    State.PROPOSED: (),
    State.SHORTLISTED: ("ana",),
    State.OFFERED: ("ana", "ben"),
    State.INTRODUCTORY: ("ana", "ben"),
    State.ACTIVE: ("ana", "ben"),
    State.PAUSED: ("ana", "ben"),
    State.ENDED: ("ana", "ben"),
    State.DECLINED: (),
    State.EXPIRED: (),
    State.WITHDRAWN: (),
}
CODES = {reason.value for reason in Reason} - {"known", "finished", "staff", "rules"}  # ordinary words, too


def two(world: World, state: State) -> Match:
    return match_at(world, state, request=asked(world.ana, world.evening, **OF_ANA), mentor=active(world, **OF_BEN))


def listed(world: World, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = Script(getattr(world, name)).get(MATCHES).json()["results"]
    return found


@pytest.mark.parametrize("state", list(State))
def test_each_side_finds_what_is_for_them_and_nothing_else(world: World, state: State) -> None:
    row = two(world, state)
    for name, other in (("ana", "Ben"), ("ben", "Ana")):
        shown = listed(world, name)
        assert len(shown) == (name in SHOWN[state])
        one = Script(getattr(world, name)).get(f"{MATCHES}/{row.pk}")
        assert one.status_code == (200 if name in SHOWN[state] else 404)
        for found in shown:
            assert set(found) == FIELDS
            assert found == one.json()
            assert (found["side"], found["other"]) == ("mentee" if name == "ana" else "mentor", {"alias": other})


@pytest.mark.parametrize("state", list(State))
def test_no_page_and_no_answer_tells_a_reason_a_number_of_the_fit_or_a_day_of_theirs(
    world: World, state: State
) -> None:
    row = two(world, state)
    start = world.ben.focuses.get().runs.get().start
    theirs = (start.isoformat(), f"{start:%B} {start.day}, {start.year}", f"{(clock.now().date() - start).days} days")
    for name, other in (("ana", "Ben"), ("ben", "Ana")):
        person, script = getattr(world, name), Script(getattr(world, name))
        paths = ("/mentoring/", "/mentoring/matches/", "/mentoring/people/", f"/mentoring/matches/{row.pk}/")
        pages = [browser(person).get(path).content.decode() for path in paths]
        told = text(" ".join(pages)) + script.get(MATCHES).content.decode()
        if name not in SHOWN[state]:
            assert other not in told
        assert not [code for code in CODES if code in told]
        assert not [day for day in theirs if day in told]
        assert "%" not in told
        assert f"{row.fit}" not in text(" ".join(pages))
        for hidden in ("not_again", "_keeps", "parts", 'fit"', "secret wish", "Veteran", "tenure"):
            assert hidden not in told


@pytest.mark.parametrize("state", [State.OFFERED, State.ACTIVE, State.ENDED])
def test_what_somebody_hopes_for_is_their_mentors_to_read_until_it_has_ended(world: World, state: State) -> None:
    two(world, state)
    assert listed(world, "ben")[0]["hopes"] == (None if state == State.ENDED else OF_ANA["hopes"])


@pytest.mark.parametrize("reason", [Reason.NOT_A_FIT, Reason.NO_TIME, Reason.NOT_SAID])
def test_why_somebody_ended_it_reads_the_same_to_the_other_whatever_it_was(world: World, reason: Reason) -> None:
    row = two(world, State.ACTIVE)
    assert Script(world.ana).post(f"{MATCHES}/{row.pk}/end", {"reason": reason, "not_again": True}).status_code == 200
    (found,) = listed(world, "ben")
    assert (found["state"], found["reasons"], found["until"]) == ("ended", [], None)
    assert reason not in Script(world.ben).get(MATCHES).content.decode()


def test_a_script_walks_the_whole_way(world: World) -> None:
    row = two(world, State.SHORTLISTED)
    ana, ben, at = Script(world.ana), Script(world.ben), f"{MATCHES}/{row.pk}"
    shown = ana.get(at).json()
    assert {one["code"] for one in shown["reasons"]} == {"hours", "life_stage", "pathway"}
    assert shown["hopes"] is None
    assert ana.post(f"{at}/choose").json()["state"] == "offered"
    assert ben.get(at).json()["hopes"] == "Somebody who laughs."
    assert ben.post(f"{at}/accept").json()["state"] == "introductory"
    assert ana.post(f"{at}/pause").json()["state"] == "paused"
    assert (ana.get(at).json()["may_resume"], ben.get(at).json()["may_resume"]) == (True, False)
    assert ana.post(f"{at}/resume").json()["state"] == "introductory"
    with clock.turned(by=TWELFTH_DAY):
        assert ana.post(f"{at}/confirm").json()["state"] == "introductory"
        assert ben.post(f"{at}/confirm").json()["state"] == "active"
    day = (clock.today(world.evening.zone) + timedelta(days=30)).isoformat()
    assert ana.post(f"{at}/plan-end", {"day": day}).json()["end_wished"] == {"day": day, "mine": True}
    assert ben.get(at).json()["end_wished"] == {"day": day, "mine": False}
    assert ben.post(f"{at}/plan-end", {"day": day}).json()["planned_end"] == day
    ana.post(f"{at}/call", {"wants": True, "number": "201-555-0144"})
    assert ben.get(at).json()["calls"] == {"mine": False, "other": True, "number": None}
    assert ben.post(f"{at}/call", {"wants": True}).json()["calls"]["number"] == "+12015550144"
    assert ana.post(f"{at}/end", {"ask_again": False}).json()["state"] == "ended"
    assert ben.get(at).json()["calls"]["number"] is None
    assert ana.post(f"{at}/look-again").status_code == 200
    assert MentorRequest.objects.open().get().asked_at == row.request.asked_at


def test_none_and_not_this_one_and_taking_back_leave_nothing_behind(world: World) -> None:
    row = two(world, State.SHORTLISTED)
    ana, at = Script(world.ana), f"{MATCHES}/{row.pk}"
    assert ana.post(f"{at}/choose").status_code == 200
    assert ana.post(f"{at}/withdraw").status_code == 204
    assert ana.get(at).status_code == 404
    assert ana.post(f"{MATCHES}/none").json() == {"declined": 0}
    assert ana.post(f"{MATCHES}/none", {"why": "so"}).status_code == 422


def test_what_does_not_lead_on_is_409_and_what_is_not_a_step_404(world: World) -> None:
    row = two(world, State.ACTIVE)
    script, at = Script(world.ana), f"{MATCHES}/{row.pk}"
    problem(script.post(f"{at}/choose"), 409, "state")
    assert script.post(f"{at}/dance").status_code == 404
    assert Script(world.ben).post(f"{at}/choose").status_code == 403
    assert again(row).state == State.ACTIVE


@pytest.mark.parametrize(
    ("step", "body"),
    [
        ("decline", {"reason": "ran_out"}), ("end", {"reason": "staff"}), ("end", {"not_again": "yes"}),
        ("plan-end", {}), ("plan-end", {"day": "2020-01-01"}), ("call", {}), ("call", {"wants": True, "number": "911"}),
        ("pause", {"until": "tomorrow"}),
    ],
)  # fmt: skip
def test_a_wrong_body_is_422_and_changes_nothing(world: World, step: str, body: dict[str, Any]) -> None:
    row = two(world, State.ACTIVE)
    assert Script(world.ana).post(f"{MATCHES}/{row.pk}/{step}", body).status_code == 422
    assert again(row).state == State.ACTIVE


def test_each_reads_and_answers_their_own_question_alone(world: World) -> None:
    two(world, State.INTRODUCTORY)
    with clock.turned(by=TWELFTH_DAY):
        tasks.to_ask()
        ana, ben = Script(world.ana), Script(world.ben)
        (asked_of_ana,) = ana.get("mentoring/checkins").json()["results"]
        assert asked_of_ana["answers"] == ["another", "talk", "yes"]
        at = f"mentoring/checkins/{asked_of_ana['id']}/answer"
        assert ben.post(at, {"answer": "yes"}).status_code == 404
        assert ana.post(at, {"answer": "good"}).status_code == 422
        before = ben.get("mentoring/checkins").json(), ben.get(MATCHES).json()
        assert ana.post(at, {"answer": "yes", "wants_staff": True}).json()["answer"] == "yes"
        assert (ben.get("mentoring/checkins").json(), ben.get(MATCHES).json()) == before
        problem(ana.post(at, {"answer": "yes"}), 409, "state")
    assert MatchCheckIn.objects.for_staff().count() == 1


def test_a_mentor_with_four_people_is_listed_in_as_many_questions_as_with_one(world: World) -> None:
    mentor, script, counts = active(world), Script(world.ben), []
    script.get(MATCHES)
    for number in range(4):
        request = asked(newcomer(number, world.cohort), world.evening)
        matched(request, mentor, State.OFFERED, until=clock.now() + timedelta(days=1))
        with CaptureQueriesContext(connection) as seen:
            script.get(MATCHES)
        counts.append(len(seen))
    assert counts[0] == counts[3]


def test_only_the_scope_of_care_opens_them(world: World) -> None:
    row = two(world, State.ACTIVE)
    script = Script(world.ana, ["chat:read"])
    for path in (MATCHES, f"{MATCHES}/{row.pk}", "mentoring/checkins"):
        problem(script.get(path), 403, "scope_missing")
    assert "together" in text(words(world.ana, f"/mentoring/matches/{row.pk}/"))

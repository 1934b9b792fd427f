"""The coordinator's board over REST does what the pages do, and refuses what they refuse."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.matches import tasks
from community.matches.models import Batch, Match
from community.matches.plans.codes import State
from groups.demo.services import World
from tests.community.matches import again, another, match_at, matched
from tests.community.mentoring import active, asked
from tests.doors import Script, problem

DESK = "mentoring/desk"


def board(world: World) -> dict[str, Any]:
    found: dict[str, Any] = Script(world.dana).get(f"{DESK}/programs/{world.evening.pk}/board").json()
    return found


def test_a_card_is_suggested_given_out_taken_back_and_refused(world: World) -> None:
    request, mentor = asked(world.ana, world.evening), active(world)
    dana = Script(world.dana)
    (one,) = dana.get(f"{DESK}/requests/{request.pk}/suggestions").json()["results"]
    assert (one["mentor"], one["allowed"], one["against"]) == (str(mentor.pk), True, [])
    made = dana.post(f"{DESK}/requests/{request.pk}/suggestions", {"mentor": str(mentor.pk), "note": "He laughs."})
    assert (made.status_code, made.json()["state"], made.json()["note"]) == (201, "proposed", "He laughs.")
    assert "fit" not in made.json()
    at = f"{DESK}/matches/{made.json()['id']}"
    assert dana.post(f"{at}/approve", {}).json()["undoable"] is True
    assert dana.post(f"{at}/undo", {}).json()["state"] == "proposed"
    assert dana.post(f"{at}/reject", {}).json()["undoable"] is True
    assert dana.post(f"{at}/undo", {}).json()["state"] == "proposed"
    assert [row["id"] for row in board(world)["suggested"]] == [made.json()["id"]]
    again_made = dana.post(f"{DESK}/requests/{request.pk}/suggestions", {"mentor": str(mentor.pk)})
    problem(again_made, 409, "rules")
    problem(dana.post(f"{at}/end", {}), 409, "state")
    problem(dana.post(f"{at}/approve", {"quickly": True}), 422, "unknown")
    problem(dana.post(f"{at}/dance", {}), 404, "not_found")


def test_two_who_walk_together_are_paused_brought_back_covered_and_parted(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    rue, dana, at = another(world, "Rue"), Script(world.dana), f"{DESK}/matches/{row.pk}"
    assert dana.post(f"{at}/pause", {}).json()["state"] == "paused"
    assert dana.post(f"{at}/resume", {}).json()["state"] == "active"
    stands_in = dana.post(f"{at}/stand-in", {"mentor": str(rue.pk)})
    assert (stands_in.status_code, stands_in.json()["kind"]) == (201, "cover")
    assert dana.post(f"{at}/end", {}).status_code == 200
    assert again(row).state == State.ENDED


def test_everybody_at_once_is_asked_for_read_and_taken_over(world: World) -> None:
    asked(world.ana, world.evening)
    active(world)
    dana, at = Script(world.dana), f"{DESK}/programs/{world.evening.pk}/batch"
    assert dana.get(at).json() == {"being_worked_out": False, "newest": None}
    assert dana.post(at, {}).status_code == 202
    assert dana.get(at).json()["being_worked_out"] is True
    tasks.work_out.func(str(Batch.objects.get().pk))
    newest = dana.get(at).json()["newest"]
    assert (newest["may_be_taken"], [one["name"] for one in newest["proposed"]]) == (True, ["Ana"])
    assert dana.post(f"{at}/{newest['id']}/take", {}).json() == {"suggested": 1}
    problem(dana.post(f"{at}/{newest['id']}/take", {}), 409, "state")
    assert Match.objects.get().state == State.PROPOSED


def test_the_best_three_and_the_figures(world: World) -> None:
    request = asked(world.ana, world.evening)
    active(world)
    dana = Script(world.dana)
    assert dana.post(f"{DESK}/requests/{request.pk}/best", {}).json() == {"suggested": 1}
    said = dana.get(f"{DESK}/programs/{world.evening.pk}/outcomes").json()
    assert {one["told"] for one in said["outcomes"]} == {False}


def test_nobody_but_who_runs_the_program_finds_a_board(world: World) -> None:
    request, mentor = asked(world.ana, world.evening), active(world)
    row = matched(request, mentor, State.PROPOSED)
    for person in (world.ana, world.ben, world.cy, world.eli):
        for path in (f"programs/{world.evening.pk}/board", f"requests/{request.pk}/suggestions"):
            problem(Script(person).get(f"{DESK}/{path}"), 404, "not_found")
        problem(Script(person).post(f"{DESK}/matches/{row.pk}/approve", {}), 404, "not_found")


def test_a_longer_board_asks_no_more(world: World) -> None:
    request, mentor = asked(world.ana, world.evening), active(world)
    matched(request, mentor, State.PROPOSED)
    with CaptureQueriesContext(connection) as few:
        board(world)
    for name in ("Rue", "Sam", "Tia"):
        matched(request, another(world, name), State.PROPOSED)
    with CaptureQueriesContext(connection) as many:
        assert len(board(world)["suggested"]) == 4
    assert len(many) == len(few)

"""Mentoring over REST: the same verbs as the pages, strict about what is sent, and nothing of anybody else."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.consent import services as consent
from community.consent.models import Purpose
from community.foundation import clock
from community.foundation.models import FirstAnswer
from community.mentoring import services as mentoring
from community.mentoring.models import Closing, Mentor, MentoringPolicy, MentorRequest, SupervisionNote
from community.mentoring.plans.codes import State
from community.milestones import services as milestones
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from groups.demo.services import World
from tests.community.desk import leader_of
from tests.community.mentoring import SAID, active, again, applied, asked, mentor_at
from tests.doors import Script, problem


def body(world: World, **more: Any) -> dict[str, Any]:
    return {**SAID, "program": str(world.evening.pk), "agrees": True, **more}


def test_a_request_is_asked_read_changed_and_taken_back(world: World) -> None:
    ana = Script(world.ana)
    made = ana.post("mentoring/requests", body(world, hopes="Somebody who laughs."))
    assert made.status_code == 201
    row = made.json()
    assert (row["hours"], row["hopes"], row["closed"]) == (SAID["hours"], "Somebody who laughs.", None)
    at = f"mentoring/requests/{row['id']}"
    assert ana.patch(at, {"style": "listener"}).json() == {**row, "style": "listener"}
    assert ana.get("mentoring/requests").json()["results"] == [ana.get(at).json()]
    assert ana.delete(at).status_code == ana.delete(at).status_code == 204
    assert MentorRequest.objects.get().closing == Closing.WITHDRAWN


def test_the_same_key_asks_once(world: World) -> None:
    ana = Script(world.ana)
    key = {"Idempotency-Key": "one"}
    first = ana.post("mentoring/requests", body(world), **key)
    assert ana.post("mentoring/requests", body(world), **key).json() == first.json()
    problem(ana.post("mentoring/requests", body(world, style="listener"), **key), 409, "conflict")


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"diagnosis": "x"}, "/diagnosis"), ({"agrees": "yes"}, "/agrees"), ({"hours": []}, "/hours"),
        ({"hours": [{"weekday": 1}]}, "/hours/0/ends"), ({"languages": "en"}, "/languages"),
        ({"values": ["x" * 41]}, "/values/0"), ({"wish_kind": "need"}, "/wish_of"), ({"hopes": None}, "/hopes"),
        ({"zone": "Mars/Base"}, "/zone"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_422_and_changes_nothing(world: World, more: dict[str, Any], pointer: str) -> None:
    answer = Script(world.ana).post("mentoring/requests", body(world, **more))
    assert answer.status_code == 422
    assert pointer in {error["pointer"] for error in answer.json()["errors"]}
    assert not MentorRequest.objects.exists()


def test_who_finished_offers_and_rests_and_finishes(world: World) -> None:
    ben = Script(world.ben)
    made = ben.post("mentoring/mentors", body(world))
    assert (made.status_code, made.json()["state"], made.json()["takes_new"]) == (201, State.APPLIED, False)
    problem(ben.put(f"mentoring/mentors/{made.json()['id']}/break"), 409, "state")
    assert ben.delete(f"mentoring/mentors/{made.json()['id']}").status_code == 204
    row = active(world)
    at = f"mentoring/mentors/{row.pk}"
    assert ben.patch(at, {"not_now": True}).json()["takes_new"] is False
    assert ben.patch(at, {"not_now": False}).json()["takes_new"] is True
    rests = ben.put(f"{at}/break").json()
    assert (rests["state"], rests["wishes_cover"]) == (State.PAUSED, True)
    assert ben.delete(f"{at}/break").json()["state"] == State.ACTIVE
    assert ben.post(f"{at}/not-mine").json() == {"told": ["Dana"]}
    assert len(ben.get("mentoring/mentors").json()["results"]) == 2


def test_whoever_takes_a_break_says_whether_somebody_should_stand_in(world: World) -> None:
    row, ben = active(world), Script(world.ben)
    at = f"mentoring/mentors/{row.pk}/break"
    assert ben.put(at, {"wishes_cover": "perhaps"}).status_code == 422
    assert again(row).state == State.ACTIVE
    rests = ben.put(at, {"wishes_cover": False}).json()
    assert (rests["state"], rests["wishes_cover"]) == (State.PAUSED, False)


def test_a_new_count_is_one_word_in_ones_own_answer(world: World) -> None:
    row = active(world)
    before = Script(world.ben).get(f"mentoring/mentors/{row.pk}").json()
    milestones.begin_anew(person=world.ben, focus=world.ben.focuses.get())
    assert Script(world.ben).get(f"mentoring/mentors/{row.pk}").json() == {**before, "takes_new": False}


@pytest.mark.parametrize("who", ["ana", "cy", "dana", "eli"])
def test_nothing_of_anybody_else_is_there(world: World, who: str) -> None:
    script, row, wish = Script(getattr(world, who)), active(world), asked(world.ben, world.evening)
    for method, at in (
        ("GET", f"mentoring/mentors/{row.pk}"), ("PATCH", f"mentoring/mentors/{row.pk}"),
        ("DELETE", f"mentoring/mentors/{row.pk}"), ("PUT", f"mentoring/mentors/{row.pk}/break"),
        ("DELETE", f"mentoring/mentors/{row.pk}/break"), ("POST", f"mentoring/mentors/{row.pk}/not-mine"),
        ("PUT", f"mentoring/mentors/{row.pk}/agreement"), ("GET", f"mentoring/requests/{wish.pk}"),
        ("PATCH", f"mentoring/requests/{wish.pk}"), ("DELETE", f"mentoring/requests/{wish.pk}"),
    ):  # fmt: skip
        problem(script.ask(method, at, {} if method == "PATCH" else None), 404, "not_found")
    assert (again(row).state, MentorRequest.objects.get().is_open) == (State.ACTIVE, True)


def test_a_program_one_was_never_in_is_not_there(world: World) -> None:
    problem(Script(world.eli).post("mentoring/requests", body(world)), 404, "not_found")
    problem(Script(world.eli).post("mentoring/mentors", body(world)), 404, "not_found")
    problem(Script(world.ana).post("mentoring/mentors", body(world)), 403, "not_allowed")
    assert not Mentor.objects.exists()


def test_what_somebody_says_lies_beside_no_key(world: World) -> None:
    key = {"Idempotency-Key": "one"}
    Script(world.ana).post("mentoring/requests", body(world, hopes="Somebody who laughs."), **key)
    Script(world.ben).post("mentoring/mentors", body(world, values=["Night shifts"]), **key)
    Script(world.dana).post(f"mentoring/desk/mentors/{Mentor.objects.get().pk}/notes", {"body": "Tired."}, **key)
    kept = repr(list(FirstAnswer.objects.values_list("answer", flat=True)))
    assert kept.count("id") == 3
    assert not any(words in kept for words in ("laughs", "Night shifts", "Tired", "en"))


def test_a_mentor_agrees_anew_before_coming_back(world: World) -> None:
    row = active(world)
    consent.revoke(person=world.ben, record=world.ben.consents.get(purpose=Purpose.MENTORING))
    at, ben = f"mentoring/mentors/{row.pk}", Script(world.ben)
    assert (ben.get(at).json()["agreed"], ben.get(at).json()["state"]) == (False, State.PAUSED)
    problem(ben.delete(f"{at}/break"), 409, "agreement")
    assert ben.put(f"{at}/agreement").json()["agreed"] is True
    assert ben.put(f"{at}/agreement").status_code == 200
    assert ben.delete(f"{at}/break").json()["state"] == State.ACTIVE


def test_another_scope_opens_none_of_it(world: World) -> None:
    row = mentor_at(world, State.APPLIED)
    problem(Script(world.ben, ["chat:read"]).get(f"mentoring/mentors/{row.pk}"), 403, "scope_missing")


def test_who_runs_a_program_says_what_it_asks_of_its_mentors(world: World) -> None:
    at, dana = f"mentoring/policies/{world.evening.pk}", Script(world.dana)
    assert (dana.get(at).json()["tenure_days"], dana.get(at).json()["version"]) == (365, 0)
    assert dana.patch(at, {"tenure_days": 180, "version": 0}).json()["version"] == 1
    assert problem(dana.patch(at, {"tenure_days": 90, "version": 0}), 409, "stale")["current"]["tenure_days"] == 180
    assert dana.patch(at, {"minors": True}).status_code == 422
    assert dana.patch(at, {"mentor_tracks": "addiction"}).status_code == 422
    assert dana.patch(at, {"tenure": 1}).status_code == 422
    assert MentoringPolicy.objects.get().tenure_days == 180
    for who in (world.ana, world.ben, world.cy, world.eli):
        problem(Script(who).get(at), 404, "not_found")
        problem(Script(who).patch(at, {"floor": 1}), 404, "not_found")


# --- the desk --------------------------------------------------------------------------------------------------------


def test_staff_lead_somebody_from_an_offer_to_a_mentor(world: World) -> None:
    at, dana = f"mentoring/desk/mentors/{applied(world).pk}", Script(world.dana)
    assert dana.get(at).json()["steps"] == ["screen", "retire"]
    for step in ("screen", "train"):
        assert dana.post(f"{at}/steps/{step}").status_code == 200
    problem(dana.post(f"{at}/steps/approve"), 409, "clearance")
    until = clock.today(world.evening.zone) + timedelta(days=200)
    assert dana.put(f"{at}/clearance", {"until": until.isoformat()}).json()["cleared_until"] is not None
    named = dana.put(f"{at}/supervisor", {"supervisor": str(world.dana.pk)}).json()["supervisor"]
    assert named == {"id": str(world.dana.pk), "alias": "Dana"}
    made = dana.post(f"{at}/steps/approve").json()
    assert (made["state"], made["takes_new"], made["steps"]) == (State.ACTIVE, True, ["pause", "retire"])
    assert made["person"] == {"id": str(world.ben.pk), "alias": "Ben"}
    assert made["said"]["hours"] == SAID["hours"]
    problem(dana.post(f"{at}/steps/approve"), 409, "state")
    problem(dana.post(f"{at}/steps/promote"), 404, "not_found")
    assert dana.post(f"{at}/steps/retire").json()["state"] == State.RETIRED


@pytest.mark.parametrize(
    ("part", "sent", "pointer"),
    [
        ("clearance", {"until": "2020-01-01"}, "/until"), ("clearance", {"until": "soon"}, "/until"),
        ("clearance", {}, "/until"), ("clearance", {"until": "2026-12-24", "paper": "x"}, "/paper"),
        ("supervisor", {"supervisor": str(uuid4())}, "/supervisor"), ("supervisor", {"supervisor": 7}, "/supervisor"),
        ("supervisor", {}, "/supervisor"),
    ],
)  # fmt: skip
def test_what_staff_cannot_say_is_422_and_changes_nothing(
    world: World, part: str, sent: dict[str, Any], pointer: str
) -> None:
    row = applied(world)
    answer = Script(world.dana).put(f"mentoring/desk/mentors/{row.pk}/{part}", sent)
    assert answer.status_code == 422
    assert pointer in {error["pointer"] for error in answer.json()["errors"]}
    assert (again(row).cleared_until, again(row).supervisor) == (None, None)


def test_nobody_who_does_not_work_there_is_told_from_nobody_at_all(world: World) -> None:
    at, dana = f"mentoring/desk/mentors/{applied(world).pk}/supervisor", Script(world.dana)
    assert dana.put(at, {"supervisor": str(world.eli.pk)}).json() == dana.put(at, {"supervisor": str(uuid4())}).json()


def test_notes_are_written_once_a_key_and_read_by_staff_alone(world: World) -> None:
    at, dana = f"mentoring/desk/mentors/{active(world).pk}/notes", Script(world.dana)
    key = {"Idempotency-Key": "one"}
    made = dana.post(at, {"body": "Tired on Tuesdays."}, **key)
    assert (made.status_code, made.json()["body"]) == (201, "Tired on Tuesdays.")
    assert dana.post(at, {"body": "Tired on Tuesdays."}, **key).json() == made.json()
    problem(dana.post(at, {"body": "Tired."}, **key), 409, "conflict")
    assert dana.post(at, {"body": " "}).status_code == 422
    assert dana.get(at).json() == {"results": [made.json()]}
    assert SupervisionNote.objects.count() == 1
    problem(Script(world.ben).get(at), 404, "not_found")


def test_a_supervisor_who_does_not_run_the_program_reads_no_answers_and_takes_no_step(world: World) -> None:
    rue = leader_of(world.cohort, "Rue")
    row, wish = active(world), asked(world.ana, world.evening)
    mentoring.name_supervisor(mentor=row, supervisor=rue, by=world.dana)
    at, script = f"mentoring/desk/mentors/{row.pk}", Script(rue)
    assert (script.get(at).json()["said"], script.get(at).json()["steps"]) == (None, [])
    assert script.post(f"{at}/notes", {"body": "Tired."}).status_code == 201
    problem(script.post(f"{at}/steps/retire"), 403, "not_allowed")
    problem(script.put(f"{at}/clearance", {"until": "2027-01-01"}), 404, "not_found")
    problem(script.put(f"{at}/supervisor", {"supervisor": str(rue.pk)}), 404, "not_found")
    problem(script.put(f"mentoring/desk/requests/{wish.pk}/first"), 404, "not_found")
    assert script.get("mentoring/desk/requests").json()["results"] == []


def test_staff_see_who_waits_and_let_somebody_go_first(world: World) -> None:
    first, dana = asked(world.ana, world.evening, hopes="Somebody who laughs."), Script(world.dana)
    asked(world.ben, world.evening)
    at = "mentoring/desk/requests"
    shown = dana.get(at).json()["results"]
    assert [one["person"]["alias"] for one in shown] == ["Ana", "Ben"]
    assert (shown[0]["hopes"], shown[0]["urgent"]) == ("Somebody who laughs.", False)
    last = shown[1]["id"]
    assert (
        dana.put(f"{at}/{last}/first").json() == dana.put(f"{at}/{last}/first").json() == {**shown[1], "urgent": True}
    )
    assert [one["person"]["alias"] for one in dana.get(at).json()["results"]] == ["Ben", "Ana"]
    assert dana.delete(f"{at}/{last}/first").json() == shown[1]
    mentoring.withdraw(person=world.ana, request=first)
    problem(dana.put(f"{at}/{first.pk}/first"), 409, "state")


def test_the_desk_tells_not_now_and_never_why(world: World) -> None:
    row, dana = active(world), Script(world.dana)
    at = f"mentoring/desk/mentors/{row.pk}"
    mentoring.change(person=world.ben, mentor=row, wanted={"not_now": True})
    seen = [dana.get(at).json(), dana.get("mentoring/desk/mentors").json()]
    mentoring.change(person=world.ben, mentor=row, wanted={"not_now": False})
    assert dana.get(at).json() == {**seen[0], "takes_new": True}
    milestones.begin_anew(person=world.ben, focus=world.ben.focuses.get())
    assert [dana.get(at).json(), dana.get("mentoring/desk/mentors").json()] == seen
    assert "not_now" not in str(seen)


@pytest.mark.parametrize("who", ["ana", "ben", "cy", "eli"])
def test_to_who_leads_nobody_the_desk_is_not_there(world: World, who: str) -> None:
    script, row, wish = Script(getattr(world, who)), active(world), asked(world.ben, world.evening)
    at, until = f"mentoring/desk/mentors/{row.pk}", "2027-01-01"
    for method, path, sent in (
        ("GET", at, None), ("POST", f"{at}/steps/retire", None), ("PUT", f"{at}/clearance", {"until": until}),
        ("PUT", f"{at}/supervisor", {"supervisor": str(world.dana.pk)}), ("GET", f"{at}/notes", None),
        ("POST", f"{at}/notes", {"body": "Mine."}), ("PUT", f"mentoring/desk/requests/{wish.pk}/first", None),
        ("DELETE", f"mentoring/desk/requests/{wish.pk}/first", None),
    ):  # fmt: skip
        problem(script.ask(method, path, sent), 404, "not_found")
    for path in ("mentoring/desk/mentors", "mentoring/desk/requests"):
        assert script.get(path).json()["results"] == []
    assert (again(row).state, SupervisionNote.objects.count()) == (State.ACTIVE, 0)


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("dana", "mentoring/desk/mentors"), ("dana", "mentoring/desk/requests"), ("fay 0", "mentoring/mentors"),
        ("fay 0", "mentoring/requests"),
    ],
)  # fmt: skip
def test_a_long_list_asks_as_often_as_a_short_one_and_pages(world: World, who: str, path: str) -> None:
    fays = [_finished(world, f"Fay {number}") for number in range(3)]
    script = Script(world.dana if who == "dana" else fays[0])
    _offers_and_hopes(world, fays[0])

    def questions() -> int:
        with CaptureQueriesContext(connection) as found:
            assert script.get(path).status_code == 200
        return len(found)

    few = questions()
    for fay in fays:
        for _again in range(2):
            _retired_and_back(world, fay)
    assert questions() == few
    page = script.get(f"{path}?limit=1").json()
    assert len(page["results"]) == 1
    assert page["next"] is not None
    assert script.get(page["next"]).json()["results"][0]["id"] != page["results"][0]["id"]


def _finished(world: World, alias: str) -> Person:
    person = people.create(alias=alias)
    with clock.turned(by=-timedelta(days=100)):
        programs.graduate(enrollment=programs.enroll(person=person, cohort=world.cohort))
    return person


def _offers_and_hopes(world: World, person: Person) -> None:
    mentoring.apply(person=person, program=world.evening, wanted=SAID, agrees=True)
    asked(person, world.evening)


def _retired_and_back(world: World, person: Person) -> None:
    """What was is over, and begins anew: a longer history of one's own, and a longer list at the desk."""
    for row in Mentor.objects.of(person.pk).open():
        mentoring.retire(mentor=row, by=person)
    for wish in MentorRequest.objects.of(person.pk).open():
        mentoring.withdraw(person=person, request=wish)
    _offers_and_hopes(world, person)

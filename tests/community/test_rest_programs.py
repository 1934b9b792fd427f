"""Programs, cohorts, episodes and staff over REST: what each may see, and what is refused."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from community.foundation import clock
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Enrollment, StaffRole
from groups.demo.services import World
from groups.passages.models import AlumniOffer
from tests.doors import Script, problem

NEW: dict[str, Any] = {"name": "Wednesday group", "admission": "rolling", "starts": "2026-11-25", "capacity": 8}
COHORT = {"id", "program", "name", "admission", "starts", "ends", "zone", "where", "language", "slots", "next"}
FOR_STAFF = {"capacity", "people", "weekly_minutes", "advice"}


def root() -> Person:
    person = people.create(alias="Gus")
    programs.appoint(person=person, program=None, role=StaffRole.ADMINISTRATOR)
    return person


def episode(person: Person) -> Enrollment:
    return Enrollment.objects.of(person.pk).get()


def test_a_member_sees_their_own_cohort_and_when_it_meets(world: World) -> None:
    (shown,) = Script(world.ana).get("cohorts").json()["results"]
    assert set(shown) == COHORT
    assert shown["name"] == "Tuesday evening group"
    assert shown["slots"][0] == {"weekday": 1, "starts": "18:00", "minutes": 180}
    assert shown["next"]["begins"].endswith("Z")
    assert Script(world.ana).get(f"cohorts/{world.cohort.pk}").json() == shown


def test_who_leads_a_cohort_sees_how_full_it_is(world: World) -> None:
    (shown,) = Script(world.dana).get("cohorts").json()["results"]
    assert set(shown) == COHORT | FOR_STAFF
    assert (shown["people"], shown["capacity"], shown["weekly_minutes"], shown["advice"]) == (1, 12, 540, None)


def test_who_finished_is_in_no_cohort_any_more(world: World) -> None:
    assert Script(world.ben).get("cohorts").json()["results"] == []
    assert Script(world.ben).get(f"cohorts/{world.cohort.pk}").status_code == 404


def test_programs_are_those_one_works_for_or_is_in(world: World) -> None:
    def names(person: Person) -> list[str]:
        return [one["name"] for one in Script(person).get("programs").json()["results"]]

    assert names(world.ana) == ["Evening program"]
    assert names(world.cy) == ["Evening program"]
    assert names(world.eli) == ["Harbor program"]
    assert names(world.ben) == []
    assert names(root()) == ["Evening program", "Harbor program"]


def test_a_program_says_what_its_track_asks_for(world: World) -> None:
    shown = Script(world.ana).get(f"programs/{world.evening.pk}").json()
    assert shown["profile"] == {"walled": False, "history_days": 7, "weekly_hours": [9, 19]}
    assert (shown["track"], shown["age_band"]) == ("addiction", None)


def test_who_runs_the_organization_opens_a_program(world: World) -> None:
    answer = Script(root()).post("programs", {"name": "After school", "track": "teen", "age_band": "13-17"})
    assert answer.status_code == 201
    assert answer.json()["profile"] == {"walled": True, "history_days": 0, "weekly_hours": [6, 19]}
    problem(Script(world.dana).post("programs", {"name": "Nights", "track": "dual"}), 403, "not_allowed")


def test_a_program_is_opened_once_a_key(world: World) -> None:
    script, wanted = Script(root()), {"name": "Nights", "track": "dual"}
    first = script.post("programs", wanted, **{"Idempotency-Key": "one"})
    again = script.post("programs", wanted, **{"Idempotency-Key": "one"})
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    problem(script.post("programs", wanted), 409, "taken")


def test_a_coordinator_opens_a_cohort_with_its_times(world: World) -> None:
    slots = [{"weekday": 4, "starts": "17:30", "minutes": 90}]
    answer = Script(world.dana).post(f"programs/{world.evening.pk}/cohorts", {**NEW, "slots": slots})
    assert answer.status_code == 201, answer.content
    assert answer.json()["slots"] == slots
    assert answer.json()["advice"] == "few"
    groups = {one["name"] for one in Script(world.dana).get("groups").json()["results"]}
    assert "Wednesday group" in groups


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"name": ""}, "/name"),
    ({"capacity": "8"}, "/capacity"),
    ({"capacity": 0}, "/capacity"),
    ({"starts": "25.11.2026"}, "/starts"),
    ({"ends": "2026-11-01"}, "/ends"),
    ({"admission": "closed"}, "/ends"),
    ({"zone": "Mars"}, "/zone"),
    ({"slots": "Tuesday"}, "/slots"),
    ({"slots": ["Tuesday"]}, "/slots"),
    ({"slots": [{"weekday": 9, "starts": "17:30", "minutes": 90}]}, "/slots/0/weekday"),
    ({"slots": [{"weekday": 1, "starts": "17:30", "minutes": 90}] * 2}, "/slots/1"),
    ({"slots": [{}]}, "/weekday"),
    ({"leader": "Dana"}, "/leader"),
]


@pytest.mark.parametrize(("wrong", "pointer"), WRONG, ids=json.dumps)
def test_a_cohort_that_cannot_be_is_refused_at_its_field(world: World, wrong: dict[str, Any], pointer: str) -> None:
    answer = Script(world.dana).post(f"programs/{world.evening.pk}/cohorts", {**NEW, **wrong})
    assert answer.status_code == 422
    assert pointer in {error["pointer"] for error in answer.json()["errors"]}
    assert world.evening.cohorts.count() == 1


def test_a_cohort_is_changed_and_given_other_times(world: World) -> None:
    script = Script(world.dana)
    changed = script.patch(f"cohorts/{world.cohort.pk}", {"where": "Room 3", "capacity": 10}).json()
    assert (changed["where"], changed["capacity"]) == ("Room 3", 10)
    times = script.put(f"cohorts/{world.cohort.pk}/slots", {"slots": []}).json()
    assert (times["slots"], times["next"]) == ([], None)


def test_a_person_says_by_themselves_that_they_are_away_and_back(world: World) -> None:
    mine = Enrollment.objects.open().of(world.ana.pk).get()
    script, path = Script(world.ana, ["account"]), f"enrollments/{mine.pk}/away/mine"
    gone = [script.put(path) for _twice in range(2)]
    assert [answer.status_code for answer in gone] == [200, 200]
    assert gone[0].json() == gone[1].json()
    assert gone[0].json()["away_since"] is not None
    assert script.delete(path).json()["away_since"] is None
    for other in (world.dana, world.eli):  # who leads has a door of their own
        problem(Script(other).put(path), 404, "not_found")
    programs.graduate(enrollment=mine)
    problem(script.put(path), 409, "ended")


def test_a_life_by_rest(world: World) -> None:
    script, fay = Script(world.dana), people.create(alias="Fay")
    path = f"cohorts/{world.cohort.pk}/enrollments"
    made = script.post(path, {"person": str(fay.pk), "phase": "php"})
    assert made.status_code == 201, made.content
    assert made.json()["person"] == {"id": str(fay.pk), "alias": "Fay"}
    one = f"enrollments/{made.json()['id']}"
    assert [phase["kind"] for phase in script.put(f"{one}/phase", {"phase": "iop"}).json()["phases"]] == ["iop"]
    assert script.put(f"{one}/away").json()["away_since"] is not None
    assert script.delete(f"{one}/away").json()["away_since"] is None
    done = script.put(f"{one}/graduate").json()
    assert (done["outcome"], done["phases"][-1]["kind"]) == ("graduated", "alumni")
    problem(script.put(f"{one}/graduate"), 409, "ended")
    (offer,) = Script(fay).get("alumni-offers").json()["results"]
    assert (offer["name"], offer["people"], offer["kept_by"]) == ("After Tuesday", 3, ["Dana", "Cy"])
    assert len(offer["terms"]) == 4
    said = Script(fay).put(f"alumni-offers/{offer['id']}", {"answer": "yes", "alias": "River"}).json()
    assert said["answer"] == "yes"
    (agreed,) = Script(fay).get("consents").json()["results"]
    assert (agreed["purpose"], agreed["channel"]) == ("alumni_room", "api")
    assert Script(fay).delete(f"consents/{agreed['id']}").status_code == 204
    assert Script(fay).get(f"groups/{world.alumni.pk}").json()["role"] is None


def test_somebody_reads_their_own_times_without_how_they_ended(world: World) -> None:
    programs.withdraw(enrollment=episode(world.ana), outcome="other")
    (mine,) = Script(world.ana).get("enrollments").json()["results"]
    assert {"outcome", "person"}.isdisjoint(mine)
    assert mine["farewell"] is None
    told = Script(world.ana).put(f"enrollments/{mine['id']}/farewell", {"farewell": "line"})
    assert told.json()["farewell"] == "line"
    assert Script(world.ana).put(f"enrollments/{mine['id']}/ask-back").json()["asked_back"] is not None


def test_staff_are_not_told_what_somebody_wants_the_room_to_hear(world: World) -> None:
    programs.choose_farewell(enrollment=episode(world.ana), farewell="nothing", by=world.ana)
    shown = Script(world.dana).get(f"cohorts/{world.cohort.pk}/enrollments").json()["results"]
    assert {one["person"]["alias"] for one in shown} == {"Ana", "Ben"}
    assert all("farewell" not in one for one in shown)


def test_an_end_has_an_outcome_that_is_no_finish(world: World) -> None:
    path = f"enrollments/{episode(world.ana).pk}/end"
    problem(Script(world.dana).put(path, {"outcome": "graduated"}), 422, "choice")
    problem(Script(world.dana).put(path, {}), 422, "required")
    assert Script(world.dana).put(path, {"outcome": "withdrawn", "at_once": True}).json()["outcome"] == "withdrawn"


REFUSED: dict[str, Callable[[World, Script], Any]] = {
    "changing it": lambda w, s: s.patch(f"cohorts/{w.cohort.pk}", {"capacity": 3}),
    "its times": lambda w, s: s.put(f"cohorts/{w.cohort.pk}/slots", {"slots": []}),
    "its people": lambda w, s: s.get(f"cohorts/{w.cohort.pk}/enrollments"),
    "enrolling": lambda w, s: s.post(f"cohorts/{w.cohort.pk}/enrollments", {"person": str(w.eli.pk)}),
    "another cohort": lambda w, s: s.post(f"programs/{w.evening.pk}/cohorts", NEW),
    "its staff": lambda w, s: s.get(f"programs/{w.evening.pk}/appointments"),
    "appointing": lambda w, s: s.post(
        f"programs/{w.evening.pk}/appointments", {"person": str(w.ana.pk), "role": "facilitator"}
    ),
    "its name": lambda w, s: s.patch(f"programs/{w.evening.pk}", {"name": "Mine"}),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_member_sees_their_program_and_changes_nothing_of_it(world: World, what: str) -> None:
    problem(REFUSED[what](world, Script(world.ana)), 403, "not_allowed")


@pytest.mark.parametrize("what", REFUSED)
def test_a_token_without_the_scope_changes_nothing(world: World, what: str) -> None:
    problem(REFUSED[what](world, Script(world.dana, ["chat:read", "account"])), 403, "scope_missing")


def test_who_runs_a_program_appoints_and_dismisses(world: World) -> None:
    script, path = Script(world.dana), f"programs/{world.evening.pk}/appointments"
    wanted = {"person": str(world.ben.pk), "role": "moderator", "ends": "2099-12-31"}
    made = script.post(path, {**wanted, "cohort": str(world.cohort.pk)})
    assert made.status_code == 201, made.content
    assert made.json()["ends"] == "2100-01-01T05:00:00.000Z"
    assert len(script.get(path).json()["results"]) == 4
    assert script.delete(f"appointments/{made.json()['id']}").status_code == 204
    assert len(script.get(path).json()["results"]) == 3
    assert script.delete(f"appointments/{made.json()['id']}").status_code == 404


@pytest.mark.parametrize("wrong", [{"person": str(uuid4())}, {"cohort": str(uuid4())}])
def test_nobody_is_appointed_who_is_not_there_or_where_nothing_is(world: World, wrong: dict[str, str]) -> None:
    wanted = {"person": str(world.ben.pk), "role": "moderator", **wrong}
    problem(Script(world.dana).post(f"programs/{world.evening.pk}/appointments", wanted), 404, "not_found")


def test_a_moderator_of_a_program_cannot_see_who_is_appointed(world: World) -> None:
    problem(Script(world.cy).get(f"programs/{world.evening.pk}/appointments"), 403, "not_allowed")
    cy = world.cy.appointments.get()
    assert Script(world.cy).delete(f"appointments/{cy.pk}").status_code == 404


def test_lists_cost_the_same_however_long_they_are(
    world: World, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for number in range(4):
        cohort = programs.open_cohort(program=world.evening, wanted={**NEW, "name": f"Group {number}"})
        programs.enroll(person=people.create(alias=f"Guest {'abcd'[number]}"), cohort=world.cohort)
        programs.enroll(person=people.create(alias=f"Guest {'efgh'[number]}"), cohort=cohort)
    script = Script(world.dana)
    asks = {"cohorts": 3, "programs": 2, f"cohorts/{world.cohort.pk}/enrollments": 6, "enrollments": 2}
    for path, queries in asks.items():
        script.get(path)
        with django_assert_num_queries(queries):
            assert script.get(path).status_code == 200


def test_an_offer_is_answered_by_its_own_person_alone(world: World) -> None:
    programs.graduate(enrollment=episode(world.ana))
    offer = AlumniOffer.objects.of(world.ana.pk).get()
    for other in (world.ben, world.dana):
        problem(Script(other).put(f"alumni-offers/{offer.pk}", {"answer": "yes"}), 404, "not_found")
    problem(Script(world.ana).put(f"alumni-offers/{offer.pk}", {"answer": "maybe"}), 422, "choice")
    assert Script(world.ana).put(f"alumni-offers/{offer.pk}", {"answer": "not_now"}).json()["answer"] == "not_now"
    assert clock.now() < AlumniOffer.objects.get(person=world.ana).asks_again  # type: ignore[operator]  # it is set

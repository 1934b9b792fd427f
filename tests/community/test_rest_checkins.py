"""Check-ins over REST: what a script of one's own may do, what is refused, and what who leads a group may read."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.checkins import services as checkins
from community.checkins.models import CheckIn, Share
from community.checkins.rules import today_of
from community.foundation import clock
from community.people.models import Person
from groups.demo.services import World
from tests.community.desk import administrator, episode
from tests.doors import Script, problem

SHAPE = {"day", "weather", "connection", "sleep", "craving", "note", "changed"}
ALL: dict[str, Any] = {"weather": "steady", "connection": "some", "sleep": "6_to_8", "note": "Slept well."}


def day(person: Person, back: int = 0) -> str:
    return (today_of(person) - timedelta(days=back)).isoformat()


def shares(person: Person, of: UUID, back: int = 0) -> str:
    return f"checkins/{day(person, back)}/shares/{of}"


def test_a_day_is_put_read_changed_and_erased(world: World) -> None:
    ana = Script(world.ana)
    path = f"checkins/{day(world.ana)}"
    assert ana.get(path).status_code == 404
    made = ana.put(path, ALL)
    assert made.status_code == 200
    assert set(made.json()) == {*SHAPE, "shared"}
    assert {**ALL, "day": day(world.ana), "craving": None, "shared": []}.items() <= made.json().items()
    assert ana.put(path, ALL).json() == made.json() == ana.get(path).json()
    assert ana.put(path, {"weather": "low"}).json()["note"] == ""
    assert CheckIn.objects.count() == 1
    assert ana.delete(path).status_code == 204
    problem(ana.delete(path), 404, "not_found")


def test_a_script_that_says_what_it_looked_at_writes_over_nothing_else(world: World) -> None:
    ana = Script(world.ana)
    path = f"checkins/{day(world.ana)}"
    made = ana.put(path, {**ALL, "seen": ""}).json()
    problem(ana.put(path, {"weather": "low", "seen": ""}), 409, "stale")
    assert ana.get(path).json() == made
    assert ana.put(path, {"weather": "low", "seen": made["changed"]}).status_code == 200
    over = {"weather": "good", "pressed": "2026-11-01T12:00:00Z"}
    problem(ana.put(path, over), 422, "day_over")
    problem(ana.put(path, {"weather": "good", "pressed": "yesterday"}), 422, "moment")


def test_a_list_pages_the_newest_first_and_asks_the_same_for_more(world: World) -> None:
    ana = Script(world.ana)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert ana.get("checkins").status_code == 200
        return len(found)

    ana.put(f"checkins/{day(world.ana)}", ALL)
    few = asked()
    for back in (1, 2, 3):
        ana.put(f"checkins/{day(world.ana, back)}", {"weather": "okay"})
    assert asked() == few
    first = ana.get("checkins?limit=3").json()
    assert [one["day"] for one in first["results"]] == [day(world.ana, back) for back in (0, 1, 2)]
    second = ana.get(first["next"]).json()
    assert [one["day"] for one in second["results"]] == [day(world.ana, 3)]
    assert second["next"] is None


def test_a_script_sees_its_own_persons_days_alone(world: World) -> None:
    Script(world.ana).put(f"checkins/{day(world.ana)}", ALL)
    for person in (world.ben, world.cy, world.dana, world.eli):
        script = Script(person)
        assert script.get("checkins").json()["results"] == []
        problem(script.get(f"checkins/{day(world.ana)}"), 404, "not_found")
        problem(script.delete(f"checkins/{day(world.ana)}"), 404, "not_found")
    assert CheckIn.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/weather"),
        ({"weather": "sunny"}, "/weather"),
        ({"weather": None}, "/weather"),
        ({**ALL, "sleep": 8}, "/sleep"),
        ({**ALL, "connection": "many"}, "/connection"),
        ({**ALL, "note": "x" * 1001}, "/note"),
        ({**ALL, "note": 5}, "/note"),
        ({**ALL, "mood": "fine"}, "/mood"),
        ({**ALL, "craving": 3}, "/craving"),
        ({**ALL, "craving": 11}, "/craving"),
        ({**ALL, "day": "2026-11-18"}, "/day"),
    ],
)
def test_a_bad_body_is_422_and_says_where(world: World, body: dict[str, Any], pointer: str) -> None:
    answer = Script(world.ana).put(f"checkins/{day(world.ana)}", body)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize(("back", "code"), [(-1, "future"), (8, "past"), (9000, "past")])
def test_a_day_that_is_not_open_is_422(world: World, back: int, code: str) -> None:
    problem(Script(world.ana).put(f"checkins/{day(world.ana, back)}", ALL), 422, code)
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("odd", ["2026-02-30", "0001-01-01", "today", "20261118"])
def test_what_is_no_day_is_422(world: World, odd: str) -> None:
    for answer in (Script(world.ana).put(f"checkins/{odd}", ALL), Script(world.ana).get(f"checkins/{odd}")):
        problem(answer, 422, "day")


def test_a_day_is_shared_and_taken_back_and_both_are_the_same_again(world: World) -> None:
    ana, theirs = Script(world.ana), episode(world.ana)
    ana.put(f"checkins/{day(world.ana)}", ALL)
    for _time in range(2):
        assert ana.put(shares(world.ana, theirs.pk)).json()["shared"] == [str(theirs.pk)]
    (read,) = Script(world.dana).get(f"enrollments/{theirs.pk}/checkins").json()["results"]
    assert set(read) == SHAPE
    assert ALL.items() <= read.items()
    for _time in range(2):
        assert ana.delete(shares(world.ana, theirs.pk)).status_code == 204
    assert Script(world.dana).get(f"enrollments/{theirs.pk}/checkins").json()["results"] == []


def test_a_day_that_another_device_changed_since_is_not_shared_unseen(world: World) -> None:
    ana, theirs = Script(world.ana), episode(world.ana)
    looked_at = ana.put(f"checkins/{day(world.ana)}", ALL).json()["changed"]
    with clock.turned(by=timedelta(seconds=1)):
        stands = ana.put(f"checkins/{day(world.ana)}", {"weather": "low"}).json()["changed"]
    for seen in (looked_at, ""):
        problem(ana.put(shares(world.ana, theirs.pk), {"seen": seen}), 409, "stale")
        assert not Share.objects.exists()
    for _time in range(2):
        assert ana.put(shares(world.ana, theirs.pk), {"seen": stands}).json()["shared"] == [str(theirs.pk)]


@pytest.mark.parametrize(("body", "pointer"), [({"seen": 5}, "/seen"), ({"share": True}, "/share")])
def test_a_share_that_says_something_else_is_422_and_shares_nothing(
    world: World, body: dict[str, Any], pointer: str
) -> None:
    ana, theirs = Script(world.ana), episode(world.ana)
    ana.put(f"checkins/{day(world.ana)}", ALL)
    answer = ana.put(shares(world.ana, theirs.pk), body)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert not Share.objects.exists()


def test_only_who_leads_may_read_what_was_shared(world: World) -> None:
    theirs = episode(world.ana)
    row = checkins.check_in(person=world.ana, day=today_of(world.ana), answers=ALL)
    checkins.share(person=world.ana, check_in=row, enrollment=theirs)
    for person in (world.ana, world.ben, world.cy, world.eli, administrator()):
        problem(Script(person).get(f"enrollments/{theirs.pk}/checkins"), 404, "not_found")
        problem(Script(person).get(f"enrollments/{uuid4()}/checkins"), 404, "not_found")


def test_nobody_shares_through_what_is_not_theirs(world: World) -> None:
    Script(world.ana).put(f"checkins/{day(world.ana)}", ALL)
    Script(world.ben).put(f"checkins/{day(world.ben)}", ALL)
    problem(Script(world.ana).put(shares(world.ana, episode(world.eli).pk)), 404, "not_found")
    problem(Script(world.dana).put(shares(world.ana, episode(world.ana).pk)), 404, "not_found")
    problem(Script(world.ben).put(shares(world.ben, episode(world.ben).pk)), 403, "not_allowed")
    assert not Share.objects.exists()


def test_a_reminder_is_set_and_ended(world: World) -> None:
    ana = Script(world.ana)
    assert ana.get("checkins/reminder").json() == {"at": None}
    assert ana.put("checkins/reminder", {"at": "19:30"}).json() == {"at": "19:30"}
    assert ana.get("checkins/reminder").json() == {"at": "19:30"}
    problem(ana.put("checkins/reminder", {"at": "23:00"}), 422, "quiet")
    problem(ana.put("checkins/reminder", {"at": "8pm"}), 422, "time")
    problem(ana.put("checkins/reminder", {}), 422, "required")
    assert ana.put("checkins/reminder", {"at": None}).json() == {"at": None}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "checkins"),
        ("PUT", "checkins/2026-11-18"),
        ("DELETE", "checkins/2026-11-18"),
        ("PUT", "checkins/reminder"),
        ("GET", f"enrollments/{UUID(int=7)}/checkins"),
    ],
)
def test_a_token_without_care_is_refused(world: World, method: str, path: str) -> None:
    script = Script(world.ana, ["chat:read", "chat:write", "seats:write", "account"])
    problem(script.ask(method, path, ALL if method == "PUT" else None), 403, "scope_missing")
    problem(Script(None).ask(method, path, ALL if method == "PUT" else None), 401, "sign_in")


def test_words_of_a_note_stand_in_no_refusal(world: World) -> None:
    answer = Script(world.ana).put(f"checkins/{day(world.ana)}", {"weather": "quietheron", "note": "quietheron"})
    assert "quietheron" not in answer.content.decode()

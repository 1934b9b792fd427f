"""How often somebody did something: theirs alone, in any program, a number and no day."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from community.audit.models import AuditEntry
from community.foundation import clock
from community.foundation.errors import Conflict, Invalid, Missing
from community.milestones import services as milestones
from community.milestones.desk import ladder_of, ladders_of_times
from community.milestones.ladders import TIMES, LadderKind
from community.milestones.models import Tally
from community.milestones.serializers import shape_tally
from community.people import services as people
from community.people.models import Person
from groups.demo.services import World
from tests.doors import Script, browser, problem


def begun(person: Person, kind: str = "skill", name: str = "Calling somebody first") -> Tally:
    return milestones.begin_tally(person=person, kind=kind, name=name)


def path(person: Person) -> str:
    return browser(person).get("/my-path/").content.decode()


def at(tally: Tally, step: str) -> str:
    return f"/my-path/tallies/{tally.pk}/{step}/"


# --- the services ----------------------------------------------------------------------------------------------------


def test_it_begins_with_nothing_and_the_same_again_is_the_same(world: World) -> None:
    tally = begun(world.eli)
    assert (tally.count, tally.name) == (0, "Calling somebody first")
    assert begun(world.eli) == tally
    assert begun(world.eli, name="Another") != tally


def test_a_goal_needs_a_name_and_what_cannot_be_is_refused(world: World) -> None:
    for wrong in (
        {"kind": "goal", "name": ""},
        {"kind": "days"},
        {"kind": "goal", "name": "\u200b"},
        {"name": "x" * 41},
    ):
        with pytest.raises(Invalid):
            milestones.begin_tally(person=world.eli, **{"kind": "skill", **wrong})
    assert not Tally.objects.exists()


def test_eight_things_are_counted_and_no_ninth(world: World) -> None:
    for number in range(8):
        begun(world.eli, name=f"{number}")
    with pytest.raises(Conflict):
        begun(world.eli, name="One more")
    assert world.eli.tallies.count() == 8


@pytest.mark.parametrize("count", [-1, 10_000, "7", True, None, 1.5])
def test_a_number_that_cannot_be_changes_nothing(world: World, count: object) -> None:
    tally = begun(world.eli)
    with pytest.raises(Invalid):
        milestones.count_times(person=world.eli, tally=tally, count=count)
    tally.refresh_from_db()
    assert tally.count == 0


def test_nobody_counts_for_somebody_else(world: World) -> None:
    tally = begun(world.eli)
    with pytest.raises(Missing):
        milestones.count_times(person=world.ana, tally=tally, count=3)
    with pytest.raises(Missing):
        milestones.change_tally(person=world.ana, tally=tally, name="Mine", count=3)
    with pytest.raises(Missing):
        milestones.forget_tally(person=world.ana, tally=tally)
    assert Tally.objects.get().count == 0


def test_what_it_is_called_is_sealed_and_no_entry_is_left(world: World) -> None:
    before = AuditEntry.objects.count()
    tally = begun(world.eli)
    milestones.count_times(person=world.eli, tally=tally, count=3)
    assert "Calling" not in repr(list(Tally.objects.values_list()))
    assert AuditEntry.objects.count() == before


def test_it_keeps_a_number_and_no_day_of_any_time(world: World) -> None:
    tally = begun(world.eli)
    before = Tally.objects.values("created").get()
    milestones.count_times(person=world.eli, tally=tally, count=3)
    assert Tally.objects.values("created").get() == before
    assert {field.name for field in Tally._meta.fields} == {"id", "person", "kind", "name_sealed", "count", "created"}


def test_the_database_keeps_no_kind_or_number_that_cannot_be(world: World) -> None:
    for wrong in ({"kind": "days"}, {"count": 10_000}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Tally.objects.create(**{"person": world.eli, "kind": "skill", "created": clock.now(), **wrong})


@given(count=st.integers(0, 9_999))
def test_every_chip_at_or_under_the_number_is_reached_and_the_next_is_above(count: int) -> None:
    shown = shape_tally(Tally(kind="skill", count=count), TIMES)
    assert shown["reached"] == [step.number for step in TIMES.steps if step.number <= count]
    assert shown["next"] is None or shown["next"] > count
    assert set(shown["reached"]).isdisjoint({shown["next"]})


# --- by page ---------------------------------------------------------------------------------------------------------


def test_it_is_counted_by_page_where_no_days_are(world: World) -> None:
    """Eli is in a program that counts no days."""
    client = browser(world.eli)
    assert "Count how often" in path(world.eli)
    answer = client.post("/my-path/tallies/new/", {"kind": "shown_up", "name": ""})
    tally = world.eli.tallies.get()
    assert answer.headers["Location"] == f"/my-path/#tally-{tally.pk}"
    page = path(world.eli)
    assert "Times I showed up" in page
    assert "Not yet" in page
    assert 'name="count" value="1"' in page
    assert "Once less" not in page
    for _twice in range(2):
        client.post(at(tally, "count"), {"count": "1"})
    page = path(world.eli)
    assert "1 time" in page
    assert "4 more" in page
    assert 'name="count" value="2"' in page
    assert 'name="count" value="0"' in page


def test_one_press_of_a_page_sent_twice_counts_once(world: World) -> None:
    tally = begun(world.ana)
    for _twice in range(2):
        browser(world.ana).post(at(tally, "count"), {"count": "1"})
    tally.refresh_from_db()
    assert tally.count == 1


@pytest.mark.parametrize("count", ["", "-1", "10000", "many", "1.5"])
def test_a_press_that_cannot_be_read_is_said_and_changes_nothing(world: World, count: str) -> None:
    tally = begun(world.ana)
    answer = browser(world.ana).post(at(tally, "count"), {"count": count}, follow=True)
    assert "This did not arrive whole." in answer.content.decode()
    tally.refresh_from_db()
    assert tally.count == 0


def test_its_number_and_name_are_mended_and_it_is_forgotten(world: World) -> None:
    tally, client = begun(world.ana), browser(world.ana)
    wrong = client.post(at(tally, "change"), {"name": "Kept as typed", "count": "10000"})
    assert wrong.status_code == 422
    assert 'value="Kept as typed"' in wrong.content.decode()
    assert client.post(at(tally, "change"), {"name": "Mine", "count": "100"}).status_code == 302
    page = path(world.ana)
    assert "Mine" in page
    assert "100 times" in page
    client.post(at(tally, "forget"))
    assert not Tally.objects.exists()
    assert "Mine" not in path(world.ana)


@pytest.mark.parametrize(
    "sent", [{}, {"kind": "goal"}, {"kind": "days", "name": "Mine"}, {"kind": "skill", "name": "x" * 41}]
)
def test_what_cannot_be_counted_is_said_kindly_and_kept(world: World, sent: dict[str, str]) -> None:
    answer = browser(world.ana).post("/my-path/tallies/new/", sent)
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert sent.get("name", "") in answer.content.decode()
    assert not Tally.objects.exists()


def test_nobody_else_finds_it_by_any_page(world: World) -> None:
    tally = begun(world.ana)
    for person in (world.ben, world.dana, world.eli):
        assert "Calling somebody first" not in path(person)
        assert browser(person).get(at(tally, "change")).status_code == 404
        assert browser(person).post(at(tally, "count"), {"count": "5"}).status_code == 404
        assert browser(person).post(at(tally, "forget")).status_code == 404


def test_the_path_asks_the_same_however_much_is_tallied(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(8):
        begun(world.ana, name=str(number))
    client = browser(world.ana)
    with django_assert_max_num_queries(11):
        client.get("/my-path/")


# --- by script -------------------------------------------------------------------------------------------------------


def test_a_script_of_theirs_does_all_of_it(world: World) -> None:
    script = Script(world.eli, ["care"])
    made = script.post("milestones/tallies", {"kind": "goal", "name": "Cooking at home"})
    assert made.status_code == 201
    where = f"milestones/tallies/{made.json()['id']}"
    changed = script.put(where, {"name": "Cooking at home", "count": 12}).json()
    assert (changed["count"], changed["reached"], changed["next"]) == (12, [1, 5, 10], 25)
    assert script.get("milestones/tallies").json()["results"] == [script.get(where).json()]
    assert script.delete(where).status_code == 204
    assert script.get(where).status_code == 404
    problem(Script(world.eli, ["account"]).get("milestones/tallies"), 403, "scope_missing")


@pytest.mark.parametrize(
    "body", [{}, {"kind": "days"}, {"kind": "goal"}, {"kind": "skill", "count": 4}, {"kind": "skill", "name": 7}]
)
def test_a_script_that_is_wrong_is_told_where(world: World, body: dict[str, Any]) -> None:
    answer = Script(world.eli).post("milestones/tallies", body)
    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert not Tally.objects.exists()


def test_the_chips_are_those_of_ones_program_in_its_words_whatever_its_track(world: World) -> None:
    said = [{"code": "n7", "label": "A week of calls", "color": "rose", "drawing": "flower"}, {"code": "n3"}]
    for program in (world.evening, world.mornings.program):
        milestones.set_ladder(program=program, kind="skill", steps=said, by=None)
    for person in (world.ana, world.eli):
        milestones.count_times(person=person, tally=begun(person), count=4)
        milestones.count_times(person=person, tally=begun(person, "shown_up", ""), count=4)
        page = path(person)
        assert "3 times" in page
        assert "A week of calls" in page
        assert "5 times" in page  # of showing up, which nobody changed
        (skill, shown_up) = Script(person).get("milestones/tallies").json()["results"]
        assert (skill["reached"], skill["next"]) == ([3], 7)
        assert (shown_up["reached"], shown_up["next"]) == ([1], 5)


def test_who_is_in_no_program_goes_by_the_preset(world: World) -> None:
    fay = people.create(alias="Fay")
    milestones.count_times(person=fay, tally=begun(fay), count=5)
    assert (shape_tally(fay.tallies.get(), ladders_of_times(fay)["skill"])["reached"]) == [1, 5]


@pytest.mark.parametrize("code", ["d30", "w1", "y1", "n0", "n10000", "n"])
def test_a_ladder_of_times_counts_no_days(world: World, code: str) -> None:
    for kind in ("skill", "shown_up", "goal"):
        with pytest.raises(Invalid):
            milestones.set_ladder(program=world.evening, kind=kind, steps=[{"code": code}])
        with pytest.raises(Invalid):
            milestones.set_ladder(program=world.evening, kind=kind, steps=[{"code": "n5"}, {"code": "n5"}])
        with pytest.raises(Invalid):
            milestones.set_ladder(program=world.evening, kind=kind, steps=[{"code": "n5"}], yearly=True)
    for kind in ("days", "weeks", "since"):
        with pytest.raises(Invalid):
            milestones.set_ladder(program=world.evening, kind=kind, steps=[{"code": "n5"}])


def test_finishing_looks_as_its_program_wants_it(world: World) -> None:
    finish = {"label": "Crossed the bridge", "color": "teal", "drawing": "flower"}
    weeks = [{"code": "w1"}, {"code": "w4"}]
    ladder = milestones.set_ladder(program=world.evening, kind="weeks", steps=weeks, finish=finish, by=world.dana)
    assert ladder == ladder_of(world.evening, LadderKind.WEEKS)
    assert "Crossed the bridge" in path(world.ana)
    shaped = Script(world.dana, ["seats:write"]).get(f"programs/{world.evening.pk}/ladders").json()["results"]
    assert [one["finish"] for one in shaped] == [None, finish, None, None, None, None]
    for wrong in ({"color": "red"}, {"code": "w1"}, "gold", {"label": "x" * 41}):
        with pytest.raises(Invalid):
            milestones.set_ladder(program=world.evening, kind="weeks", steps=weeks, finish=wrong)
    with pytest.raises(Invalid):
        milestones.set_ladder(program=world.evening, kind="days", steps=[{"code": "d7"}], finish=finish)
    milestones.reset_ladder(program=world.evening, kind="weeks", by=world.dana)
    assert "Finished the program" in path(world.ana)

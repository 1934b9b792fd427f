"""Which days count, at the desk and by script: seen before it is kept, and refused with everything that was typed."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from community.audit.models import AuditEntry
from community.milestones import services as milestones
from community.milestones.desk import ladder_of
from community.milestones.ladders import PRESETS, TIMES, LadderKind, Look, Scheme, Step
from community.milestones.models import ProgramLadder, Rung
from community.programs import services as programs
from community.programs.models import Program, Track
from groups.demo.services import World
from tests.community.desk import administrator, sent, words
from tests.doors import Script, browser, problem

ROW = {"number": "", "unit": "d", "label": "", "color": "", "drawing": ""}


def at(program: Program, rest: str = "") -> str:
    return f"/desk/programs/{program.pk}/ladders/{rest}"


def typed(*rows: dict[str, Any], **more: str) -> dict[str, Any]:
    cells = {f"step-{at}-{name}": value for at, row in enumerate(rows) for name, value in {**ROW, **row}.items()}
    return {"rows": str(len(rows)), **cells, **more}


def days(world: World) -> list[str]:
    return [step.code for step in ladder_of(world.evening, LadderKind.DAYS).steps]


# --- by page ---------------------------------------------------------------------------------------------------------


def test_the_ladders_stand_there_with_their_chips(world: World) -> None:
    assert at(world.evening) in words(world.dana, f"/desk/programs/{world.evening.pk}/")
    page = words(world.dana, at(world.evening))
    assert page.index("Days in recovery") < page.index("Weeks in the program") < page.index("Time since finishing")
    steps = sum(len(PRESETS[one].steps) for one in (Scheme.ABSTINENCE, Scheme.PROGRAM_WEEKS, Scheme.ALUMNI))
    assert page.count('class="medal') == steps + 1 + 3 * len(TIMES.steps)
    assert page.index("12 weeks") < page.index("Finished the program") < page.index("Time since finishing")


@pytest.mark.parametrize("track", [Track.MENTAL_HEALTH, Track.EATING_DISORDER])
def test_where_no_days_are_counted_the_weeks_stand_alone(db: None, track: Track) -> None:
    noor, program = administrator(), programs.open_program(name="Quiet program", track=track)
    page = words(noor, at(program))
    assert "Days in recovery" not in page
    assert "Time since finishing" not in page
    assert "counts no days anywhere" in page
    for kind in ("days", "since"):
        for step in ("", "beginning/"):
            assert browser(noor).get(at(program, f"{kind}/{step}")).status_code == 404
            assert sent(noor, at(program, f"{kind}/{step}"), **typed({"number": "7"})).status_code == 404
    assert not ProgramLadder.objects.exists()


def test_the_page_says_from_when_a_new_step_counts(world: World) -> None:
    assert "a new step counts from tomorrow." in words(world.dana, at(world.evening, "days/"))


def test_what_is_typed_is_kept_and_people_find_it(world: World) -> None:
    answer = sent(
        world.dana,
        at(world.evening, "days/"),
        **typed({"number": "29", "label": "Nearly a month", "color": "rose", "drawing": "tree"}, {"number": "7"}, {}),
        yearly="on",
    )
    assert answer.headers["Location"] == at(world.evening)
    assert days(world) == ["d7", "d29"]
    assert "Nearly a month" in words(world.dana, at(world.evening))
    assert "Nearly a month" in words(world.ana, "/my-path/")


def test_a_row_that_is_emptied_or_marked_goes(world: World) -> None:
    milestones.set_ladder(program=world.evening, kind="days", steps=[{"code": "d7"}, {"code": "d8"}, {"code": "d9"}])
    rows = typed({"number": "7"}, {"number": "8", "drop": "on"}, {"number": ""})
    assert sent(world.dana, at(world.evening, "days/"), **rows).status_code == 302
    assert days(world) == ["d7"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"number": "0"}, "Enter a number of 1 or more."),
        ({"number": "-4"}, "Enter a number of 1 or more."),
        ({"number": "seven"}, "Enter a whole number."),
        ({"number": "", "color": "rose"}, "Enter a number."),
        ({"number": "99999"}, "There is no such code."),
        ({"number": "1"}, "Another step comes on the same day."),
        ({"number": "7", "label": "x" * 41}, "40 characters at most"),
        ({"number": "7", "label": "ab\u202ecd"}, "nobody can see"),
        ({"number": "7", "label": "a\u200bb"}, "nobody can see"),
        ({"number": "7", "color": "red"}, "Choose one of the answers here."),
        ({"number": "7", "drawing": "flame"}, "Choose one of the answers here."),
        ({"number": "7", "unit": "q"}, "Choose one of the answers here."),
    ],
)
def test_a_step_that_cannot_be_is_said_kindly_and_all_that_was_typed_stays(
    world: World, row: dict[str, str], said: str
) -> None:
    before = AuditEntry.objects.count()
    answer = sent(world.dana, at(world.evening, "days/"), **typed({"number": "1", "label": "Keep me"}, row))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "Keep me" in page
    assert f'value="{row["number"]}"' in page or not row["number"]
    assert 'class="field-error"' in page
    assert days(world) == [step.code for step in PRESETS[Scheme.ABSTINENCE].steps]
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (typed(), "A ladder needs at least one step."),
        (typed(*({"number": str(number)} for number in range(1, 42))), "40 steps at most"),
        ({"step-0-number": "7"}, "This did not arrive whole."),
        ({**typed({"number": "7"}), "rows": "x"}, "This did not arrive whole."),
    ],
)
def test_a_ladder_that_cannot_be_is_said_kindly(world: World, rows: dict[str, Any], said: str) -> None:
    answer = sent(world.dana, at(world.evening, "days/"), **rows)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ProgramLadder.objects.exists()


def test_of_two_who_change_it_at_once_the_second_is_told_and_may_replace_it(world: World) -> None:
    first = typed({"number": "7"}, version="0")
    assert sent(world.dana, at(world.evening, "days/"), **first).status_code == 302
    answer = sent(world.dana, at(world.evening, "days/"), **typed({"number": "9"}, version="0"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody changed these steps meanwhile." in page
    assert 'value="9"' in page
    assert 'name="version" value="1"' in page
    assert days(world) == ["d7"]
    assert sent(world.dana, at(world.evening, "days/"), **typed({"number": "9"}, version="1")).status_code == 302
    assert days(world) == ["d9"]


def test_it_can_be_looked_at_in_both_themes_before_it_is_kept(world: World) -> None:
    row = {"number": "45", "label": "Half of ninety", "color": "slate"}
    page = sent(world.dana, at(world.evening, "days/"), **typed(row, {"number": "0"}), look="1").content.decode()
    light, dark = page.index("ladder-light"), page.index("ladder-dark")
    assert "Half of ninety" in page[light:dark]
    assert "Half of ninety" in page[dark:]
    assert "chip-slate" in page[dark:]
    assert 'value="45"' in page
    assert not ProgramLadder.objects.exists()


def test_more_rows_keep_what_was_typed_and_judge_nothing(world: World) -> None:
    answer = sent(world.dana, at(world.evening, "days/"), **typed({"number": "0", "label": "Mine"}), more="1")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="rows" value="3"' in page
    assert 'value="Mine"' in page
    assert "field-error" not in page


def test_the_years_are_asked_where_there_can_be_any(world: World) -> None:
    assert 'name="yearly"' in words(world.dana, at(world.evening, "since/"))
    assert 'name="yearly"' not in words(world.dana, at(world.evening, "weeks/"))
    rows = typed({"number": "3", "unit": "w"}, yearly="on")
    assert sent(world.dana, at(world.evening, "weeks/"), **rows).status_code == 302
    assert ladder_of(world.evening, LadderKind.WEEKS).yearly is None


def test_how_often_and_finishing_are_changed_by_page(world: World) -> None:
    page = words(world.dana, at(world.evening, "skill/"))
    assert "by how often they did something" in page
    assert '<option value="n"' in page
    rows = typed({"number": "7", "unit": "n", "label": "A week of calls"})
    assert sent(world.dana, at(world.evening, "skill/"), **rows).status_code == 302
    assert ladder_of(world.evening, LadderKind.SKILL).look(Step.of("n7")).label == "A week of calls"
    assert sent(world.dana, at(world.evening, "skill/beginning/")).status_code == 302
    assert ladder_of(world.evening, LadderKind.SKILL).steps == TIMES.steps

    weeks = {**typed({"number": "3", "unit": "w"}), "finish-label": "Crossed the bridge", "finish-color": "teal"}
    assert "Crossed the bridge" in sent(world.dana, at(world.evening, "weeks/"), **weeks, look="1").content.decode()
    assert sent(world.dana, at(world.evening, "weeks/"), **weeks).status_code == 302
    assert ladder_of(world.evening, LadderKind.WEEKS).finish == Look("Crossed the bridge", "teal", "")
    assert 'value="Crossed the bridge"' in words(world.dana, at(world.evening, "weeks/"))
    refused = sent(world.dana, at(world.evening, "weeks/"), **{**weeks, "finish-label": "x" * 41})
    assert refused.status_code == 422
    assert "This can be 40 characters at most." in refused.content.decode()


def test_going_back_asks_first_and_for_days_which(world: World) -> None:
    milestones.set_ladder(program=world.evening, kind="days", steps=[{"code": "d7"}])
    page = words(world.dana, at(world.evening, "days/beginning/"))
    assert "each month from the fourth to the eleventh" in page
    assert "Which steps?" not in words(world.dana, at(world.evening, "weeks/beginning/"))
    assert sent(world.dana, at(world.evening, "days/beginning/"), scheme="w1").status_code == 422
    assert days(world) == ["d7"]
    assert sent(world.dana, at(world.evening, "days/beginning/"), scheme="abstinence_monthly").status_code == 302
    assert "m11" in days(world)


@pytest.mark.parametrize("who", ["ana", "ben", "cy", "eli"])
def test_who_does_not_run_the_program_finds_nothing(world: World, who: str) -> None:
    person = getattr(world, who)
    for rest in ("", "days/", "days/beginning/"):
        assert browser(person).get(at(world.evening, rest)).status_code == 404
        assert sent(person, at(world.evening, rest), **typed({"number": "7"})).status_code in {404, 405}
    assert browser(world.dana).get(at(world.evening, "years/")).status_code == 404
    assert not ProgramLadder.objects.exists()


def test_the_page_asks_the_same_however_long_the_ladders_are(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many = [{"code": f"d{number}", "label": f"Day {number}"} for number in range(1, 41)]
    milestones.set_ladder(program=world.evening, kind="days", steps=many)
    milestones.set_ladder(program=world.evening, kind="weeks", steps=[{"code": "w3"}])
    client = browser(world.dana)
    with django_assert_max_num_queries(12):
        client.get(at(world.evening))
    with django_assert_max_num_queries(12):
        client.get(at(world.evening, "days/"))


# --- by script -------------------------------------------------------------------------------------------------------


def test_a_script_reads_changes_and_sets_back(world: World) -> None:
    dana, where = Script(world.dana, ["seats:write"]), f"programs/{world.evening.pk}/ladders"
    found = dana.get(where).json()["results"]
    assert [one["kind"] for one in found] == ["days", "weeks", "since", "skill", "shown_up", "goal"]
    assert found[0]["steps"][1] == {"code": "d30", "label": "", "color": "", "drawing": ""}
    wanted = [{"code": "d45", "label": "Half", "color": "teal", "drawing": "leaf"}]
    answer = dana.put(f"{where}/days", {"steps": wanted, "yearly": True})
    assert answer.status_code == 200
    assert answer.json() == {"kind": "days", "steps": wanted, "yearly": True, "finish": None, "version": 1}
    assert days(world) == ["d45"]
    assert ladder_of(world.evening, LadderKind.DAYS).look(Step.of("d45")).drawing == "leaf"
    back = dana.delete(f"{where}/days?scheme=abstinence_monthly")
    assert "m4" in [step["code"] for step in back.json()["steps"]]
    assert dana.delete(f"{where}/days").json()["steps"] == found[0]["steps"]


def test_a_script_that_looked_at_another_version_is_told_what_stands_now(world: World) -> None:
    dana, where = Script(world.dana), f"programs/{world.evening.pk}/ladders/days"
    assert dana.put(where, {"steps": [{"code": "d7"}], "version": 0}).json()["version"] == 1
    assert dana.put(where, {"steps": [{"code": "d7"}], "version": 0}).status_code == 200  # the same, sent again
    found = problem(dana.put(where, {"steps": [{"code": "d8"}], "version": 0}), 409, "stale")
    assert found["current"]["steps"][0]["code"] == "d7"
    assert days(world) == ["d7"]
    assert dana.put(where, {"steps": [{"code": "d8"}], "version": found["current"]["version"]}).status_code == 200


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({}, "/steps"),
        ({"steps": "d7"}, "/steps"),
        ({"steps": []}, "/steps"),
        ({"steps": [{"code": "d7", "size": 1}]}, "/steps/0/size"),
        ({"steps": [{"code": "d7"}, {"code": "d7"}]}, "/steps/1/code"),
        ({"steps": [{"code": "d7", "label": "\u202e"}]}, "/steps/0/label"),
        ({"steps": [{"code": "d7", "label": 7}]}, "/steps/0/label"),
        ({"steps": [{"code": "d7"}], "yearly": 1}, "/yearly"),
        ({"steps": [{"code": "d7"}], "name": "Mine"}, "/name"),
        ({"steps": [{"code": "d7"}], "version": "0"}, "/version"),
    ],
)
def test_a_script_is_told_what_is_wrong_by_its_place(world: World, body: dict[str, Any], at: str) -> None:
    answer = Script(world.dana).put(f"programs/{world.evening.pk}/ladders/days", body)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [at]
    assert not Rung.objects.exists()


def test_a_script_finds_no_ladder_of_days_where_none_are_counted(db: None) -> None:
    noor, program = administrator(), programs.open_program(name="Quiet program", track=Track.EATING_DISORDER)
    script, where = Script(noor), f"programs/{program.pk}/ladders"
    assert [one["kind"] for one in script.get(where).json()["results"]] == ["weeks", "skill", "shown_up", "goal"]
    answer = script.put(f"{where}/days", {"steps": [{"code": "d7"}]})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "no_days")
    assert script.delete(f"{where}/since").status_code == 422
    assert script.put(f"{where}/weeks", {"steps": [{"code": "d7"}]}).status_code == 422
    assert script.put(f"{where}/weeks", {"steps": [{"code": "w7"}]}).status_code == 200


@pytest.mark.parametrize("who", ["ana", "ben", "cy", "eli"])
def test_a_script_of_who_does_not_run_it_finds_nothing(world: World, who: str) -> None:
    script, where = Script(getattr(world, who)), f"programs/{world.evening.pk}/ladders"
    assert script.get(where).status_code == 404
    assert script.put(f"{where}/days", {"steps": [{"code": "d7"}]}).status_code == 404
    assert script.delete(f"{where}/days").status_code == 404

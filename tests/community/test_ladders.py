"""Which days count in a program: judged whole, told once, and nobody's past changes with them."""

import io
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from community.audit.models import AuditEntry
from community.foundation import clock
from community.foundation.errors import Invalid, NotAllowed
from community.milestones import services as milestones
from community.milestones.dates import due_on, in_order, path, to_celebrate
from community.milestones.desk import ladder_of, ladder_of_days
from community.milestones.ladders import PRESETS, Ladder, LadderKind, Look, Scheme, Step, Unit, year_before_further
from community.milestones.models import ProgramLadder, Rung
from community.programs import services as programs
from community.programs.models import Program, StaffRole, Track
from community.programs.profiles import COUNTS_NO_DAYS
from groups.demo.services import World
from tests.doors import browser

DAY = timedelta(days=1)
steps_alone = st.builds(Step, st.sampled_from([one for one in Unit if one is not Unit.TIMES]), st.integers(1, 90))


def steps(*codes: str) -> list[dict[str, str]]:
    return [{"code": code} for code in codes]


def codes(ladder: Ladder) -> list[str]:
    return [step.code for step in ladder.steps]


def of_kind(track: str) -> Program:
    return programs.open_program(name=f"Program {track}", track=track, age_band="18-25" if track == Track.TEEN else "")


# --- what a program has ----------------------------------------------------------------------------------------------


def test_a_program_begins_with_the_preset_and_needs_no_row(world: World) -> None:
    assert ladder_of(world.evening, LadderKind.DAYS) == PRESETS[Scheme.ABSTINENCE]
    assert ladder_of(world.evening, LadderKind.WEEKS) == PRESETS[Scheme.PROGRAM_WEEKS]
    assert ladder_of(world.evening, LadderKind.SINCE) == PRESETS[Scheme.ALUMNI]
    assert not ProgramLadder.objects.exists()


def test_what_who_runs_it_says_counts_from_now_on(world: World) -> None:
    said = [{"code": "d30", "label": "A month of days", "color": "rose", "drawing": "tree"}, {"code": "d7"}]
    told = milestones.set_ladder(program=world.evening, kind="days", steps=said, yearly=True, by=world.dana)
    ladder = ladder_of(world.evening, LadderKind.DAYS)
    assert (told, told.version) == (ladder, ladder.version)
    assert codes(ladder) == ["d7", "d30"]
    assert ladder.yearly == 0
    assert ladder.look(Step.of("d30")).label == "A month of days"
    assert ladder_of_days(world.ana) == ladder


def test_going_back_to_the_preset_has_its_steps_in_its_own_looks(world: World) -> None:
    milestones.set_ladder(program=world.evening, kind="days", steps=steps("d7"), by=world.dana)
    ladder = milestones.reset_ladder(program=world.evening, kind="days", by=world.dana)
    assert (codes(ladder), ladder.yearly) == (codes(PRESETS[Scheme.ABSTINENCE]), 2)
    monthly = milestones.reset_ladder(program=world.evening, kind="days", scheme="abstinence_monthly", by=world.dana)
    assert "m11" in codes(monthly)
    with pytest.raises(Invalid):
        milestones.reset_ladder(program=world.evening, kind="weeks", scheme="abstinence", by=world.dana)


def test_a_change_leaves_one_entry_without_words_and_none_where_nothing_changed(world: World) -> None:
    before = AuditEntry.objects.count()
    for _twice in range(2):
        milestones.set_ladder(
            program=world.evening, kind="weeks", steps=[{"code": "w3", "label": "Three of them"}], by=world.dana
        )
    entry = AuditEntry.objects.order_by("-pk").first()
    assert AuditEntry.objects.count() == before + 1
    assert entry is not None
    assert (entry.action, entry.actor, entry.subject) == (
        "ladder.change", world.dana.pk, f"program:{world.evening.pk}"
    )  # fmt: skip
    assert "Three" not in str(list(AuditEntry.objects.values_list()))


def test_only_who_runs_the_program_says_which_days_count(world: World) -> None:
    finn = world.cy
    for person in (world.ana, world.ben, finn, world.eli):
        with pytest.raises(NotAllowed):
            milestones.set_ladder(program=world.evening, kind="days", steps=steps("d7"), by=person)
        with pytest.raises(NotAllowed):
            milestones.reset_ladder(program=world.evening, kind="days", by=person)
    programs.appoint(person=finn, program=None, role=StaffRole.ADMINISTRATOR)
    milestones.set_ladder(program=world.evening, kind="days", steps=steps("d7"), by=finn)


# --- what cannot be --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ([], "/steps"),
        (steps(*(f"d{number}" for number in range(1, 42))), "/steps"),
        (steps("d30", "d30"), "/steps/1/code"),
        (steps("d7", "w1"), "/steps/1/code"),
        (steps("y1", "m12"), "/steps/1/code"),
        (steps("d0"), "/steps/0/code"),
        (steps("d-3"), "/steps/0/code"),
        (steps("d36501"), "/steps/0/code"),
        (steps("x4"), "/steps/0/code"),
        (steps("graduation"), "/steps/0/code"),
        ([{"code": 30}], "/steps/0/code"),
        (["d30"], "/steps/0"),
        ([{"label": "Thirty"}], "/steps/0/code"),
        ([{"code": "d30", "size": 3}], "/steps/0/size"),
        ([{"code": "d30", "color": "red"}], "/steps/0/color"),
        ([{"code": "d30", "color": None}], "/steps/0/color"),
        ([{"code": "d30", "drawing": "flame"}], "/steps/0/drawing"),
        ([{"code": "d30", "label": "x" * 41}], "/steps/0/label"),
        ([{"code": "d30", "label": "30\u202e syad"}], "/steps/0/label"),
        ([{"code": "d30", "label": "a\u200bb"}], "/steps/0/label"),
        ([{"code": "d30", "label": "\u3164"}], "/steps/0/label"),
        ([{"code": "d30", "label": "a\x00"}], "/steps/0/label"),
    ],
)
def test_a_ladder_that_cannot_be_is_refused_by_name(world: World, wrong: Any, at: str) -> None:
    with pytest.raises(Invalid) as refused:
        milestones.set_ladder(program=world.evening, kind="days", steps=wrong, by=world.dana)
    assert [error["pointer"] for error in refused.value.problem()["errors"]] == [at]
    assert not ProgramLadder.objects.exists()


@pytest.mark.parametrize("code", ["d7", "m1", "y1"])
def test_the_weeks_in_a_program_count_no_days(world: World, code: str) -> None:
    with pytest.raises(Invalid):
        milestones.set_ladder(program=world.evening, kind="weeks", steps=steps(code), by=world.dana)
    with pytest.raises(Invalid):
        milestones.set_ladder(program=world.evening, kind="weeks", steps=steps("w1"), yearly=True, by=world.dana)


@pytest.mark.parametrize("track", sorted(COUNTS_NO_DAYS))
@pytest.mark.parametrize("kind", ["days", "since"])
def test_where_no_days_are_counted_none_can_be_said_to_count(db: None, track: str, kind: str) -> None:
    program = of_kind(track)
    with pytest.raises(Invalid, match="counts no days"):
        milestones.set_ladder(program=program, kind=kind, steps=steps("m1"))
    with pytest.raises(Invalid, match="counts no days"):
        milestones.reset_ladder(program=program, kind=kind)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgramLadder.objects.create(program=program, kind=kind, track=program.track)
    assert ladder_of(program, LadderKind(kind)) == PRESETS[Scheme.NONE]
    milestones.set_ladder(program=program, kind="weeks", steps=steps("w3"))
    assert codes(ladder_of(program, LadderKind.WEEKS)) == ["w3"]


@pytest.mark.parametrize(
    "wrong", [{"number": 0}, {"unit": "x"}, {"color": "red"}, {"drawing": "flame"}, {"number": 10**6}]
)
def test_the_database_itself_keeps_no_step_that_cannot_be(world: World, wrong: dict[str, Any]) -> None:
    milestones.set_ladder(program=world.evening, kind="days", steps=steps("d7"))
    ladder = ProgramLadder.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Rung.objects.create(**{"ladder": ladder, "unit": "d", "number": 8, **wrong})
    with pytest.raises(IntegrityError), transaction.atomic():
        Rung.objects.create(ladder=ladder, unit="d", number=7)


# --- what it changes -------------------------------------------------------------------------------------------------


def test_the_own_path_and_its_script_go_by_the_programs_ladder(world: World) -> None:
    said = [{"code": "d29", "label": "Nearly a month", "color": "iris", "drawing": "flower"}, {"code": "d100"}]
    milestones.set_ladder(program=world.evening, kind="days", steps=said)
    milestones.set_ladder(program=world.evening, kind="weeks", steps=[{"code": "w50", "label": "A good while"}])
    page = browser(world.ana).get("/my-path/").content.decode()
    assert "Nearly a month" in page
    assert "A good while" in page
    assert "24 hours" not in page
    (count,) = browser(world.ana).get("/api/v1/milestones").json()["results"]
    assert count["reached"] == ["d29"]
    assert count["next"]["code"] == "d100"


def test_who_is_in_no_program_any_more_goes_by_the_one_of_last(world: World) -> None:
    milestones.set_ladder(program=world.evening, kind="days", steps=steps("d29"))
    ladder = ladder_of_days(world.ben)
    assert ladder is not None
    assert codes(ladder) == ["d29"]
    assert ladder_of_days(world.eli) is None


def explained(*rows: dict[str, Any], program: str, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("\n".join(map(json.dumps, rows)).encode())))
    said = io.StringIO()
    call_command("milestones", "--explain", "--program", program, stdout=said)
    return [json.loads(line) for line in said.getvalue().splitlines()]


def test_the_command_explains_by_a_programs_own_ladder(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    milestones.set_ladder(program=world.evening, kind="days", steps=steps("d7", "d100"))
    row = {"id": 1, "start_date": "2026-01-01", "tz": "UTC", "now": "2026-01-08T12:00:00Z", "scheme": "abstinence"}
    (found,) = explained(row, program=world.evening.name, monkeypatch=monkeypatch)
    assert (found["celebrate"], found["next"]["code"]) == ("d7", "d100")
    quiet = of_kind(Track.MENTAL_HEALTH)
    (found,) = explained(row, program=quiet.name, monkeypatch=monkeypatch)
    assert (found["day_count"], found["latest_reached"], found["next"]) == (None, None, None)
    with pytest.raises(CommandError):
        explained(row, program="Nowhere", monkeypatch=monkeypatch)


# --- the rules, with a ladder that changes ---------------------------------------------------------------------------


def test_a_step_that_is_new_celebrates_no_day_that_had_passed(world: World) -> None:
    milestones.set_ladder(program=world.evening, kind="days", steps=steps("d29", "d31"))
    ladder, today = ladder_of(world.evening, LadderKind.DAYS), clock.today("Pacific/Kiritimati")
    late = path(today - 32 * DAY, ladder, today)
    assert to_celebrate(late, entered=date.min) is None
    just = path(today - 31 * DAY, ladder, today)
    assert to_celebrate(just, entered=date.min) == Step.of("d31")


def test_a_step_that_always_stood_keeps_its_days_when_others_come(world: World) -> None:
    milestones.set_ladder(program=world.evening, kind="days", steps=steps("d30", "d31"))
    ladder, today = ladder_of(world.evening, LadderKind.DAYS), clock.today("UTC")
    late = path(today - 32 * DAY, ladder, today)
    assert late.reached == (Step.of("d30"), Step.of("d31"))
    assert ladder.since(Step.of("d30")) == date.min
    assert ladder.since(Step.of("d31")) > date.min


def test_a_step_that_went_and_came_back_is_new(world: World) -> None:
    milestones.set_ladder(program=world.evening, kind="days", steps=steps("d31"))
    ladder = milestones.reset_ladder(program=world.evening, kind="days")
    assert ladder.since(Step.of("d30")) == clock.today("Pacific/Kiritimati")
    assert ladder.since(Step.of("y7")) == clock.today("Pacific/Kiritimati")


def test_years_that_always_went_on_keep_theirs(world: World) -> None:
    milestones.set_ladder(program=world.evening, kind="days", steps=steps("d7", "y1", "y2", "y5"), yearly=True)
    ladder = ladder_of(world.evening, LadderKind.DAYS)
    assert ladder.yearly == 2
    assert {ladder.since(Step.of(code)) for code in ("y1", "y3", "y5", "y9")} == {date.min}
    further = in_order(date(2000, 1, 1), ladder)
    assert [step.code for step, _some in zip(further, range(7), strict=False)] == [
        "d7", "y1", "y2", "y3", "y4", "y5", "y6"
    ]  # fmt: skip


#: So many days after the start the ladder becomes steps on days close by, and a few others, with or without the years.
close_by = st.lists(st.integers(-4, 4), min_size=1, max_size=5)
edits = st.lists(
    st.tuples(st.integers(10, 60), close_by, st.lists(steps_alone, max_size=3), st.booleans()), min_size=1, max_size=5
)


@given(start=st.dates(date(2000, 1, 1), date(2030, 1, 1)), changes=edits)
def test_however_a_ladder_changes_no_day_is_celebrated_twice_or_that_had_passed_when_it_was_put_in(
    start: date, changes: list[tuple[int, list[int], list[Step], bool]]
) -> None:
    ladder, announced, stands_since = PRESETS[Scheme.ABSTINENCE], list[Step](), dict[Step, date]()
    last = date.min
    for today in (start + number * DAY for number in range(80)):
        for when, near, others, yearly in (one for one in changes if start + one[0] * DAY == today):
            some = [Step(Unit.DAYS, when + away) for away in near] + others
            before, ladder = ladder, ladder.becomes(dict.fromkeys(some, Look()), yearly=yearly, today=today)
            stands_since |= {step: today for step in some if not before.has(step)}
        found = to_celebrate(path(start, ladder, today), entered=start, announced=announced)
        if found is None:
            continue
        due = due_on(start, found)
        assert found not in announced
        assert due > last
        assert due >= stands_since.get(found, date.min)
        announced, last = [*announced, found], due


@given(
    some=st.lists(steps_alone, min_size=1, max_size=12, unique=True), start=st.dates(date(1990, 1, 1), date(2030, 1, 1))
)
def test_whatever_stands_in_it_a_ladder_with_years_goes_up_and_names_no_day_twice(
    some: list[Step], start: date
) -> None:
    ladder = Ladder(tuple(some), yearly=year_before_further(some))
    way = [step for step, _some in zip(in_order(start, ladder), range(40), strict=False)]
    days = [due_on(start, step) for step in way]
    assert days == sorted(days)
    assert len(set(way)) == len(way)
    years = [step for step in way if step.unit is Unit.YEARS and step not in some]
    assert not {due_on(start, step) for step in years} & {
        due_on(start, step) for step in some if step.unit in {Unit.YEARS, Unit.MONTHS}
    }

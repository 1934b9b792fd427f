"""Programs, cohorts and their times by the desk's pages: what cannot be is said kindly, and nothing is half done."""

from datetime import time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.audit.models import AuditEntry
from community.foundation import clock
from community.programs import services as programs
from community.programs.forms import WeekForm
from community.programs.models import Cohort, Program, Slot, StaffRole
from community.programs.plans import DAY_MINUTES, SLOTS_MOST
from groups.demo.services import World
from groups.membership.models import Group
from tests.community.desk import administrator, leader_of, newcomer, sent, words

TODAY = clock.today("America/New_York")
NEW_PROGRAM = {"track": "dual", "name": "Garden program", "zone": "America/Chicago", "language": "es"}
NEW_GROUP: dict[str, Any] = {
    "name": "Thursday group", "admission": "closed", "starts": TODAY, "ends": TODAY + timedelta(days=60),
    "capacity": 8, "zone": "America/New_York", "where": "Room 4",
}  # fmt: skip


def row(number: int, weekday: int | str, starts: str, until: str, drop: str = "") -> dict[str, Any]:
    typed = {"weekday": weekday, "starts": starts, "until": until, "drop": drop}
    return {f"slot-{number}-{name}": value for name, value in typed.items()}


def week(cohort: Cohort) -> list[tuple[int, time, int]]:
    return list(Slot.objects.filter(cohort=cohort).values_list("weekday", "starts", "minutes"))


def everything() -> tuple[object, ...]:
    """What a refusal must leave as it was."""
    return tuple(sorted(model.objects.values_list(), key=repr) for model in (Program, Cohort, Slot, Group, AuditEntry))


# Programs


@pytest.mark.parametrize(
    ("track", "said"),
    [
        ("addiction", "Who joins sees 7 days from before. Usual are 9 to 19 hours a week."),
        ("teen", "Kept apart from all other programs. Who joins sees nothing from before."),
        ("eating_disorder", "Usual are 9 to 19 hours a week."),
    ],
)
def test_each_track_says_what_it_brings_along(db: None, track: str, said: str) -> None:
    noor = administrator()
    assert said in " ".join(words(noor, "/desk/programs/new/").split())
    assert said in " ".join(words(noor, f"/desk/programs/new/?track={track}").split())


def test_who_leads_two_groups_reads_each_of_their_roles_once(world: World) -> None:
    second = programs.open_cohort(program=world.evening, wanted={**NEW_GROUP, "name": "Morning group"})
    for cohort in (world.cohort, second):
        programs.appoint(person=world.dana, program=world.evening, cohort=cohort, role=StaffRole.FACILITATOR)
    for path in ("/desk/", f"/desk/programs/{world.evening.pk}/"):
        assert "You: Facilitator, Coordinator." in words(world.dana, path)


def test_a_program_is_opened_in_two_pages(db: None) -> None:
    noor = administrator()
    assert sent(noor, "/desk/programs/new/", **NEW_PROGRAM).status_code == 302
    program = Program.objects.get()
    assert (program.name, program.track, program.age_band) == ("Garden program", "dual", "")
    assert (program.zone, program.language) == ("America/Chicago", "es")


def test_a_program_for_teens_says_for_which_ages(db: None) -> None:
    noor, wanted = administrator(), {**NEW_PROGRAM, "track": "teen"}
    assert "For which ages?" in words(noor, "/desk/programs/new/?track=teen")
    assert sent(noor, "/desk/programs/new/", **wanted).status_code == 422
    assert sent(noor, "/desk/programs/new/", **wanted, age_band="65+").status_code == 422
    assert not Program.objects.exists()
    assert sent(noor, "/desk/programs/new/", **wanted, age_band="13-17").status_code == 302
    assert Program.objects.get().age_band == "13-17"


def test_who_runs_one_program_opens_no_other(world: World) -> None:
    assert sent(world.dana, "/desk/programs/new/", **NEW_PROGRAM).status_code == 404
    assert Program.objects.count() == 2


def test_a_name_that_tells_is_asked_about_once_and_may_be_kept(world: World) -> None:
    path, wanted = f"/desk/programs/{world.evening.pk}/change/", {"zone": "America/New_York", "language": "en"}
    asked = sent(world.dana, path, **wanted, name="Rehab evenings")
    assert asked.status_code == 422
    assert "“rehab” may tell others what this is about" in asked.content.decode()
    assert 'name="keep_name"' in asked.content.decode()
    world.evening.refresh_from_db()
    assert world.evening.name == "Evening program"
    assert sent(world.dana, path, **wanted, name="Rehab evenings", keep_name="1").status_code == 302
    assert sent(world.dana, path, **wanted, name="Rehab evenings").status_code == 302  # it is its name already
    world.evening.refresh_from_db()
    assert world.evening.name == "Rehab evenings"


@pytest.mark.parametrize("name", ["Evening program", "Tuesday evening group", "Harbor", "Grupo de la tarde"])
def test_an_ordinary_name_is_not_asked_about(world: World, name: str) -> None:
    path = f"/desk/groups/{world.cohort.pk}/change/"
    answer = sent(world.dana, path, **{**NEW_GROUP, "name": name, "starts": world.cohort.starts, "capacity": 12})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""}, {"name": "\u200b"}, {"name": "x" * 81}, {"name": "a\x00b"}, {"name": "harbor PROGRAM"},
        {"zone": "Mars/Olympus"}, {"zone": ""}, {"language": "tlh"},
    ],
)  # fmt: skip
def test_a_program_that_cannot_be_is_refused_whole(world: World, wrong: dict[str, str]) -> None:
    before = everything()
    wanted = {"name": "Evening program", "zone": "America/New_York", "language": "en", **wrong}
    answer = sent(world.dana, f"/desk/programs/{world.evening.pk}/change/", **wanted)
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode() or "notice-trouble" in answer.content.decode()
    assert everything() == before


@pytest.mark.parametrize("track", ["", "nursing", "ADDICTION", "\x00"])
def test_a_track_that_is_none_leads_to_the_choice_of_tracks(db: None, track: str) -> None:
    answer = sent(administrator(), "/desk/programs/new/", **{**NEW_PROGRAM, "track": track})
    assert "What kind of program is it?" in answer.content.decode()
    assert not Program.objects.exists()


# Cohorts


def test_a_cohort_is_opened_with_its_room_and_leads_on_to_its_times(world: World) -> None:
    answer = sent(world.dana, f"/desk/programs/{world.evening.pk}/groups/new/", **NEW_GROUP)
    cohort = Cohort.objects.get(name="Thursday group")
    assert answer.headers["Location"] == f"/desk/groups/{cohort.pk}/times/"
    assert Group.objects.get(cohort=cohort).name == "Thursday group"
    assert (cohort.capacity, cohort.where, cohort.ends) == (8, "Room 4", NEW_GROUP["ends"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"capacity": "0"}, {"capacity": "-3"}, {"capacity": "61"}, {"capacity": "a few"}, {"capacity": "9" * 40},
        {"ends": str(TODAY - timedelta(days=1))}, {"ends": ""}, {"starts": "0001-01-01"}, {"starts": "tomorrow"},
        {"starts": "2026-02-30"}, {"starts": "99999-01-01"}, {"name": " "}, {"name": "x" * 81},
        {"admission": "whenever"}, {"zone": "Europe/Atlantis"}, {"where": "x" * 201}, {"where": "a\x00"},
        {"language": "xx"},
    ],
)  # fmt: skip
def test_a_cohort_that_cannot_be_is_refused_whole(world: World, wrong: dict[str, str]) -> None:
    before = everything()
    for path in (f"/desk/programs/{world.evening.pk}/groups/new/", f"/desk/groups/{world.cohort.pk}/change/"):
        answer = sent(world.dana, path, **{**NEW_GROUP, **wrong})
        assert answer.status_code == 422, path
        assert "field-error" in answer.content.decode(), path
    assert everything() == before


def test_a_cohort_is_not_made_smaller_than_the_people_in_it(world: World) -> None:
    newcomer(1, world.cohort)
    wanted = {**NEW_GROUP, "starts": world.cohort.starts, "capacity": "1"}
    answer = sent(world.dana, f"/desk/groups/{world.cohort.pk}/change/", **wanted)
    assert answer.status_code == 422
    assert "More people than that are in this group already." in answer.content.decode()


def test_a_first_day_is_not_moved_under_people_who_have_begun(world: World) -> None:
    before = everything()
    wanted = {**NEW_GROUP, "starts": world.cohort.starts + timedelta(days=1), "capacity": "12"}
    answer = sent(world.dana, f"/desk/groups/{world.cohort.pk}/change/", **wanted)
    assert answer.status_code == 422
    assert 'id="id_starts_error"' in answer.content.decode()
    assert everything() == before


def test_what_was_typed_stays_when_it_is_refused(world: World) -> None:
    answer = sent(
        world.dana, f"/desk/programs/{world.evening.pk}/groups/new/", **{**NEW_GROUP, "capacity": "0", "where": "Attic"}
    )
    assert 'value="Attic"' in answer.content.decode()


# Times


def test_times_are_saved_changed_and_taken_away(world: World) -> None:
    path = f"/desk/groups/{world.cohort.pk}/times/"
    rows = {"rows": 4, **row(0, 3, "09:00", "12:00"), **row(1, 0, "18:30", "20:00"), **row(2, "", "", "")}
    assert sent(world.dana, path, **rows, **row(3, 1, "10:00", "11:00", drop="on")).status_code == 302
    assert week(world.cohort) == [(0, time(18, 30), 90), (3, time(9), 180)]
    assert sent(world.dana, path, rows=0).status_code == 302
    assert week(world.cohort) == []


def test_who_leads_a_cohort_sets_its_times(world: World) -> None:
    path = f"/desk/groups/{world.cohort.pk}/times/"
    assert sent(leader_of(world.cohort), path, rows=1, **row(0, 5, "22:00", "00:00")).status_code == 302
    assert week(world.cohort) == [(5, time(22), 120)]  # until midnight


def test_more_rows_keep_what_was_typed_and_save_nothing(world: World) -> None:
    path, before = f"/desk/groups/{world.cohort.pk}/times/", week(world.cohort)
    answer = sent(world.dana, path, rows=1, more="1", **row(0, 5, "07:45", ""))
    assert answer.status_code == 200
    assert 'value="07:45"' in answer.content.decode()
    assert 'name="rows" value="3"' in answer.content.decode()
    assert week(world.cohort) == before


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(1, "18:00", "21:00"), (1, "20:00", "22:00")], "Two of these times overlap."),
        ([(1, "18:00", "17:00")], "This ends before it begins."),
        ([(1, "18:00", "18:00")], "This ends before it begins."),
        ([(1, "18:00", "18:10")], "out of range"),
        ([(1, "08:00", "20:00")], "out of range"),
        ([(1, "18:00", "")], "Enter a time."),
        ([("", "18:00", "19:00")], "Choose a day."),
        ([(7, "18:00", "19:00")], "Choose one of the answers here"),
        ([(1, "25:00", "26:00")], "Enter the time as hours and minutes."),
        ([(1, "six", "\x00")], "Enter the time as hours and minutes."),
        ([(number % 7, f"{6 + number // 7:02}:00", f"{6 + number // 7:02}:30") for number in range(29)], "more times"),
    ],
)
def test_times_that_cannot_be_are_said_beside_their_row(world: World, rows: list[Any], said: str) -> None:
    before = everything()
    typed = {name: value for number, one in enumerate(rows) for name, value in row(number, *one).items()}
    answer = sent(world.dana, f"/desk/groups/{world.cohort.pk}/times/", rows=len(rows), **typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert everything() == before


@pytest.mark.parametrize("rows", ["9" * 30, "-1", "many", "", "\uff11"])
def test_a_count_of_rows_that_is_none_makes_none(world: World, rows: str) -> None:
    before = week(world.cohort)
    answer = sent(world.dana, f"/desk/groups/{world.cohort.pk}/times/", rows=rows, **row(0, 1, "18:00", "19:00"))
    assert answer.status_code == 422
    assert week(world.cohort) == before


@pytest.mark.parametrize(
    ("until", "said"), [("19:00", "fewer can be right near the end"), ("24:00", ""), ("20:00", "fewer")]
)
def test_unusual_hours_are_advised_about_and_never_refused(world: World, until: str, said: str) -> None:
    plans = [{"weekday": 1, "starts": "18:00", "minutes": 60 * (int(until[:2]) - 18)}]
    if until == "24:00":  # nine hours and more in a week are usual
        plans += [{"weekday": 2, "starts": "18:00", "minutes": 240}]
    programs.set_slots(cohort=world.cohort, slots=plans)
    page = words(world.dana, f"/desk/groups/{world.cohort.pk}/")
    assert said in page
    assert ("hours a week. Usual are 9 to 19" in page) == bool(said)


TYPED = st.one_of(st.just(""), st.text(max_size=6), st.times().map(lambda at: at.strftime("%H:%M")))
ROWS = st.lists(st.tuples(st.one_of(st.just(""), st.integers(-1, 8).map(str)), TYPED, TYPED), max_size=4)


@given(rows=ROWS)
def test_whatever_is_typed_is_either_refused_or_a_week_that_can_be(rows: list[tuple[str, str, str]]) -> None:
    typed = {name: value for number, one in enumerate(rows) for name, value in row(number, *one).items()}
    form, taken = WeekForm.typed({"rows": str(len(rows)), **typed}), list[dict[str, Any]]()
    assert form.done(taken.extend) == (form.status == 200)
    if form.status != 200:
        assert not taken
    for plan in taken:
        assert plan["weekday"] in range(7)
        assert 0 < plan["starts"].hour * 60 + plan["starts"].minute + plan["minutes"] <= DAY_MINUTES
    assert len(taken) <= SLOTS_MOST

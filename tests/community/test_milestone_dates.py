"""The date rules of milestones against a calendar that was written another way, over all zones and odd days."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO, TextIOWrapper
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from community.foundation import inputs
from community.milestones.dates import (
    QUIET_FROM,
    QUIET_UNTIL,
    due_on,
    in_order,
    local_day,
    path,
    post_not_before,
    to_celebrate,
)
from community.milestones.ladders import PRESETS, Ladder, Scheme, Step, Unit
from community.programs import services as programs
from community.programs.models import Track

DAY = timedelta(days=1)
ZONES = sorted(inputs.zones())
starts = st.dates(date(1950, 1, 1), date(2060, 12, 31))
moments = st.datetimes(datetime(1970, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds the zone
schemes = st.sampled_from([scheme for scheme in Scheme if scheme != Scheme.NONE])


def by_hand(start: date, months: int) -> date:
    """Turn the leaves of a calendar one by one; a day the last month has not is the one before it."""
    year, month, day = start.year, start.month, start.day
    for _leaf in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


@given(starts, st.integers(1, 600))
def test_months_and_years_are_counted_from_the_start_and_end_with_the_month(start: date, number: int) -> None:
    assert due_on(start, Step(Unit.MONTHS, number)) == by_hand(start, number)
    if number <= 60:
        assert due_on(start, Step(Unit.YEARS, number)) == by_hand(start, 12 * number)


@given(starts, st.integers(1, 3000))
def test_days_and_weeks_are_whole_days(start: date, number: int) -> None:
    assert due_on(start, Step(Unit.DAYS, number)).toordinal() == start.toordinal() + number
    assert due_on(start, Step(Unit.WEEKS, number)) == due_on(start, Step(Unit.DAYS, 7 * number))


@pytest.mark.parametrize(
    ("start", "code", "due"),
    [
        ("2026-01-31", "m1", "2026-02-28"),
        ("2026-01-31", "m2", "2026-03-31"),
        ("2026-01-31", "m4", "2026-05-31"),
        ("2024-02-29", "y1", "2025-02-28"),
        ("2024-02-29", "y4", "2028-02-29"),
        ("2024-08-31", "m18", "2026-02-28"),
        ("1999-12-31", "d60", "2000-02-29"),
    ],
)
def test_the_days_that_others_get_wrong(start: str, code: str, due: str) -> None:
    assert due_on(date.fromisoformat(start), Step.of(code)) == date.fromisoformat(due)


@given(moments, st.sampled_from(ZONES))
def test_today_is_the_date_on_the_wall_where_the_person_lives(moment: datetime, zone: str) -> None:
    offset = moment.astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None
    assert local_day(moment, zone) == (moment.replace(tzinfo=None) + offset).date()


def test_a_day_that_never_was_is_made_up_for_on_the_next() -> None:
    """Samoa had no 30 December 2011: what is due then is due as soon as it is the 31st."""
    start, evening = date(2011, 11, 30), datetime(2011, 12, 30, 9, 59, tzinfo=UTC)
    before, after = (local_day(evening + timedelta(minutes=minutes), "Pacific/Apia") for minutes in (0, 1))
    assert (before, after) == (date(2011, 12, 29), date(2011, 12, 31))
    ladder = PRESETS[Scheme.ABSTINENCE]
    assert to_celebrate(path(start, ladder, before), entered=start) is None
    assert to_celebrate(path(start, ladder, after), entered=start) == Step.of("d30")


@pytest.mark.parametrize(
    ("zone", "day"),
    [("America/Havana", "2026-03-08"), ("Africa/Cairo", "2026-04-24"), ("America/Santiago", "2026-09-06")],
)
def test_a_day_without_a_midnight_begins_all_the_same(zone: str, day: str) -> None:
    at = datetime.combine(date.fromisoformat(day) - DAY, time(12), ZoneInfo(zone)).astimezone(UTC)
    days = {local_day(at + timedelta(minutes=minutes), zone) for minutes in range(0, 24 * 60, 5)}
    assert days == {date.fromisoformat(day) - DAY, date.fromisoformat(day)}


@given(moments, st.sampled_from(ZONES))
def test_nothing_is_posted_at_night_and_nothing_is_forgotten_by_morning(moment: datetime, zone: str) -> None:
    at = post_not_before(moment, zone)
    there = at.astimezone(ZoneInfo(zone)).time()
    assert moment <= at <= moment + timedelta(hours=37)  # a night, and a day that was skipped
    assert QUIET_UNTIL <= there < QUIET_FROM
    if QUIET_UNTIL <= moment.astimezone(ZoneInfo(zone)).time() < QUIET_FROM:
        assert at == moment


@given(starts, schemes, st.integers(0, 1200))
def test_steps_come_in_the_order_of_their_dates(start: date, scheme: Scheme, days: int) -> None:
    way = path(start, PRESETS[scheme], start + days * DAY)
    due = [due_on(start, step) for step in way.reached]
    assert due == sorted(due)
    assert all(day <= way.today for day in due)
    assert way.next is None or due_on(start, way.next) > way.today
    assert way.count == days


@given(starts)
def test_steps_of_different_units_stand_in_order_for_every_start(start: date) -> None:
    ladder = Ladder.of("d60 m2 d30 w4 m1 y1 d365", yearly=1)
    order = [due_on(start, step) for step, _some in zip(in_order(start, ladder), range(12), strict=False)]
    assert order == sorted(order)


@given(starts, schemes, st.lists(st.integers(0, 9), max_size=300), st.integers(-400, 400))
def test_whoever_looks_however_seldom_each_day_is_celebrated_at_most_once_and_in_order(
    start: date, scheme: Scheme, gaps: list[int], entered: int
) -> None:
    ladder, today = PRESETS[scheme], start
    announced: list[Step] = []
    first = start + entered * DAY
    for gap in gaps:
        today += gap * DAY
        found = to_celebrate(path(start, ladder, today), entered=first, announced=announced)
        if found:
            assert first <= due_on(start, found) <= today <= due_on(start, found) + 3 * DAY
            announced.append(found)
    assert len(set(announced)) == len(announced)
    assert announced == sorted(announced, key=lambda step: due_on(start, step))


@given(starts, schemes, st.integers(1, 400))
def test_who_is_looked_at_every_day_misses_none(start: date, scheme: Scheme, days: int) -> None:
    ladder = PRESETS[scheme]
    announced: list[Step] = []
    for ahead in range(days):
        if found := to_celebrate(path(start, ladder, start + ahead * DAY), entered=start, announced=announced):
            announced.append(found)
    assert tuple(announced) == path(start, ladder, start + (days - 1) * DAY).reached


@given(starts, schemes, st.integers(0, 800), st.integers(-1, 1))
def test_a_flight_over_the_date_line_repeats_and_takes_back_nothing(
    start: date, scheme: Scheme, days: int, flown: int
) -> None:
    ladder, today = PRESETS[scheme], start + days * DAY
    found = to_celebrate(path(start, ladder, today), entered=start)
    if found:
        assert to_celebrate(path(start, ladder, today + flown * DAY), entered=start, announced=[found]) is None


def test_who_says_so_late_is_given_todays_day_and_nothing_of_before() -> None:
    ladder, start = PRESETS[Scheme.ABSTINENCE], date(2024, 11, 17)
    two_years = date(2026, 11, 17)
    assert to_celebrate(path(start, ladder, two_years), entered=two_years) == Step.of("y2")
    assert to_celebrate(path(start, ladder, two_years + DAY), entered=two_years + DAY) is None


def test_what_its_person_keeps_quiet_is_not_celebrated() -> None:
    way = path(date(2026, 1, 1), PRESETS[Scheme.ABSTINENCE], date(2026, 1, 31))
    assert to_celebrate(way, entered=way.start) == Step.of("d30")
    assert to_celebrate(way, entered=way.start, suppressed=[Step.of("d30")]) is None


@pytest.mark.parametrize("code", ["", "d", "d0", "d01", "x3", "d-1", "d30 ", "d36501", "y101", "30d", "d٣"])
def test_what_is_no_code_names_no_step(code: str) -> None:
    with pytest.raises(ValueError, match="no such code"):
        Step.of(code)


# --- by command ------------------------------------------------------------------------------------------------------

ROW = {
    "id": "a", "start_date": "2026-10-18", "tz": "America/New_York", "now": "2026-11-17T18:30:00Z",
    "entered_at": "2026-10-19T12:00:00Z", "scheme": "abstinence", "sharing": "group",
}  # fmt: skip


def explained(monkeypatch: pytest.MonkeyPatch, *lines: str | bytes, asked: Iterable[str] = ()) -> list[dict[str, Any]]:
    """As from and to files: bytes in, bytes out."""
    said = BytesIO()
    out = TextIOWrapper(said, encoding="utf-8", write_through=True)
    raw = b"\n".join(line.encode() if isinstance(line, str) else line for line in lines)
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(raw), encoding="utf-8"))
    call_command("milestones", "--explain", *asked, stdout=out)
    return [json.loads(line) for line in said.getvalue().splitlines()]


def explain(monkeypatch: pytest.MonkeyPatch, **changed: Any) -> dict[str, Any]:
    (row,) = explained(monkeypatch, json.dumps({**ROW, **changed}))
    return row


def test_a_row_is_explained_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    assert explain(monkeypatch) == {
        "id": "a",
        "local_date": "2026-11-17",
        "day_count": 30,
        "started": True,
        "latest_reached": "d30",
        "celebrate": "d30",
        "audience": "group",
        "due_date": "2026-11-17",
        "post_not_before": "2026-11-17T18:30:00.000Z",
        "shown_quietly": ["d1"],
        "next": {"code": "d60", "due": "2026-12-17"},
    }


def test_what_is_due_at_night_waits_for_nine_in_the_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    assert explain(monkeypatch, now="2026-11-18T02:30:00Z")["post_not_before"] == "2026-11-18T14:00:00.000Z"


@pytest.mark.parametrize(
    ("sharing", "celebrate", "audience"), [("off", None, "none"), ("private", "d30", "self"), ("group", "d30", "group")]
)
def test_the_audience_is_what_was_chosen(
    monkeypatch: pytest.MonkeyPatch, sharing: str, celebrate: str | None, audience: str
) -> None:
    row = explain(monkeypatch, sharing=sharing)
    assert (row["celebrate"], row["audience"]) == (celebrate, audience)
    assert ("d30" in row["shown_quietly"]) == (celebrate is None)


def test_where_no_days_are_counted_none_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    row = explain(monkeypatch, scheme="none")
    assert (row["day_count"], row["latest_reached"], row["celebrate"], row["next"]) == (None, None, None, None)


def test_a_start_that_is_to_come_counts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    row = explain(monkeypatch, start_date="2026-11-18")
    assert (row["started"], row["day_count"], row["shown_quietly"]) == (False, None, [])
    assert row["next"] == {"code": "d1", "due": "2026-11-19"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("start_date", "2026-02-30"), ("start_date", "0001-01-01"), ("start_date", 20261018),
        ("start_date", "2101-01-01"),
        ("tz", "Mars/Olympus"), ("tz", ""), ("tz", "localtime"), ("tz", "Factory"),
        ("now", "2026-11-17"), ("now", "2026-11-17T18:30:00"),
        ("now", "2026-11-17T25:30:00Z"), ("entered_at", "soon"), ("scheme", "streak"), ("sharing", "everybody"),
        ("grace_days", -1), ("grace_days", True), ("grace_days", 367), ("announced", "d30"), ("announced", ["d0"]),
        ("suppressed_by_member", [None]), ("anounced", []),
    ],
)  # fmt: skip
def test_a_row_that_is_wrong_says_where_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, field: str, value: object
) -> None:
    wrong, right = explained(monkeypatch, json.dumps({**ROW, field: value}), json.dumps(ROW))
    assert wrong["id"] == "a"
    assert wrong["error"]["errors"][0]["pointer"].startswith(f"/{field}")
    assert right["celebrate"] == "d30"


@pytest.mark.parametrize("line", ["{", "[]", '"a"', '{"id": 1, "id": 2}', "[" * 5000, b'{"id": "\xe9"}', b"\xff"])
def test_a_line_that_is_no_object_says_so_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, line: str | bytes
) -> None:
    wrong, right = explained(monkeypatch, line, "", json.dumps(ROW))
    assert (wrong["id"], wrong["error"]["code"]) == (None, "malformed")
    assert right["id"] == "a"


@pytest.mark.parametrize("name", ["\ud800", "Zoë", "\u2028"])
def test_whatever_a_row_is_called_it_is_answered_by_that_name(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    first, second = explained(monkeypatch, json.dumps({**ROW, "id": name}), json.dumps(ROW))
    assert (first["id"], first["celebrate"], second["id"]) == (name, "d30", "a")


def test_a_program_that_counts_no_days_has_no_count_beside_its_weeks_either(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs.open_program(name="Willow program", track=Track.MENTAL_HEALTH)
    rows = [json.dumps({**ROW, "scheme": scheme}) for scheme in Scheme]
    told = explained(monkeypatch, *rows, asked=["--program", "Willow program"])
    assert {row["day_count"] for row in told} == {None}
    assert any(row["latest_reached"] == "w4" for row in told)


def test_finishing_a_program_is_a_code_without_a_date(monkeypatch: pytest.MonkeyPatch) -> None:
    row = explain(monkeypatch, scheme="program_weeks", announced=["w1", "graduation"])
    assert row["latest_reached"] == "w4"


def test_the_documented_rows_are_explained_as_documented(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = re.findall(r"```json\n(.+)\n```", (settings.BASE_DIR / "docs" / "milestones.md").read_text(encoding="utf-8"))
    asked, answered = rows
    assert explained(monkeypatch, asked) == [json.loads(answered)]

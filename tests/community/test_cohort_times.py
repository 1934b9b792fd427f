"""When a group meets: on its own clock, whatever the time of year, and whoever asks from wherever."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.foundation.errors import Invalid
from community.programs import plans
from community.programs.plans import SlotPlan
from community.programs.times import ClinicSession, hours_advice, next_session, sessions, weekly_minutes

ZONES = ("America/New_York", "America/Los_Angeles", "Europe/Rome", "Australia/Lord_Howe", "Pacific/Apia", "UTC")
zones = st.sampled_from(ZONES)
days = st.dates(date(2011, 12, 1), date(2030, 12, 31))
moments = st.datetimes(datetime(2011, 12, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - in UTC
slots = st.lists(
    st.builds(SlotPlan, st.integers(0, 6), st.times(timezones=st.none()).map(lambda at: at.replace(second=0,
    microsecond=0, fold=0)), st.integers(15, 360)), max_size=6,
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    slots: Sequence[SlotPlan]
    zone: str
    first: date
    last: date | None
    now: datetime

    def next(self) -> ClinicSession | None:
        return next_session(self.slots, zone=self.zone, first=self.first, last=self.last, now=self.now)

    def all(self) -> list[ClinicSession]:
        """Every session in three weeks around now, and from the first day on if that is later."""
        since = max(self.first, self.now.date() - timedelta(days=10))
        return sorted(sessions(self.slots, zone=self.zone, first=self.first, last=self.last, since=since, days=21))


asked = st.builds(Asked, slots, zones, days, st.none() | days, moments)


@given(asked)
def test_the_next_session_is_the_first_that_is_not_over(one: Asked) -> None:
    to_come = [session for session in one.all() if session.ends > one.now]
    assert one.next() == (to_come[0] if to_come else None)


@given(asked)
def test_a_session_lies_within_the_days_of_its_group_and_is_as_long_as_planned(one: Asked) -> None:
    found = one.next()
    if found is None:
        return
    local = found.begins.astimezone(ZoneInfo(one.zone))
    assert found.begins.tzinfo is not None
    assert found.ends > one.now
    assert local.date() >= one.first
    long = found.ends.astimezone(UTC) - found.begins.astimezone(UTC)
    assert long in {timedelta(minutes=slot.minutes) for slot in one.slots}


@given(asked)
def test_it_begins_when_the_clock_on_the_wall_says_so(one: Asked) -> None:
    found = one.next()
    if found is None:
        return
    times = {slot.starts for slot in one.slots}
    local = found.begins.astimezone(ZoneInfo(one.zone))
    skipped = {
        (datetime.combine(local.date(), at, ZoneInfo(one.zone)).astimezone(UTC).astimezone(ZoneInfo(one.zone))).time()
        for at in times
    }  # what the clock jumps over in spring is as long after
    assert local.time() in times | skipped or one.zone == "Pacific/Apia"  # Apia once left out a whole day


def at(words: str, zone: str = "America/New_York") -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=ZoneInfo(zone))


TUESDAYS = [SlotPlan(1, time(18), 180)]


def test_six_in_the_evening_stays_six_when_the_clock_changes() -> None:
    whole_year = sessions(
        TUESDAYS, zone="America/New_York", first=date(2026, 1, 1), last=None, since=date(2026, 1, 1), days=365
    )
    found = list(whole_year)
    assert len(found) == 52
    assert {session.begins.hour for session in found} == {18}
    assert {(after.begins.astimezone(UTC) - before.begins.astimezone(UTC)) for before, after in pairwise(found)} == {
        timedelta(days=7), timedelta(days=7, hours=1), timedelta(days=7, hours=-1),
    }  # fmt: skip


def test_a_time_the_clock_jumps_over_is_as_long_after() -> None:
    night = [SlotPlan(6, time(2, 30), 60)]
    found = next_session(night, zone="America/New_York", first=date(2026, 3, 1), last=None, now=at("2026-03-08T00:00"))
    assert found == ClinicSession(at("2026-03-08T03:30"), at("2026-03-08T04:30"))


def test_a_time_the_clock_shows_twice_is_the_first_of_the_two() -> None:
    night = [SlotPlan(6, time(1, 30), 60)]
    found = next_session(night, zone="America/New_York", first=date(2026, 10, 1), last=None, now=at("2026-11-01T00:00"))
    assert found is not None
    assert found.begins.utcoffset() == timedelta(hours=-4)
    assert found.ends - found.begins.astimezone(UTC) == timedelta(hours=1)


def test_a_session_that_runs_is_still_the_one_to_name() -> None:
    found = next_session(
        TUESDAYS, zone="America/New_York", first=date(2026, 1, 1), last=None, now=at("2026-11-24T20:59")
    )
    assert found is not None
    assert found.begins == at("2026-11-24T18:00")


def test_one_minute_later_it_is_next_weeks() -> None:
    found = next_session(
        TUESDAYS, zone="America/New_York", first=date(2026, 1, 1), last=None, now=at("2026-11-24T21:00")
    )
    assert found is not None
    assert found.begins == at("2026-12-01T18:00")


def test_after_its_last_day_a_group_meets_no_more() -> None:
    last = date(2026, 11, 24)
    assert (
        next_session(TUESDAYS, zone="America/New_York", first=date(2026, 1, 1), last=last, now=at("2026-11-24T21:00"))
        is None
    )


def test_a_group_that_begins_in_spring_meets_first_in_spring() -> None:
    found = next_session(
        TUESDAYS, zone="America/New_York", first=date(2027, 3, 3), last=None, now=at("2026-11-24T21:00")
    )
    assert found is not None
    assert found.begins == at("2027-03-09T18:00")


@pytest.mark.parametrize(
    ("hours", "said"), [(0, None), (2, "few"), (8.99, "few"), (9, None), (19, None), (19.5, "many")]
)
def test_hours_outside_what_is_usual_are_advised_on(hours: float, said: str | None) -> None:
    assert hours_advice(int(hours * 60), (9, 19)) == said


@given(slots)
def test_a_week_that_is_taken_has_no_two_times_at_once(week: list[SlotPlan]) -> None:
    try:
        kept = plans.slots(week)
    except Invalid:  # the next test says when
        return
    assert sorted(week) == kept
    assert weekly_minutes(kept) == sum(slot.minutes for slot in week)
    busy = [(slot.weekday, minute) for slot in kept for minute in range(slot.from_minute, slot.until_minute)]
    assert len(busy) == len(set(busy))
    assert all(slot.until_minute <= 24 * 60 for slot in kept)


@given(slots)
def test_a_week_is_refused_only_for_a_reason(week: list[SlotPlan]) -> None:
    busy = [(slot.weekday, minute) for slot in week for minute in range(slot.from_minute, slot.until_minute)]
    fits = len(busy) == len(set(busy)) and all(slot.until_minute <= 24 * 60 for slot in week)
    if fits:
        assert plans.slots(week) == sorted(week)
    else:
        with pytest.raises(Invalid):
            plans.slots(week)


IMPOSSIBLE: dict[str, tuple[object, str]] = {
    "an eighth day": ({"weekday": 7, "starts": "18:00", "minutes": 60}, "range"),
    "a day before Monday": ({"weekday": -1, "starts": "18:00", "minutes": 60}, "range"),
    "a day by name": ({"weekday": "Tuesday", "starts": "18:00", "minutes": 60}, "type"),
    "true for a day": ({"weekday": True, "starts": "18:00", "minutes": 60}, "type"),
    "an hour that is none": ({"weekday": 1, "starts": "25:00", "minutes": 60}, "time"),
    "a time with seconds": ({"weekday": 1, "starts": "18:00:30", "minutes": 60}, "time"),
    "a time of another alphabet": ({"weekday": 1, "starts": "\u0661\u0668:00", "minutes": 60}, "time"),
    "no time at all": ({"weekday": 1, "starts": None, "minutes": 60}, "time"),
    "fourteen minutes": ({"weekday": 1, "starts": "18:00", "minutes": 14}, "range"),
    "more than six hours": ({"weekday": 1, "starts": "09:00", "minutes": 361}, "range"),
    "past midnight": ({"weekday": 1, "starts": "23:00", "minutes": 61}, "past_midnight"),
    "a field nobody asked for": ({"weekday": 1, "starts": "18:00", "minutes": 60, "room": 2}, "unknown"),
    "a field that is missing": ({"weekday": 1, "starts": "18:00"}, "required"),
}


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_a_time_that_cannot_be_is_refused_by_name(what: str) -> None:
    slot, code = IMPOSSIBLE[what]
    with pytest.raises(Invalid) as refused:
        plans.slots([slot])  # type: ignore[list-item]  # what comes in is not what it should be
    assert refused.value.code == code

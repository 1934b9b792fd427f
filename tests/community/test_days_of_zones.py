"""Which day it is where somebody lives, in every zone there is, against rules that were read another way."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from community.checkins.times import day_of
from community.foundation import clock, inputs
from community.milestones.dates import local_day, post_not_before
from tests.community.zones import EPOCH, zone_of

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
FROM = int((datetime(1950, 1, 1, tzinfo=UTC) - EPOCH).total_seconds())
YEARS = range(2026, 2045)
EVERY_SO_OFTEN = range(FROM, 2_400_000_000, 40 * 86_400 + 3_599)


def test_in_every_zone_the_day_is_the_one_its_own_rules_give_at_each_jump_of_its_clock_and_between() -> None:
    zones = sorted(inputs.zones())
    assert len(zones) > 400
    wrong, asked = set(), 0
    for name in zones:
        zone = zone_of(name)
        jumps = [jump for jump in zone.turns(YEARS) if jump >= FROM]
        for at in (*(jump + beside for jump in jumps for beside in (-3601, -1, 0, 1, 3600)), *EVERY_SO_OFTEN):
            asked += 1
            if local_day(EPOCH + timedelta(seconds=at), name) != zone.day(at):
                wrong.add(name)
    assert not wrong
    assert asked > 100_000


def test_the_calendar_beside_ours_knows_the_days_that_places_left_out() -> None:
    """So that it does not agree by being blind."""
    assert zone_of("Pacific/Apia").day(_at("2011-12-30T09:59:59Z")) == date(2011, 12, 29)
    assert zone_of("Pacific/Apia").day(_at("2011-12-30T10:00:00Z")) == date(2011, 12, 31)
    assert zone_of("America/New_York").offset(_at("2040-07-01T00:00:00Z")) == -4 * 3600
    assert zone_of("America/Santiago").offset(_at("2040-07-01T00:00:00Z")) == -4 * 3600
    assert zone_of("America/Santiago").offset(_at("2040-01-01T00:00:00Z")) == -3 * 3600


def _at(moment: str) -> int:
    return int((datetime.fromisoformat(moment) - EPOCH).total_seconds())


@pytest.mark.parametrize(
    ("zone", "day"), [("America/Santiago", date(2026, 4, 4)), ("Africa/Cairo", date(2026, 10, 29))]
)
def test_a_day_whose_midnight_comes_twice_is_an_hour_longer_and_no_date_comes_back(zone: str, day: date) -> None:
    """Where the clock is put back at midnight, the last hour of the day is lived twice."""
    began = clock.on_the_wall(day, time(0), ZoneInfo(zone)).astimezone(UTC)
    ends = clock.on_the_wall(day + DAY, time(0), ZoneInfo(zone)).astimezone(UTC)
    assert ends - began == 25 * HOUR
    days = [local_day(began + number * MINUTE, zone) for number in range(-60, 26 * 60)]
    assert days == sorted(days)
    assert days.count(day) == 25 * 60
    shown = [ends - HOUR - HOUR / 2, ends - HOUR / 2]
    assert {moment.astimezone(ZoneInfo(zone)).time() for moment in shown} == {time(23, 30)}
    nine = datetime.combine(day + DAY, time(9), ZoneInfo(zone)).astimezone(UTC)
    for moment in shown:
        assert zone_of(zone).day(int((moment - EPOCH).total_seconds())) == day
        assert (local_day(moment, zone), day_of(moment, zone)) == (day, day)
        assert post_not_before(moment, zone) == nine
    assert (local_day(ends, zone), day_of(ends, zone)) == (day + DAY, day)

"""Somebody's clock jumps, or the server's: a day is shared once all the same, in the day of who celebrates it."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from community.foundation import clock
from community.milestones import services as milestones
from community.milestones.dates import QUIET_FROM, QUIET_UNTIL
from community.people import services as people
from groups.celebrations import services as celebrations
from groups.celebrations.models import Celebration, Pulse
from groups.celebrations.tasks import look_at_due
from groups.demo.services import World
from tests.groups.days import DAY, _early, cards, focus_of, it_is, says_yes  # noqa: F401 - the hour of every test

LATE = time(23, 50)
ZONES = [
    "Pacific/Kiritimati",
    "Pacific/Apia",
    "Asia/Tokyo",
    "Asia/Kathmandu",
    "Europe/London",
    "America/Los_Angeles",
    "Pacific/Pago_Pago",
]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("days", [0, 1])
def test_who_changes_their_zone_at_ten_to_midnight_is_celebrated_once_by_day_and_not_before_it(
    world: World, days: int, zone: str
) -> None:
    """The day before, and on the day itself while no worker had run yet."""
    says_yes(world.ana, world.tuesday)
    due = Celebration.objects.get().due
    with it_is(world.ana, days, LATE):
        ana = people.change(person=world.ana, wanted={"zone": zone})
        for hours in range(80):
            with clock.turned(by=timedelta(hours=hours)):
                look_at_due()
    (card,) = cards(world.tuesday)
    row = Celebration.objects.get()
    there = card.created.astimezone(ZoneInfo(ana.zone))
    assert there.date() >= due
    assert row.posted_on == there.date()
    assert QUIET_UNTIL <= there.time() < QUIET_FROM


def test_who_flies_back_and_forth_around_midnight_is_celebrated_once(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    with it_is(world.ana, 0, LATE):
        for hours, zone in enumerate(ZONES * 8):
            with clock.turned(by=timedelta(hours=hours)):
                people.change(person=world.ana, wanted={"zone": zone})
                look_at_due()
    assert len(cards(world.tuesday)) == 1


def test_a_clock_that_jumps_back_takes_nothing_back_and_posts_nothing_twice(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    with it_is(world.ana, 1):
        look_at_due()
        posted = Celebration.objects.get().posted
        for back in (timedelta(minutes=20), timedelta(hours=30)):
            with clock.turned(by=-back):
                look_at_due()
                assert not Pulse.objects.filter(stopped__isnull=False).exists()
            look_at_due()
    assert len(cards(world.tuesday)) == 1
    assert Celebration.objects.get().posted == posted


def test_after_a_jump_back_of_days_nothing_is_shared_until_somebody_looked_at_the_clocks(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    with it_is(world.ana, 1):
        with clock.turned(by=-timedelta(hours=37)):
            assert look_at_due() == 0
        assert Pulse.objects.get().why == Pulse.Why.JUMP
        assert look_at_due() == 0
        assert not cards(world.tuesday)
        assert celebrations.go_on()
        look_at_due()
    assert len(cards(world.tuesday)) == 1


@pytest.mark.parametrize(("zone", "day"), [("America/Santiago", (2026, 4, 4)), ("Africa/Cairo", (2026, 10, 29))])
def test_an_evening_that_comes_twice_asks_and_shares_once(world: World, zone: str, day: tuple[int, int, int]) -> None:
    """The clock is put back at midnight: the last hour of the day before comes twice, and the card once."""
    people.change(person=world.ana, wanted={"zone": zone})
    eve = datetime(*day, 12, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    with clock.turned(by=eve - clock.now()):
        milestones.forget(person=world.ana, focus=focus_of(world.ana))
        milestones.begin(person=world.ana, start=clock.today(zone) - 29 * DAY)
        Pulse.objects.update(last=clock.now())
        look_at_due()
        one = Celebration.objects.of(world.ana.pk).get()
        celebrations.answer(person=world.ana, celebration=one, groups=[world.tuesday.pk])
        for minutes in range(0, 36 * 60, 30):
            with clock.turned(by=timedelta(minutes=minutes)):
                look_at_due()
    (card,) = cards(world.tuesday)
    assert Celebration.objects.of(world.ana.pk).count() == 1
    there = card.created.astimezone(ZoneInfo(zone))
    assert (there.date(), there.time().replace(second=0, microsecond=0)) == (eve.date() + DAY, QUIET_UNTIL)

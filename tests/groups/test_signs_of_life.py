"""A standing yes speaks only for days on which its person checked in, on that very day, and never backward."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from community.cases.plans import Reason
from community.checkins import services as checkins
from community.checkins.models import CheckIn
from community.checkins.rules import drawn_now, today_of
from community.checkins.times import day_of
from community.foundation import clock
from community.milestones import services as milestones
from community.people.models import Person
from groups.celebrations import services as celebrations
from groups.celebrations.models import Celebration
from groups.celebrations.reading.saving import told_by_saving
from groups.celebrations.tasks import look_at_due
from groups.celebrations.times import day_of_life
from groups.demo.services import World
from groups.membership import services as membership
from tests.doors import browser, say
from tests.groups.days import DAY, NINE, _early, cards, checks_in, focus_of, it_is, question  # noqa: F401 - the hour of every test
from tests.groups.reports import told_of


def always_shares(world: World) -> None:
    """Ana's thirty days are tomorrow, and what she reaches may go to Tuesday evening."""
    celebrations.share(person=world.ana, focus=focus_of(world.ana), groups=[world.tuesday.pk])
    question(world.ana)


def says(person: Person, day: date, **answers: str) -> CheckIn:
    return checkins.check_in(person=person, day=day, answers={"weather": "okay", **answers})


def test_a_standing_yes_without_a_sign_of_life_is_not_posted(world: World) -> None:
    always_shares(world)
    for days in range(1, 6):
        with it_is(world.ana, days):
            look_at_due()
    assert not cards(world.tuesday)


def test_a_standing_yes_with_a_check_in_that_day_is_posted(world: World) -> None:
    always_shares(world)
    with it_is(world.ana, 1):
        look_at_due()
        assert not cards(world.tuesday)
        checks_in(world.ana)
        look_at_due()
    assert len(cards(world.tuesday)) == 1


@pytest.mark.parametrize("weather", ["struggling", "low"])
def test_a_day_that_its_person_says_is_hard_is_not_posted_without_their_own_yes(world: World, weather: str) -> None:
    always_shares(world)
    with it_is(world.ana, 1):
        says(world.ana, today_of(world.ana), weather=weather)
        look_at_due()
        assert not cards(world.tuesday)
        asked = Celebration.objects.of(world.ana.pk).get()
        celebrations.answer(person=world.ana, celebration=asked, groups=[world.tuesday.pk])
        look_at_due()
    assert len(cards(world.tuesday)) == 1


def test_before_a_check_in_is_saved_its_page_says_what_that_tells_the_group(world: World) -> None:
    always_shares(world)
    with it_is(world.ana, 1):
        page, asked = f"/check-ins/{today_of(world.ana).isoformat()}/", Celebration.objects.of(world.ana.pk).get()
        for place in (page, "/today/"):
            shown = browser(world.ana).get(place).content.decode()
            assert "Today: 30 days" in shown
            assert f"Saving this check-in shares it with {world.tuesday.name}" in shown
            assert f'href="/celebrations/{asked.pk}/">Not today' in shown
        assert f"It goes to {world.tuesday.name}, as you chose" in browser(world.ana).get("/today/").content.decode()
        yesterday = f"/check-ins/{(today_of(world.ana) - DAY).isoformat()}/"
        assert "Saving this check-in" not in browser(world.ana).get(yesterday).content.decode()
        celebrations.decline(person=world.ana, celebration=asked)
        assert "Saving this check-in" not in browser(world.ana).get(page).content.decode()


def test_who_is_suspended_is_told_of_no_group_and_nobody_can_tell_that_somebody_spoke_of_them(world: World) -> None:
    always_shares(world)
    with it_is(world.ana, 1):
        day = today_of(world.ana)
        said = told_by_saving(world.ana, day)
        told_of(world.ben, say(world.ana, world.tuesday, "Hm."), Reason.WORRIED)
        assert told_by_saving(world.ana, day) == said != []
        world.ana.suspended = True
        assert told_by_saving(world.ana, day) == []


@pytest.mark.parametrize("weather", ["", "okay"])
def test_once_the_day_is_over_its_page_promises_no_group_anything(world: World, weather: str) -> None:
    always_shares(world)
    asked = Celebration.objects.of(world.ana.pk).get()
    if weather:
        with it_is(world.ana, 1):
            says(world.ana, today_of(world.ana), weather=weather)
    with it_is(world.ana, 2):
        shown = browser(world.ana).get(f"/celebrations/{asked.pk}/").content.decode()
    assert ("As you chose, this goes to" in shown) == bool(weather)


def test_whoever_is_not_asked_finds_there_the_way_to_who_sees_it(world: World) -> None:
    celebrations.share(person=world.ana, focus=focus_of(world.ana), groups=[world.tuesday.pk], asks=False)
    with it_is(world.ana, 1):
        page = f"/check-ins/{today_of(world.ana).isoformat()}/"
        shown = browser(world.ana).get(page).content.decode()
        assert f'href="/my-path/{focus_of(world.ana).pk}/sharing/">Not today' in shown
        says(world.ana, today_of(world.ana), weather="low")
        assert "Saving this check-in" in browser(world.ana).get(page).content.decode()
        says(world.ana, today_of(world.ana))
        assert "Saving this check-in" not in browser(world.ana).get(page).content.decode()


def test_the_page_about_a_day_says_who_hears_of_it_without_an_answer(world: World) -> None:
    always_shares(world)
    asked = Celebration.objects.of(world.ana.pk).get()
    shown = browser(world.ana).get(f"/celebrations/{asked.pk}/").content.decode()
    assert f"As you chose, this goes to {world.tuesday.name}" in shown
    assert "only you see it" not in shown
    celebrations.share(person=world.ana, focus=focus_of(world.ana), groups=[])
    shown = browser(world.ana).get(f"/celebrations/{asked.pk}/").content.decode()
    assert "If you say nothing, only you see it." in shown


@pytest.mark.parametrize("days", [0, 2, 3, 4])
@pytest.mark.parametrize("weather", ["struggling", "good"])
def test_a_check_in_of_another_day_is_no_sign_of_that_day(world: World, days: int, weather: str) -> None:
    always_shares(world)
    with it_is(world.ana, days):
        says(world.ana, today_of(world.ana), weather=weather)
        look_at_due()
    with it_is(world.ana, max(days, 1)):
        look_at_due()
    assert not cards(world.tuesday)


@pytest.mark.parametrize("days", [2, 3, 4])
def test_a_day_that_is_filled_in_later_is_no_sign_of_that_day(world: World, days: int) -> None:
    always_shares(world)
    day = clock.today(world.ana.zone) + DAY
    with it_is(world.ana, days):
        says(world.ana, day)
        look_at_due()
    assert not CheckIn.objects.get().on_its_day
    assert not cards(world.tuesday)


@pytest.mark.parametrize("days", [1, 2, 3, 4])
def test_a_worker_that_comes_late_posts_what_somebody_was_there_for(world: World, days: int) -> None:
    always_shares(world)
    with it_is(world.ana, 1):
        checks_in(world.ana)
    with it_is(world.ana, days, time(13)):
        look_at_due()
    assert len(cards(world.tuesday)) == 1


def test_what_was_said_on_the_day_and_changed_later_is_still_of_that_day(world: World) -> None:
    always_shares(world)
    with it_is(world.ana, 1):
        row = says(world.ana, today_of(world.ana))
    with it_is(world.ana, 2):
        assert says(world.ana, row.day, weather="good").on_its_day
        look_at_due()
    assert len(cards(world.tuesday)) == 1


def test_what_was_erased_and_said_again_later_is_no_sign_of_that_day(world: World) -> None:
    always_shares(world)
    with it_is(world.ana, 1):
        row = says(world.ana, today_of(world.ana))
    with it_is(world.ana, 2):
        checkins.erase(person=world.ana, check_in=row)
        says(world.ana, row.day)
        look_at_due()
    assert not cards(world.tuesday)


def test_until_three_in_the_morning_it_is_still_that_day_and_it_is_posted_at_nine(world: World) -> None:
    always_shares(world)
    with it_is(world.ana, 2, time(2, 59)):
        checks_in(world.ana)
        look_at_due()
        assert not cards(world.tuesday)
    with it_is(world.ana, 2, NINE):
        look_at_due()
    assert len(cards(world.tuesday)) == 1


def test_in_the_small_hours_of_that_date_it_is_still_the_day_before(world: World) -> None:
    always_shares(world)
    with it_is(world.ana, 1, time(2, 59)):
        checks_in(world.ana)
    with it_is(world.ana, 1):
        look_at_due()
    assert not cards(world.tuesday)


@pytest.mark.parametrize(("believed", "posts"), [(True, 1), (False, 0)])
def test_save_pressed_that_day_counts_without_a_signal_until_the_next_where_it_can_be_believed(
    world: World, *, believed: bool, posts: int
) -> None:
    always_shares(world)
    with it_is(world.ana, 1):
        day, pressed = today_of(world.ana), clock.now().isoformat()
        drawn = drawn_now(world.ana, day) if believed else None
    with it_is(world.ana, 2):
        answers = {"weather": "okay"}
        checkins.check_in(person=world.ana, day=day, answers=answers, seen="", pressed=pressed, drawn=drawn)
        look_at_due()
    assert len(cards(world.tuesday)) == posts


@pytest.mark.parametrize(
    ("zone", "due", "day"),
    [
        ("Pacific/Apia", date(2011, 12, 29), date(2011, 12, 29)),
        ("Pacific/Apia", date(2011, 12, 30), date(2011, 12, 31)),  # the 30th never was
        ("Pacific/Kwajalein", date(1993, 8, 21), date(1993, 8, 22)),
        ("America/Havana", date(2026, 3, 8), date(2026, 3, 8)),  # its midnight was skipped
    ],
)
def test_a_day_that_a_place_left_out_is_looked_for_on_the_next(zone: str, due: date, day: date) -> None:
    assert day_of_life(due, zone) == day
    said = datetime.combine(day, time(12), ZoneInfo(zone)).astimezone(UTC)
    assert day_of(said, zone) == day


def test_a_new_count_begins_without_a_standing_yes(world: World) -> None:
    focus = focus_of(world.ana)
    celebrations.share(person=world.ana, focus=focus, groups=[world.tuesday.pk])
    fresh = milestones.begin_anew(person=world.ana, focus=focus)
    assert not fresh.standing.exists()
    milestones.undo_new_count(person=world.ana, focus=focus)
    assert focus.runs.get().standing.get().group == world.tuesday


@pytest.mark.parametrize(("days", "posts"), [(1, True), (2, False), (3, False)])
def test_a_standing_yes_does_not_work_backward(world: World, days: int, posts: bool) -> None:  # noqa: FBT001 - a table
    with it_is(world.ana, 1):
        checks_in(world.ana)
    with it_is(world.ana, days):
        celebrations.share(person=world.ana, focus=focus_of(world.ana), groups=[world.tuesday.pk])
        look_at_due()
    assert bool(cards(world.tuesday)) == posts


def test_a_group_added_after_the_day_gets_nothing_of_it(world: World) -> None:
    membership.seat(person=world.ana, group=world.alumni)
    always_shares(world)
    with it_is(world.ana, 1):
        checks_in(world.ana)
    with it_is(world.ana, 2):
        both = [world.tuesday.pk, world.alumni.pk]
        celebrations.share(person=world.ana, focus=focus_of(world.ana), groups=both)
        look_at_due()
    assert cards(world.tuesday)
    assert not cards(world.alumni)

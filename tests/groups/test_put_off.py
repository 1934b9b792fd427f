"""Who is asked may have a day shared later: on the day they chose, once, and not if they were not there for it."""

from datetime import date, time, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from community.foundation import clock
from community.foundation.errors import Conflict, Invalid
from community.milestones import services as milestones
from community.milestones.dates import GRACE, due_on, path, to_celebrate
from community.milestones.ladders import PRESETS, Ladder, Scheme, Step
from community.notices.models import Notice
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from groups.celebrations import services as celebrations
from groups.celebrations.models import Celebration, State
from groups.celebrations.tasks import look_at_due
from groups.celebrations.times import PUT_OFF_MOST, ahead, latest_day
from groups.demo.services import World
from groups.membership import services as membership
from tests.community.desk import episode
from tests.doors import Script, browser
from tests.groups.copies import copy_of
from tests.groups.days import DAY, NINE, _early, cards, checks_in, focus_of, it_is, question  # noqa: F401 - the hour
from tests.groups.test_days_that_jump import ZONES
from tests.groups.test_quiet_in_danger import cries, puts_the_card_away

LADDERS = [PRESETS[scheme] for scheme in Scheme if scheme != Scheme.NONE] + [Ladder.of("d1 d2 d3 d9 d10 m1 d31")]
starts, ladders = st.dates(date(1950, 1, 1), date(2060, 12, 31)), st.sampled_from(LADDERS)


def puts_off(world: World, days: int, **more: Any) -> Celebration:
    """Ana's thirty days are tomorrow; she says yes for so many days after that."""
    one = question(world.ana)
    return later(world, one, one.due + days * DAY, **more)


def later(world: World, one: Celebration, day: date | None, **more: Any) -> Celebration:
    return celebrations.answer(person=world.ana, celebration=one, groups=[world.tuesday.pk], later=day, **more)


def lives(world: World, until: int, *, checks: bool = True) -> int:
    """Each day up to ``until`` days from today is lived, with a check-in or none. Returns how many days had no card."""
    without = 0
    for days in range(1, until + 1):
        with it_is(world.ana, days, time(8)):
            if checks:
                checks_in(world.ana)
            look_at_due()
        with it_is(world.ana, days):
            look_at_due()
        without += not cards(world.tuesday)
    return without


# --- the dates -------------------------------------------------------------------------------------------------------


@given(starts, ladders, st.integers(0, 8))
def test_a_day_is_put_off_by_two_weeks_at_most_and_never_past_the_next_step(
    start: date, ladder: Ladder, place: int
) -> None:
    days = [day for _number, (_step, day) in zip(range(12), ahead(start, date.min, ladder), strict=False)]
    due = days[place % len(days)]
    last = latest_day(start, ladder, due)
    assert due <= last <= due + PUT_OFF_MOST
    assert not [day for day in days if due < day <= last]
    assert last in {due + PUT_OFF_MOST, *(day - DAY for day in days)}


@given(starts, ladders, st.integers(0, 8), st.integers(0, 14), st.integers(-3, 40))
def test_what_is_put_off_comes_on_its_day_or_three_late_and_never_before_or_after(
    start: date, ladder: Ladder, place: int, days: int, passed: int
) -> None:
    steps = [step for _number, (step, _day) in zip(range(12), ahead(start, date.min, ladder), strict=False)]
    step = steps[place % len(steps)]
    due = due_on(start, step)
    chosen, today = min(due + days * DAY, latest_day(start, ladder, due)), due + passed * DAY
    others = [one for one in steps if one != step]
    found = to_celebrate(path(start, ladder, today), entered=start, suppressed=others, put_off={step: chosen})
    assert (found == step) == (chosen <= today <= chosen + GRACE * DAY)


@given(starts, ladders, st.integers(0, 60))
def test_what_was_put_off_on_one_count_touches_no_other_step(start: date, ladder: Ladder, passed: int) -> None:
    way = path(start, ladder, start + passed * DAY)
    assert to_celebrate(way, entered=start) == to_celebrate(way, entered=start, put_off={Step.of("y90"): start})


# --- its day ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [1, 2, 5, 14])
def test_it_is_shared_at_nine_on_the_chosen_day_and_not_before(world: World, days: int) -> None:
    puts_off(world, days, words="Mine.")
    assert lives(world, days) == days  # from tomorrow, its own day, to the eve of the one that was chosen
    with it_is(world.ana, days + 1, time(8)):
        checks_in(world.ana)
    with it_is(world.ana, days + 1, NINE):
        look_at_due()
        look_at_due()
    assert [card.body for card in cards(world.tuesday)] == ["Ana has 30 days\nMine."]
    row = Celebration.objects.get()
    assert (row.state, row.later, row.posted_on) == (State.POSTED, None, row.due + days * DAY)


def test_whoever_was_not_there_on_a_day_far_ahead_shares_nothing(world: World) -> None:
    puts_off(world, 6)
    assert lives(world, 12, checks=False) == 12
    assert not Celebration.objects.exists()


def test_a_check_in_on_another_day_does_not_speak_for_a_day_far_ahead(world: World) -> None:
    puts_off(world, 6)
    for days in (6, 8, 9):
        with it_is(world.ana, days):
            checks_in(world.ana)
            look_at_due()
    assert not cards(world.tuesday)


def test_a_check_in_on_the_chosen_day_shares_it_with_the_next_look(world: World) -> None:
    puts_off(world, 6)
    with it_is(world.ana, 7):
        look_at_due()
        assert not cards(world.tuesday)
        checks_in(world.ana)
        look_at_due()
    assert len(cards(world.tuesday)) == 1


@pytest.mark.parametrize("said", [0, 1])
def test_a_yes_of_the_eve_or_of_the_day_itself_needs_no_check_in(world: World, said: int) -> None:
    one = puts_off(world, 5)
    with it_is(world.ana, 5 + said):
        later(world, one, one.due + 5 * DAY)
    with it_is(world.ana, 6, time(13)):
        look_at_due()
    assert len(cards(world.tuesday)) == 1


def test_always_share_with_does_not_bring_it_before_its_day(world: World) -> None:
    celebrations.share(person=world.ana, focus=focus_of(world.ana), groups=[world.tuesday.pk])
    puts_off(world, 4)
    assert lives(world, 6) == 4


def test_a_worker_that_was_away_shares_it_three_days_late_and_no_later(world: World) -> None:
    puts_off(world, 4)
    with it_is(world.ana, 5):
        checks_in(world.ana)
    with it_is(world.ana, 8):
        look_at_due()
    assert len(cards(world.tuesday)) == 1


def test_what_waits_in_vain_passes_quietly_after_three_days(world: World) -> None:
    membership.hold_room(group=world.tuesday, by=world.dana, held=True)
    puts_off(world, 4)
    assert lives(world, 9) == 9
    membership.hold_room(group=world.tuesday, by=world.dana, held=False)
    assert lives(world, 10) == 10
    assert not Celebration.objects.exists()


def test_in_the_evening_of_the_chosen_day_it_waits_for_the_morning(world: World) -> None:
    one = puts_off(world, 4)
    with it_is(world.ana, 5, time(21, 30)):
        later(world, one, one.due + 4 * DAY)
        look_at_due()
        assert not cards(world.tuesday)
    with it_is(world.ana, 6, NINE):
        look_at_due()
    assert len(cards(world.tuesday)) == 1


@pytest.mark.parametrize("zone", ZONES)
def test_who_changes_their_zone_meanwhile_shares_it_once_on_the_day_there(world: World, zone: str) -> None:
    one = puts_off(world, 1)
    with it_is(world.ana, 1, time(23, 50)):
        later(world, one, one.due + DAY)
        ana = people.change(person=world.ana, wanted={"zone": zone})
        for hours in range(80):
            with clock.turned(by=timedelta(hours=hours)):
                look_at_due()
    assert len(cards(world.tuesday)) == 1
    row = Celebration.objects.get(pk=one.pk)
    assert row.posted_on is not None
    assert row.posted_on >= one.due + DAY
    assert ana.zone == zone


# --- what lets go of it ----------------------------------------------------------------------------------------------


def test_a_new_count_lets_go_of_it_and_its_undoing_brings_it_back_with_its_day(world: World) -> None:
    one = puts_off(world, 3)
    milestones.begin_anew(person=world.ana, focus=focus_of(world.ana))
    assert not Celebration.objects.exists()
    milestones.undo_new_count(person=world.ana, focus=focus_of(world.ana))
    assert Celebration.objects.get().later == one.due + 3 * DAY
    assert lives(world, 4) == 3


def test_a_new_count_that_stays_shares_nothing_of_it(world: World) -> None:
    puts_off(world, 3)
    with it_is(world.ana, 2):
        milestones.begin_anew(person=world.ana, focus=focus_of(world.ana))
    assert lives(world, 6) == 6


def test_a_correction_of_the_first_day_lets_go_of_it(world: World) -> None:
    puts_off(world, 3)
    milestones.correct(person=world.ana, focus=focus_of(world.ana), start=clock.today(world.ana.zone) - 28 * DAY)
    assert not Celebration.objects.exists()


def test_it_may_be_another_answer_until_it_is_shared(world: World) -> None:
    one = puts_off(world, 3)
    with it_is(world.ana, 2):
        later(world, one, one.due + 8 * DAY)
        celebrations.withdraw(person=world.ana, celebration=one)
        row = Celebration.objects.get()
        assert (row.state, row.later, row.said_on) == (State.NOT_THIS_TIME, None, None)
        later(world, one, None)
        look_at_due()
    assert len(cards(world.tuesday)) == 1


def test_a_card_about_danger_holds_it_back_on_its_day(world: World) -> None:
    one = puts_off(world, 3)
    with it_is(world.ana, 4, time(10)):
        later(world, one, one.due + 3 * DAY)
        cries(world.ana)
        look_at_due()
        assert not cards(world.tuesday)
        puts_the_card_away(world.ana)
    with it_is(world.ana, 5):
        look_at_due()
    assert len(cards(world.tuesday)) == 1


def test_leaving_the_room_meanwhile_leaves_nothing_to_share(world: World) -> None:
    puts_off(world, 3)
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    membership.seat(person=world.ana, group=world.tuesday)
    assert lives(world, 6) == 6


# --- what may be chosen ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [-1, 15, 400])
def test_a_day_before_its_own_or_beyond_two_weeks_is_refused_kindly(world: World, days: int) -> None:
    one = question(world.ana)
    with pytest.raises(Invalid, match=r"still to come|at most"):
        later(world, one, one.due + days * DAY)
    one.refresh_from_db()
    assert (one.state, one.later) == (State.ASKED, None)


def test_a_day_that_has_passed_meanwhile_is_refused(world: World) -> None:
    one = question(world.ana)
    with it_is(world.ana, 3), pytest.raises(Invalid, match="still to come"):
        later(world, one, one.due + DAY)


def test_its_own_day_is_no_later_one(world: World) -> None:
    one = question(world.ana)
    later(world, one, one.due)
    one.refresh_from_db()
    assert (one.state, one.later) == (State.YES, None)


def test_once_its_own_day_is_too_far_back_only_a_day_to_come_is_left(world: World) -> None:
    one = puts_off(world, 9)
    with it_is(world.ana, 6):
        with pytest.raises(Conflict, match="Choose a later one"):
            later(world, one, None)
        assert Celebration.objects.get().later == one.due + 9 * DAY
        later(world, one, one.due + 5 * DAY)  # which is today
        look_at_due()
    assert len(cards(world.tuesday)) == 1


def test_no_chip_is_kept_past_the_next_one(world: World) -> None:
    milestones.forget(person=world.ana, focus=focus_of(world.ana))
    milestones.begin(person=world.ana, start=clock.today(world.ana.zone) - 29 * DAY)
    plans = [{"code": code} for code in ("d30", "d36")]
    milestones.set_ladder(program=world.evening, kind="days", steps=plans)
    Celebration.objects.all().delete()
    one = Celebration.objects.create(
        person=world.ana,
        run=focus_of(world.ana).runs.get(),
        code="d30",
        due=clock.today(world.ana.zone) + DAY,
        created=clock.now(),
    )
    with pytest.raises(Invalid, match="at most"):
        later(world, one, one.due + 6 * DAY)
    later(world, one, one.due + 5 * DAY)


# --- finishing a program ---------------------------------------------------------------------------------------------


def finished(person: Person) -> Celebration:
    for focus in person.focuses.all():
        milestones.forget(person=person, focus=focus)
    with it_is(person, 0):
        programs.graduate(enrollment=episode(person))
        look_at_due()
    found: Celebration = Celebration.objects.of(person.pk).get(code="graduation")
    return found


def test_finishing_a_program_can_be_put_off_by_two_weeks_as_well(world: World) -> None:
    one = finished(world.ana)
    with it_is(world.ana, 0, time(13)):
        with pytest.raises(Invalid, match="at most"):
            later(world, one, one.due + 15 * DAY)
        later(world, one, one.due + 14 * DAY)
        look_at_due()
    assert lives(world, 13) == 13
    with it_is(world.ana, 14):
        look_at_due()
        assert not cards(world.tuesday)
        checks_in(world.ana)
        look_at_due()
    assert [card.body for card in cards(world.tuesday)] == ["Ana finished the program"]


def test_finishing_that_was_put_off_to_tomorrow_comes_at_nine(world: World) -> None:
    one = finished(world.ana)
    with it_is(world.ana, 0, time(13)):
        later(world, one, one.due + DAY)
        look_at_due()
    with it_is(world.ana, 1, time(8, 59)):
        look_at_due()
        assert not cards(world.tuesday)
    with it_is(world.ana, 1, NINE):
        look_at_due()
    assert len(cards(world.tuesday)) == 1


# --- the doors -------------------------------------------------------------------------------------------------------


def test_the_page_offers_the_days_and_says_which_one_was_chosen(world: World) -> None:
    one, client = question(world.ana), browser(world.ana)
    day = one.due + 5 * DAY
    html = client.get(f"/celebrations/{one.pk}/").content.decode()
    assert html.count("<option") == 15  # its own, and two weeks
    sent = {"groups": [str(world.tuesday.pk)], "later": day.isoformat()}
    assert client.post(f"/celebrations/{one.pk}/", sent).status_code == 302
    html = client.get(f"/celebrations/{one.pk}/").content.decode()
    assert "once you have checked in that day" in html
    assert f'value="{day.isoformat()}" selected' in html
    assert "Tuesday evening group on " in client.get(f"/my-path/{focus_of(world.ana).pk}/sharing/").content.decode()
    assert not Notice.objects.of(world.ana.pk).unseen().filter(kind="celebration_ask").exists()


def test_the_page_refuses_a_day_that_it_did_not_offer(world: World) -> None:
    one = question(world.ana)
    sent = {"groups": [str(world.tuesday.pk)], "later": (one.due + 20 * DAY).isoformat(), "words": "Stays."}
    answer = browser(world.ana).post(f"/celebrations/{one.pk}/", sent)
    assert answer.status_code == 422
    assert "Choose one of the days here." in answer.content.decode()
    assert "Stays." in answer.content.decode()


def test_a_script_puts_it_off_reads_it_back_and_is_told_what_is_wrong(world: World) -> None:
    one, ana = question(world.ana), Script(world.ana)
    where, day = f"celebrations/{one.pk}", (one.due + 5 * DAY).isoformat()
    yes = {"answer": "yes", "groups": [str(world.tuesday.pk)]}
    assert ana.put(f"{where}/answer", {**yes, "later": day}).json()["later"] == day
    assert ana.get(where).json()["later"] == day
    for wrong in ("2026-02-30", "tomorrow", 5, (one.due + 15 * DAY).isoformat()):
        refused = ana.put(f"{where}/answer", {**yes, "later": wrong})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/later"), wrong
    assert ana.get(where).json()["later"] == day
    assert ana.put(f"{where}/answer", yes).json()["later"] is None


def test_it_stands_in_the_copy_of_ones_own(world: World) -> None:
    one = puts_off(world, 5)
    assert (one.due + 5 * DAY).isoformat() in copy_of(world.ana).said


def test_the_way_back_to_older_tables_asks_anew(world: World) -> None:
    puts_off(world, 5)
    import_module("groups.celebrations.migrations.0012_asked_again").ask_again(apps, None)
    row = Celebration.objects.get()
    assert (row.state, row.later, row.said_on) == (State.ASKED, None, None)

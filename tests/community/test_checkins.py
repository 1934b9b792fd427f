"""Check-ins: one a day that ends at three in the morning; private; shared by choice; help at once; never a nag."""

import re
from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from community.cases.models import Case
from community.checkins import services as checkins
from community.checkins.events import CheckedIn, CheckInShared
from community.checkins.models import CheckIn, Reminder, Share
from community.checkins.reading import STEP, Weeks
from community.checkins.rules import asks_craving, led_episode, shared_with, today_of
from community.checkins.tasks import remind_due
from community.checkins.times import BACK, DAY_BEGINS, day_of, next_time
from community.consent.rules import may
from community.foundation import clock
from community.foundation.errors import Conflict, Invalid, Missing, NotAllowed, Refusal
from community.foundation.events import together
from community.foundation.times import date_words
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import StaffRole
from community.safety import services as safety
from community.safety.models import Sign
from community.safetyplan import services as safetyplan
from community.safetyplan.plans import Part
from groups.demo.services import World
from tests.community.desk import administrator, episode, leader_of, sent, words
from tests.doors import Script, browser

ZONES = st.sampled_from(sorted(available_timezones()))
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
WEDNESDAY = datetime(2026, 11, 18, tzinfo=ZoneInfo("America/New_York"))
LOW: dict[str, Any] = {"weather": "low"}
ALL: dict[str, Any] = {"weather": "steady", "connection": "some", "sleep": "6_to_8", "note": "Slept well."}


def at(hour: int, minute: int = 0, *, days: int = 0) -> AbstractContextManager[None]:
    """Live at this time of that Wednesday, or some days later, in New York."""
    return clock.turned(by=WEDNESDAY.replace(hour=hour, minute=minute) + timedelta(days=days) - clock.now())


def said(person: Person, answers: dict[str, Any] = LOW, *, back: int = 0) -> CheckIn:
    return checkins.check_in(person=person, day=today_of(person) - timedelta(days=back), answers=answers)


def shared(person: Person, answers: dict[str, Any] = ALL, *, back: int = 0) -> CheckIn:
    row = said(person, answers, back=back)
    checkins.share(person=person, check_in=row, enrollment=episode(person))
    return row


def path(check_in: CheckIn, more: str = "") -> str:
    return f"/check-ins/{check_in.day}/{more}"


# --- the day ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("hour", "minute", "day"), [(2, 59, 17), (3, 0, 18), (0, 0, 17), (23, 59, 18)])
def test_a_day_ends_at_three_in_the_morning(world: World, hour: int, minute: int, day: int) -> None:
    with at(hour, minute):
        assert today_of(world.ana) == date(2026, 11, day)


@given(MOMENTS, ZONES)
def test_from_three_on_it_is_the_date_on_the_wall_and_before_that_the_date_before(moment: datetime, zone: str) -> None:
    local = moment.astimezone(ZoneInfo(zone))
    found = day_of(moment, zone)
    if local.time() >= DAY_BEGINS:
        assert found == local.date()
    else:
        assert found in {(moment - timedelta(hours=ago)).astimezone(ZoneInfo(zone)).date() for ago in range(28)}


@given(MOMENTS, ZONES, st.timedeltas(timedelta(0), timedelta(hours=40)))
def test_no_day_comes_back_once_it_is_over(moment: datetime, zone: str, later: timedelta) -> None:
    assert day_of(moment, zone) <= day_of(moment + later, zone)


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("Pacific/Apia", "2011-12-30T11:00:00Z", date(2011, 12, 29)),  # 1am on the 31st: the 30th never was
        ("Pacific/Chatham", "2026-04-04T13:50:00Z", date(2026, 4, 5)),  # 2:50am for the second time, after three
        ("America/Havana", "2026-03-08T05:30:00Z", date(2026, 3, 7)),  # 1:30am; midnight was skipped
    ],
)
def test_days_of_places_whose_clocks_jump(zone: str, moment: str, day: date) -> None:
    assert day_of(datetime.fromisoformat(moment), zone) == day


def test_the_day_is_the_persons_own_wherever_the_server_is(world: World) -> None:
    with at(22):
        ana = people.change(person=world.ana, wanted={"zone": "Asia/Tokyo"})
        assert said(ana).day == date(2026, 11, 19)


@pytest.mark.parametrize("back", [0, 1, BACK])
def test_the_last_days_can_be_filled_in(world: World, back: int) -> None:
    assert said(world.ana, back=back).day == today_of(world.ana) - timedelta(days=back)


@pytest.mark.parametrize(("back", "code"), [(-1, "future"), (BACK + 1, "past"), (-4000, "future"), (4000, "past")])
def test_other_days_are_refused_kindly(world: World, back: int, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        said(world.ana, back=back)
    assert refusal.value.code == code
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("day", ["2026-02-30", "0001-01-01", "tomorrow", "", "2026-11-18T00:00"])
def test_what_is_no_day_is_refused(world: World, day: str) -> None:
    with pytest.raises(Invalid):
        checkins.check_in(person=world.ana, day=day, answers=LOW)


# --- saying it -------------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.sampled_from(["low", "okay", "good"]), st.integers(0, BACK)), max_size=8))
@pytest.mark.django_db
def test_a_day_has_one_row_and_the_last_word_stands(pairs: list[tuple[str, int]]) -> None:
    person = people.create(alias="Fay")
    for weather, back in pairs:
        said(person, {"weather": weather}, back=back)
    expected = {today_of(person) - timedelta(days=back): weather for weather, back in pairs}
    assert dict(CheckIn.objects.of(person.pk).values_list("day", "weather")) == expected


def test_saying_it_again_replaces_all_of_it(world: World) -> None:
    said(world.ana, ALL)
    again = said(world.ana, LOW)
    assert again.answers == {"weather": "low", "connection": "", "sleep": "", "craving": None, "note": ""}
    assert CheckIn.objects.get() == again


def test_what_another_device_wrote_meanwhile_is_not_written_over(world: World) -> None:
    looked_at = said(world.ana, ALL).seen
    with clock.turned(by=timedelta(minutes=1)):
        stands = said(world.ana, {"weather": "good", "note": "From the tablet."})
        for seen in (looked_at, ""):
            with pytest.raises(Conflict, match="another device"):
                _again(world, seen=seen)
        assert CheckIn.objects.get().answers == stands.answers
    with clock.turned(by=timedelta(minutes=2)):
        assert _again(world, seen=stands.seen).answers["note"] == "From the phone."
        assert _again(world, seen="").pk == stands.pk  # sent once more by a phone that heard no answer
        checkins.erase(person=world.ana, check_in=stands)
        with pytest.raises(Conflict):
            _again(world, seen=stands.seen)
        _again(world, seen="")


def _again(world: World, *, seen: str) -> CheckIn:
    answers = {"weather": "low", "note": "From the phone."}
    return checkins.check_in(person=world.ana, day=today_of(world.ana), answers=answers, seen=seen)


def test_a_page_that_is_behind_shows_what_stands_and_keeps_what_was_typed(world: World) -> None:
    stands = said(world.ana, {"weather": "good", "note": "From the tablet."})
    behind = {"weather": "low", "note": "From the phone."}
    answer = sent(world.ana, path(stands), **behind, seen="")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "another device" in page
    assert page.index("From the tablet.") < page.index("From the phone.")
    (seen,) = set(re.findall(r'name="seen" value="([^"]+)" autocomplete', page))
    assert sent(world.ana, path(stands), **behind, seen=seen).status_code == 303
    assert CheckIn.objects.get().note == "From the phone."


def test_a_day_that_another_device_changed_is_not_shared_unseen(world: World) -> None:
    row = said(world.ana)
    where = path(row, f"share/{episode(world.ana).pk}/")
    with clock.turned(by=timedelta(minutes=1)):
        fresh = said(world.ana, ALL).seen
        sent(world.ana, where, share="1", seen=row.seen)
        assert not Share.objects.exists()
        sent(world.ana, where, share="1", seen=fresh)
        assert Share.objects.exists()


def test_a_page_left_open_over_the_end_of_its_day_is_asked_which_day_it_is_for(world: World) -> None:
    evening = {"weather": "steady", "note": "Left open.", "now": "1", "seen": ""}
    with at(23):
        first = f"/check-ins/{today_of(world.ana)}/"
        assert 'name="now" value="1"' in words(world.ana, "/today/")
        assert sent(world.ana, first, **evening).status_code == 303
        CheckIn.objects.all().delete()
    with at(8, days=1):
        today = today_of(world.ana)
        answer = sent(world.ana, first, **evening)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert not CheckIn.objects.exists()
        assert "Left open." in page
        for day in (today, today - timedelta(days=1)):
            assert f'name="which" value="{day}"' in page
            assert sent(world.ana, first, **evening, which=str(day)).headers["Location"] == f"/check-ins/{day}/?saved"
            assert CheckIn.objects.get().day == day
            CheckIn.objects.all().delete()
        assert sent(world.ana, first, **evening, which=str(today + timedelta(days=1))).status_code == 422
        said(world.ana)
        assert sent(world.ana, first, **evening, which=str(today)).status_code == 422  # not over what stands by now


@pytest.mark.parametrize(
    ("pressed", "kept"), [(timedelta(minutes=-1), True), (timedelta(hours=9), False), (timedelta(days=3), False)]
)
def test_what_is_sent_late_is_of_the_day_it_was_pressed_on(world: World, pressed: timedelta, *, kept: bool) -> None:
    with at(23):
        day, moment = today_of(world.ana), clock.moment(clock.now() + pressed)
    with at(9, days=1):
        if not kept:
            with pytest.raises(Invalid) as refused:
                checkins.check_in(person=world.ana, day=day, answers=LOW, pressed=moment)
            assert refused.value.code == "day_over"
        else:
            checkins.check_in(person=world.ana, day=day, answers=LOW, pressed=moment)
        assert CheckIn.objects.exists() == kept


def test_a_device_whose_clock_is_ahead_says_now(world: World) -> None:
    ahead = clock.moment(clock.now() + timedelta(days=2))
    checkins.check_in(person=world.ana, day=today_of(world.ana), answers=LOW, pressed=ahead)


def test_the_same_again_states_nothing_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[CheckedIn] = []
    monkeypatch.setattr("community.foundation.events._together", defaultdict(list))
    together(CheckedIn, heard.append)
    first = said(world.ana, ALL)
    said(world.ana, ALL)
    assert heard == [CheckedIn(check_in_id=first.pk, person_id=world.ana.pk)]
    assert CheckIn.objects.get().changed == first.changed


@pytest.mark.parametrize(
    ("answers", "pointer"),
    [
        ({}, "/weather"),
        ({"weather": "sunny"}, "/weather"),
        ({"weather": 3}, "/weather"),
        ({**LOW, "connection": "many"}, "/connection"),
        ({**LOW, "sleep": "8"}, "/sleep"),
        ({**LOW, "note": "x" * 1001}, "/note"),
        ({**LOW, "note": "\x00"}, "/note"),
        ({**LOW, "mood": "low"}, "/mood"),
        ({**LOW, "craving": 4}, "/craving"),
    ],
)
def test_bad_answers_are_named_and_change_nothing(world: World, answers: dict[str, Any], pointer: str) -> None:
    before = said(world.ana, ALL)
    with pytest.raises(Invalid) as refusal:
        said(world.ana, answers)
    assert pointer in {error["pointer"] for error in refusal.value.extra["errors"]}
    assert CheckIn.objects.get().answers == before.answers


def test_a_note_lies_encrypted_and_comes_back_as_it_was(world: World) -> None:
    said(world.ana, {**LOW, "note": "Ein ruhiger Abend.\n"})
    row = CheckIn.objects.get()
    assert row.note == "Ein ruhiger Abend.\n"
    assert "ruhiger" not in repr(CheckIn.objects.values_list().get())


def plan_asks(person: Person) -> None:
    """From now on their safety plan asks for a craving."""
    safetyplan.write(person=person, part=Part.ALONE, words="A walk.")
    safetyplan.ask_craving(person=person, asks=True)


def test_a_craving_is_asked_only_of_whose_plan_asks_for_it(world: World) -> None:
    assert not asks_craving(world.ana)
    assert 'name="craving"' not in words(world.ana, "/today/")
    plan_asks(world.ana)
    assert 'name="craving"' in words(world.ana, "/today/")
    assert said(world.ana, {**LOW, "craving": 7}).craving == 7
    with pytest.raises(Invalid):
        said(world.ana, {**LOW, "craving": 11})
    with pytest.raises(Invalid):
        said(world.ben, {**LOW, "craving": 7})


# --- erasing ---------------------------------------------------------------------------------------------------------


def test_a_day_can_be_erased_however_old_it_is(world: World) -> None:
    old = said(world.ana)
    with clock.turned(by=timedelta(days=400)):
        checkins.erase(person=world.ana, check_in=old)
    assert not CheckIn.objects.exists()


def test_what_was_erased_is_gone_for_whom_it_was_shared_with(world: World) -> None:
    row = shared(world.ana)
    checkins.erase(person=world.ana, check_in=row)
    assert not shared_with(world.dana, episode(world.ana)).exists()
    with pytest.raises(Missing):
        checkins.erase(person=world.ana, check_in=row)


# --- sharing ---------------------------------------------------------------------------------------------------------


def test_nobody_sees_a_day_before_it_is_shared(world: World) -> None:
    said(world.ana, ALL)
    assert not may(world.dana, world.ana, "check_ins")
    assert not shared_with(world.dana, episode(world.ana)).exists()
    assert "shared with you" not in words(world.dana, f"/desk/people/{episode(world.ana).pk}/")


def test_one_day_is_shared_and_no_other(world: World) -> None:
    said(world.ana, {**LOW, "note": "Not this one."}, back=1)
    row = shared(world.ana)
    assert list(shared_with(world.dana, episode(world.ana))) == [row]
    page = words(world.dana, f"/desk/people/{episode(world.ana).pk}/check-ins/")
    assert "Slept well." in page
    assert "Not this one." not in page
    assert "1 day they shared with you" in words(world.dana, f"/desk/people/{episode(world.ana).pk}/")


def test_sharing_is_told_by_a_neutral_word_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[CheckInShared] = []
    row = said(world.ana)
    monkeypatch.setattr("community.foundation.events._together", defaultdict(list))
    together(CheckInShared, heard.append)
    checkins.share(person=world.ana, check_in=row, enrollment=episode(world.ana))
    checkins.share(person=world.ana, check_in=row, enrollment=episode(world.ana))
    (notice,) = world.dana.notices.all()
    assert (notice.kind, notice.about) == ("check_in_shared", episode(world.ana).pk)
    assert [one.check_in_id for one in heard] == [row.pk]
    assert Share.objects.count() == 1


def test_a_share_can_be_taken_back(world: World) -> None:
    row = shared(world.ana)
    for _time in range(2):
        checkins.take_back(person=world.ana, check_in=row, enrollment=episode(world.ana))
    assert not shared_with(world.dana, episode(world.ana)).exists()
    assert "Nothing is shared with you" in words(world.dana, f"/desk/people/{episode(world.ana).pk}/check-ins/")


def test_other_words_are_private_again(world: World) -> None:
    shared(world.ana)
    said(world.ana, ALL)
    assert shared_with(world.dana, episode(world.ana)).exists()
    said(world.ana, {**ALL, "note": "And one thing more."})
    assert not shared_with(world.dana, episode(world.ana)).exists()


def _administrator(_world: World) -> Person:
    return administrator()


def _of_another_cohort(world: World) -> Person:
    return leader_of(world.mornings)


def _coordinator(world: World) -> Person:
    person = people.create(alias="Coco")
    programs.appoint(person=person, program=world.evening, role=StaffRole.COORDINATOR)
    return person


NOT_FOR: dict[str, Callable[[World], Person]] = {
    "a member of the room": lambda w: w.ben,
    "its moderator": lambda w: w.cy,
    "a stranger": lambda w: w.eli,
    "an administrator": _administrator,
    "a coordinator": _coordinator,
    "who leads another cohort": _of_another_cohort,
    "the person themselves, at the desk": lambda w: w.ana,
}


@pytest.mark.parametrize("who", NOT_FOR)
def test_it_is_for_who_leads_the_group_and_nobody_else(world: World, who: str) -> None:
    shared(world.ana)
    viewer, theirs = NOT_FOR[who](world), episode(world.ana)
    assert not shared_with(viewer, theirs).exists()
    assert viewer == world.ana or not may(viewer, world.ana, "check_ins")
    with pytest.raises(Missing):
        led_episode(viewer, theirs.pk)
    client = browser(viewer)
    forbidden = client.get(f"/desk/people/{theirs.pk}/check-ins/")
    absent = client.get(f"/desk/people/{uuid4()}/check-ins/")
    assert forbidden.status_code == absent.status_code == 404


def test_it_ends_with_the_episode_and_with_leading(world: World) -> None:
    shared(world.ana)
    theirs = episode(world.ana)
    lead = leader_of(world.cohort)
    assert shared_with(lead, theirs).exists()
    programs.dismiss(appointment=lead.appointments.get())
    assert not shared_with(lead, theirs).exists()
    assert shared_with(world.dana, theirs).exists()
    programs.graduate(enrollment=theirs)
    assert not shared_with(world.dana, theirs).exists()


@pytest.mark.parametrize("end", [programs.graduate, programs.withdraw])
def test_what_was_shared_is_ones_own_again_when_the_episode_is_over(world: World, end: Callable[..., object]) -> None:
    shared(world.ana)
    end(enrollment=episode(world.ana))
    assert not Share.objects.exists()
    assert CheckIn.objects.get().answers == {**ALL, "craving": None}
    programs.readmit(person=world.ana, cohort=world.cohort)
    assert not shared_with(world.dana, episode(world.ana)).exists()


def test_a_block_between_the_two_shuts_it(world: World) -> None:
    shared(world.ana)
    people.block(person=world.ana, other=world.dana)
    assert not shared_with(world.dana, episode(world.ana)).exists()


def test_a_day_of_one_program_is_not_read_in_another(world: World) -> None:
    programs.enroll(person=world.ana, cohort=world.mornings)
    evening, morning = (world.ana.enrollments.get(cohort=one) for one in (world.cohort, world.mornings))
    lead = leader_of(world.mornings)
    checkins.share(person=world.ana, check_in=said(world.ana), enrollment=evening)
    assert shared_with(world.dana, evening).exists()
    assert not shared_with(lead, morning).exists()
    assert not shared_with(world.dana, morning).exists()


def test_nothing_is_shared_into_an_episode_that_is_over_or_that_nobody_leads(world: World) -> None:
    over = world.ben.enrollments.get()
    for person, theirs in ((world.ben, over), (world.eli, episode(world.eli))):
        with pytest.raises(NotAllowed):
            checkins.share(person=person, check_in=said(person), enrollment=theirs)
    assert not Share.objects.exists()


@pytest.mark.parametrize("verb", [checkins.share, checkins.take_back])
def test_nobody_shares_or_takes_back_for_another(world: World, verb: Callable[..., object]) -> None:
    row = shared(world.ana)
    for person in (world.ben, world.dana):
        with pytest.raises(Refusal):
            verb(person=person, check_in=row, enrollment=episode(world.ana))
    assert Share.objects.count() == 1


def test_another_persons_day_cannot_be_shared_through_ones_own_episode(world: World) -> None:
    row = said(world.ben)
    with pytest.raises(Missing):
        checkins.share(person=world.ana, check_in=row, enrollment=episode(world.ana))


# --- pages -----------------------------------------------------------------------------------------------------------


def test_today_asks_in_five_words_and_works_without_a_script(world: World) -> None:
    page = words(world.ana, "/today/")
    for word in ("Struggling", "Low", "Okay", "Steady", "Good"):
        assert f"<span>{word}</span>" in page
    action = re.findall(r'action="(/check-ins/[^"]+)"', page)
    assert action == [f"/check-ins/{today_of(world.ana)}/"]
    client = browser(world.ana)
    answer = client.post(action[0], {"weather": "steady", "note": "", "connection": "", "sleep": ""}, follow=True)
    assert "Saved. Only you see it." in answer.content.decode()
    assert len(answer.redirect_chain) == 1  # the page, the press, and what it led to: three requests
    assert 'name="weather"' not in words(world.ana, "/today/")


def test_what_stands_above_the_note_is_true(world: World) -> None:
    page = words(world.ana, "/today/")
    assert page.index("Only you see this, unless you share it.") < page.index("<textarea")
    exception = "One exception: if your note says that you may hurt yourself or someone else"
    assert page.index(exception) < page.index("<textarea")
    assert "on call" not in page


@pytest.mark.parametrize(
    ("weather", "helps", "calls"),
    [("struggling", True, True), ("low", True, False), ("okay", False, False), ("good", False, False)],
)
def test_a_low_word_offers_help_at_once(world: World, weather: str, *, helps: bool, calls: bool) -> None:
    page = words(world.ana, path(said(world.ana, {"weather": weather})))
    assert ("For the next few minutes" in page) == helps
    assert ("Put both feet on the floor." in page) == helps
    assert ('href="tel:988"' in page) == calls


@pytest.mark.parametrize(("craving", "helps"), [(0, False), (6, False), (7, True), (10, True)])
def test_a_strong_craving_offers_help_whatever_the_weather(world: World, craving: int, *, helps: bool) -> None:
    plan_asks(world.ana)
    page = words(world.ana, path(said(world.ana, {"weather": "okay", "craving": craving})))
    assert ("For the next few minutes" in page) == helps


def test_no_word_number_or_note_tells_anybody(world: World) -> None:
    plan_asks(world.ana)
    answers = {"weather": "struggling", "sleep": "under_4", "craving": 10, "note": "I can not go on."}
    said(world.ana, answers)
    assert not world.dana.notices.exists()
    assert not world.cy.notices.exists()


def test_sharing_stands_apart_from_saving(world: World) -> None:
    row = said(world.ana)
    assert "Share with Dana" in words(world.ana, path(row))
    assert sent(world.ana, path(row, f"share/{episode(world.ana).pk}/"), share="1").status_code == 302
    page = words(world.ana, path(row))
    assert "Dana can read this day" in page
    assert sent(world.ana, path(row, f"share/{episode(world.ana).pk}/"), share="0").status_code == 302
    assert not Share.objects.exists()


def test_who_has_nobody_to_share_with_is_offered_nothing(world: World) -> None:
    for person in (world.ben, world.eli, world.dana):
        assert "Share" not in words(person, path(said(person))), person.alias


def test_a_refused_form_keeps_what_was_typed(world: World) -> None:
    answer = sent(world.ana, f"/check-ins/{today_of(world.ana)}/", note="A long evening.", sleep="4_to_6")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose the weather that is closest." in page
    assert "A long evening." in page
    assert "<details" in page
    assert not CheckIn.objects.exists()


def test_a_craving_nobody_asked_for_is_refused_by_the_page(world: World) -> None:
    answer = sent(world.ana, f"/check-ins/{today_of(world.ana)}/", weather="low", craving="3")
    assert answer.status_code == 422
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("back", [-1, BACK + 1])
def test_a_day_that_cannot_be_filled_in_says_why(world: World, back: int) -> None:
    day = today_of(world.ana) - timedelta(days=back)
    assert browser(world.ana).get(f"/check-ins/{day}/").status_code == 422
    assert sent(world.ana, f"/check-ins/{day}/", weather="low").status_code == 422
    assert not CheckIn.objects.exists()


def test_an_old_day_can_be_read_and_erased_but_not_changed(world: World) -> None:
    row = said(world.ana, ALL)
    with clock.turned(by=timedelta(days=30)):
        page = words(world.ana, path(row))
        assert "Slept well." in page
        assert "Change what you said" not in page
        assert sent(world.ana, path(row), weather="good").status_code == 422
        assert sent(world.ana, path(row, "erase/")).status_code == 302
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("day", ["2026-13-01", "reminders", "0", "2026-1-1"])
def test_an_address_that_names_no_day_leads_nowhere(world: World, day: str) -> None:
    assert browser(world.ana).get(f"/check-ins/{day}/").status_code in {404, 422}


@pytest.mark.parametrize("more", ["erase/", "share/{}/"])
def test_another_persons_day_is_not_there(world: World, more: str) -> None:
    row = said(world.ana)
    for person in (world.ben, world.dana, world.eli):
        assert sent(person, path(row, more.format(episode(world.ana).pk)), share="1").status_code == 404
    assert CheckIn.objects.count() == 1
    assert not Share.objects.exists()


def test_the_weeks_stand_as_a_picture_and_as_a_table(world: World) -> None:
    for back, weather in ((0, "good"), (1, "low"), (3, "okay")):
        said(world.ana, {"weather": weather, "note": f"Day {back}."}, back=back)
    page = words(world.ana, "/check-ins/")
    assert len(re.findall(r'class="weeks-dot"', page)) == 3
    assert len(re.findall(r'class="weeks-line"', page)) == 1  # from one day to the very next
    assert [word in page for word in ("Day 0.", "Day 1.", "Day 3.")] == [True] * 3
    assert len(page.encode()) <= 60_000
    assert len(words(world.ana, "/today/").encode()) <= 60_000


@pytest.mark.parametrize(("began", "opens"), [(0, 0), (5, 5), (27, 27), (28, 27), (60, 27)])
def test_the_picture_begins_with_the_first_day_that_was_said_and_not_before(
    world: World, began: int, opens: int
) -> None:
    today = today_of(world.ana)
    noon = clock.on_the_wall(today - timedelta(days=began), time(12), ZoneInfo(world.ana.zone))
    said(world.ana)
    with clock.turned(by=noon - clock.now()):  # so many days are not so many times 24 hours
        said(world.ana)
    weeks = Weeks(world.ana)
    assert weeks.first == today - timedelta(days=opens)
    assert weeks.dots[0].x == STEP // 2 + (0 if began == opens else opens * STEP)
    assert weeks.any_earlier == (began > opens)
    assert f"Since {date_words(weeks.first)}" in words(world.ana, "/check-ins/")


def test_days_without_a_word_are_counted_nowhere(world: World) -> None:
    """The page of somebody who said something once looks like the page of who always did."""
    said(world.ana, back=6)
    page = re.sub(r"<[^>]*>", " ", words(world.ana, "/check-ins/"))
    assert not re.search(r"\b(missed|skipped|streak|in a row|of 28|days ago)\b", page)


def test_older_weeks_are_a_page_away(world: World) -> None:
    with clock.turned(by=-timedelta(days=40)):
        said(world.ana, {**LOW, "note": "Long ago."})
    assert "Four weeks earlier" in words(world.ana, "/check-ins/")
    assert "Long ago." in words(world.ana, "/check-ins/?back=1")
    for odd in ("-1", "x", "9999", "²", "999"):
        assert browser(world.ana).get(f"/check-ins/?back={odd}").status_code == 200


def test_pages_ask_no_more_for_more_days(world: World) -> None:
    def asked(person: Person, address: str) -> int:
        client = browser(person)
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    mine, desk = "/check-ins/", f"/desk/people/{episode(world.ana).pk}/check-ins/"
    shared(world.ana)
    few = asked(world.ana, mine), asked(world.dana, desk)
    for back in range(1, BACK):
        shared(world.ana, back=back)
    assert (asked(world.ana, mine), asked(world.dana, desk)) == few
    assert few[0] <= 9
    assert few[1] <= 14


# --- reminders -------------------------------------------------------------------------------------------------------


def reminded(person: Person, at_: str = "20:00") -> Reminder:
    row = checkins.remind(person=person, at=at_)
    assert row is not None
    return row


def test_nobody_is_reminded_who_did_not_ask(world: World) -> None:
    with at(20, 1):
        assert remind_due() == 0
    assert not world.ana.notices.exists()


def test_a_reminder_comes_at_its_time_on_ones_own_clock_once(world: World) -> None:
    with at(12):
        ana = people.change(person=world.ana, wanted={"zone": "America/Los_Angeles"})
        assert reminded(ana).due.astimezone(ZoneInfo("America/Los_Angeles")).time() == time(20)
    with at(22, 59):
        assert remind_due() == 0
    with at(23, 0):
        assert (remind_due(), remind_due()) == (1, 0)
    assert [one.kind for one in ana.notices.all()] == ["check_in_reminder"]


def test_who_has_checked_in_is_not_reminded_and_a_waiting_word_is_settled(world: World) -> None:
    with at(12):
        reminded(world.ana)
        said(world.ana)
    with at(20):
        assert remind_due() == 0
    with at(20, days=1):
        assert remind_due() == 1
        said(world.ana)
        assert not world.ana.notices.unseen().exists()


def test_who_is_away_is_not_reminded_until_they_are_back(world: World) -> None:
    with at(12):
        reminded(world.ana)
        programs.away(enrollment=episode(world.ana))
    with at(20):
        assert remind_due() == 0
    with at(22, days=1):
        programs.come_back(enrollment=episode(world.ana))
        assert remind_due() == 0  # hours late
    with at(20, days=2):
        assert remind_due() == 1
    assert world.ana.notices.count() == 1


def test_yesterdays_word_does_not_stand_beside_todays(world: World) -> None:
    with at(12):
        reminded(world.ana)
    for days in (0, 1, 2):
        with at(20, days=days):
            assert remind_due() == 1
    assert world.ana.notices.unseen().count() == 1


def test_a_worker_that_comes_hours_late_says_nothing(world: World) -> None:
    with at(12):
        reminded(world.ana)
    with at(23, 30):
        assert remind_due() == 0
    with at(20, days=1):
        assert remind_due() == 1


@pytest.mark.parametrize("night", ["22:00", "23:30", "00:00", "06:59"])
def test_the_night_stays_quiet(world: World, night: str) -> None:
    with pytest.raises(Invalid):
        checkins.remind(person=world.ana, at=night)
    assert not Reminder.objects.exists()


def test_who_traveled_is_not_woken_by_the_clock_of_home(world: World) -> None:
    with at(12):
        reminded(world.ana)
        people.change(person=world.ana, wanted={"zone": "Europe/Rome"})
    with at(20):
        assert remind_due() == 0
    row = Reminder.objects.get()
    assert row.due.astimezone(ZoneInfo("Europe/Rome")).time() == time(20)


def test_reminders_are_turned_off_as_they_were_turned_on(world: World) -> None:
    assert sent(world.ana, "/check-ins/reminder/", wanted="on", at="19:30").status_code == 302
    assert "Each day at 7:30pm" in words(world.ana, "/check-ins/")
    assert sent(world.ana, "/check-ins/reminder/", at="19:30").status_code == 302
    assert not Reminder.objects.exists()
    answer = sent(world.ana, "/check-ins/reminder/", wanted="on", at="02:00")
    assert answer.status_code == 422
    assert "The night stays quiet." in answer.content.decode()


@given(MOMENTS, ZONES, st.times(time(7), time(21, 59)).map(lambda one: one.replace(second=0, microsecond=0)))
def test_the_next_time_is_within_two_days_and_ahead(moment: datetime, zone: str, wanted: time) -> None:
    found = next_time(wanted, zone, moment)
    assert moment < found <= moment + timedelta(days=2)


def test_ids_are_all_an_audit_entry_of_a_share_holds(world: World) -> None:
    from community.audit.models import AuditEntry

    row = shared(world.ana)
    entry = AuditEntry.objects.filter(action="checkin.share").get()
    assert (entry.actor, entry.subject, entry.reason) == (world.ana.pk, f"checkin:{row.pk}", "")
    assert isinstance(row.pk, UUID)


CRY = "I want to kill myself tonight"


def noted(world: World, note: str) -> CheckIn:
    return checkins.check_in(person=world.ana, day=today_of(world.ana), answers={"weather": "struggling", "note": note})


def test_a_note_that_tells_of_danger_opens_a_case_and_the_page_says_so(world: World) -> None:
    row = noted(world, CRY)
    case = Case.objects.get()
    assert (case.subject, case.program, case.room) == (world.ana, world.evening, None)
    page = words(world.ana, f"/check-ins/{row.day}/?saved")
    assert "Staff see your note, because it tells of danger." in page
    assert "We are glad you wrote this." in page
    assert CRY in words(world.dana, f"/desk/queue/{case.pk}/")


def test_a_hard_day_without_such_words_tells_nobody(world: World) -> None:
    for note in ("", "I was about to use today", "It is all too much and nothing helps"):
        noted(world, note)
    assert not Case.objects.exists()


def test_the_same_note_saved_again_is_told_once_and_another_cry_once_more(world: World) -> None:
    for note in (CRY, "Better now", CRY, "I am going to kill myself"):
        noted(world, note)
    assert Sign.objects.count() == 2


def test_what_staff_were_told_outlasts_the_day_and_the_page_does_not_say_otherwise(world: World) -> None:
    row = noted(world, CRY)
    client = browser(world.ana)
    said = client.post(f"/check-ins/{row.day}/erase/", follow=True).content.decode()
    assert "What staff were told stays with them." in said
    assert (CheckIn.objects.count(), Sign.objects.get().shown[0].words) == (0, CRY)


def test_rest_shows_the_card_with_the_answer(world: World) -> None:
    day = today_of(world.ana)
    said = Script(world.ana).put(f"checkins/{day}", {"weather": "low", "note": CRY}).json()
    assert said["care"]["kind"] == "life"
    safety.put_away(sign=Sign.objects.get(), by=world.ana)
    assert "care" not in Script(world.ana).put(f"checkins/{day}", {"weather": "low", "note": "Better."}).json()

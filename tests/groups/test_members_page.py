"""The page about a room says who is in it, who can read what is written there, and when the group meets."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.foundation import clock
from community.notices.models import Notice
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Kind, Role
from tests.community.roster import on_call
from tests.conftest import Told
from tests.doors import browser


def shown(world: World) -> str:
    return browser(world.ana).get(f"/groups/{world.tuesday.pk}/members/").content.decode()


def test_it_names_who_keeps_the_room_and_what_somebody_new_sees(world: World) -> None:
    page = shown(world)
    for words in (
        "Who can read this",
        "Somebody new also sees the 7 days before they came.",
        "keep this room",
        "it is not end-to-end encrypted",
    ):
        assert words in page, words


def test_a_room_without_a_past_for_newcomers_says_so(world: World) -> None:
    type(world.tuesday).objects.filter(pk=world.tuesday.pk).update(history_days=0)
    assert "Somebody new sees nothing from before they came." in shown(world)


def test_observers_are_announced(world: World) -> None:
    assert "only read along" not in shown(world)
    membership.seat(person=world.eli, group=world.tuesday, role=Role.OBSERVER)
    assert "Eli only read along" in shown(world)


def test_a_room_that_closes_behind_people_does_not_say_they_read_on(world: World) -> None:
    interest = membership.open_group(name="Walks", kind=Kind.INTEREST, program=world.evening)
    membership.seat(person=world.ana, group=interest)
    page = browser(world.ana).get(f"/groups/{interest.pk}/members/").content.decode()
    assert "Who can read this" in page
    assert "Somebody who left" not in page


def meeting(world: World) -> None:
    """The Tuesday cohort meets from 6pm to 9pm on Tuesdays and Thursdays, in New York."""
    slots: list[dict[str, Any]] = [{"weekday": day, "starts": time(18), "minutes": 180} for day in (3, 1)]
    programs.set_slots(cohort=world.cohort, slots=slots)


def test_it_says_when_the_group_meets_and_leads_to_what_was_agreed(world: World) -> None:
    meeting(world)
    page = shown(world)
    assert "Tuesday and Thursday, 6pm to 9pm" in page
    assert "In your time zone." not in page
    assert 'href="/settings/agreements/">What you agreed to</a>' in page
    people.change(person=world.ana, wanted={"language": "es"})
    assert "Martes y jueves, de 6" in shown(world)


@pytest.mark.parametrize("days", range(7))
def test_times_are_told_on_the_clock_of_who_reads_whatever_day_it_is(world: World, days: int) -> None:
    meeting(world)
    people.change(person=world.ana, wanted={"zone": "Asia/Tokyo"})
    with clock.turned(datetime(2027, 1, 20, 17, tzinfo=UTC) + timedelta(days=days) - clock.now()):
        page = shown(world)
    assert "Wednesday and Friday, 8am to 11am" in page
    assert "In your time zone." in page


def test_a_cohort_without_times_has_somebody_who_tells_them(world: World) -> None:
    programs.set_slots(cohort=world.cohort, slots=[])
    assert "Your facilitator tells you when." in shown(world)


def test_a_room_of_no_cohort_says_no_times_and_neither_does_one_that_is_over(world: World) -> None:
    page = browser(world.ben).get(f"/groups/{world.alumni.pk}/members/").content.decode()
    assert "When we meet" not in page
    meeting(world)
    yesterday = clock.today(world.cohort.zone) - timedelta(days=1)
    type(world.cohort).objects.filter(pk=world.cohort.pk).update(ends=yesterday)
    assert "When we meet" not in shown(world)


def test_the_room_itself_leads_to_its_times_and_to_what_was_agreed(world: World) -> None:
    page = browser(world.ana).get(f"/groups/{world.tuesday.pk}/").content.decode()
    assert f'href="/groups/{world.tuesday.pk}/members/#meets"' in page
    assert 'href="/settings/agreements/"' in page
    page = browser(world.ben).get(f"/groups/{world.alumni.pk}/").content.decode()
    assert "#meets" not in page


def test_the_page_costs_the_same_for_a_full_room(world: World) -> None:
    def asked() -> int:
        client = browser(world.ana)
        client.get("/groups/")
        with CaptureQueriesContext(connection) as questions:
            client.get(f"/groups/{world.tuesday.pk}/members/")
        return len(questions)

    before = asked()
    for number in range(60):
        membership.seat(person=people.create(alias=f"Guest {number}"), group=world.tuesday)
    assert asked() == before <= 15


@pytest.mark.parametrize("said", [{}, {"held": ""}, {"held": "yes"}])
def test_what_says_neither_hold_nor_release_changes_nothing(world: World, said: dict[str, str]) -> None:
    membership.hold_room(group=world.tuesday, by=world.cy, held=True)
    assert browser(world.cy).post(f"/groups/{world.tuesday.pk}/hold/", said).status_code == 422
    world.tuesday.refresh_from_db()
    assert world.tuesday.held


def test_a_large_room_is_listed_page_by_page_and_says_all_who_keep_it_on_each(world: World) -> None:
    for number in range(60):
        membership.seat(person=people.create(alias=f"Guest {number:02}"), group=world.tuesday)
    late = people.create(alias="Wren")
    membership.seat(person=late, group=world.tuesday, role=Role.FACILITATOR)
    client, path = browser(world.ana), f"/groups/{world.tuesday.pk}/members/"
    first, second = (client.get(f"{path}?page={number}").content.decode() for number in (1, 2))
    for page in (first, second):
        assert "Wren keep this room" in page
        assert "Page 1 of 2" in page or "Page 2 of 2" in page
    assert ("Guest 00" in first, "Guest 00" in second) == (True, False)
    assert ("Guest 59" in first, "Guest 59" in second) == (False, True)
    assert client.get(f"{path}?page=99").status_code == 200


def alike(person: Person) -> int:
    return Notice.objects.of(person.pk).filter(kind="names_alike").count()


@pytest.mark.parametrize("how", ["comes", "is asked to keep it", "is renamed", "is renamed here"])
def test_a_name_like_that_of_a_later_keeper_is_told_to_who_keeps_the_room(world: World, told: Told, how: str) -> None:
    before = people.create(alias="Wren T")
    membership.seat(person=before, group=world.tuesday)
    keeper = people.create(alias="Wren" if how in {"comes", "is asked to keep it"} else "Juniper")
    with told():
        if how == "is asked to keep it":
            membership.seat(person=keeper, group=world.tuesday)
            assert alike(world.dana) == 0
        membership.seat(person=keeper, group=world.tuesday, role=Role.MODERATOR)
        if how == "is renamed":
            people.change(person=keeper, wanted={"alias": "Wren"})
        if how == "is renamed here":
            membership.seat(person=keeper, group=world.tuesday, alias="Wren")
    assert [alike(one) for one in (world.dana, keeper, before, world.ana)] == [1, 1, 0, 0]
    said = "Could be taken for Wren, who keeps this room."
    path = f"/groups/{world.tuesday.pk}/members/"
    for one, reads in ((world.dana, True), (keeper, True), (before, False)):
        assert (said in browser(one).get(path).content.decode()) == reads


def test_names_that_are_told_apart_are_told_to_nobody(world: World, told: Told) -> None:
    membership.seat(person=people.create(alias="Wrenna T"), group=world.tuesday)
    with told():
        membership.seat(person=people.create(alias="Wren"), group=world.tuesday, role=Role.MODERATOR)
        membership.seat(person=people.create(alias="Dan"), group=world.tuesday)
    assert alike(world.dana) == 0
    assert "Could be taken for" not in browser(world.dana).get(f"/groups/{world.tuesday.pk}/members/").content.decode()


def test_it_says_who_is_here_for_you_who_reads_now_and_where_help_is(world: World) -> None:
    about = shown(world).split('id="here-for-you"')[1].split("</section>")[0]
    assert "No one is reading right now." in about
    assert "Dana" in about
    assert "Facilitator" in about
    assert "Cy" in about
    assert "Ben" not in about
    assert 'href="/help/">Get help now</a>' in about


def test_whoever_is_on_call_is_named_as_the_room_knows_them_until_when(world: World) -> None:
    on_call(world.evening, world.dana)
    about = shown(world).split('id="here-for-you"')[1].split("</section>")[0]
    assert "Dana is on call until" in about


def test_a_room_that_nobody_keeps_names_nobody(world: World) -> None:
    interest = membership.open_group(name="Walks", kind=Kind.INTEREST, program=world.evening)
    membership.seat(person=world.ana, group=interest)
    assert "here-for-you" not in browser(world.ana).get(f"/groups/{interest.pk}/members/").content.decode()

"""The page about a room says who is in it, and who can read what is written there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.people import services as people
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Kind, Role
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
    assert asked() == before <= 10


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

"""Whoever left a room by themselves finds their seat waiting while their place there goes on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.consent import services as consent
from community.consent.models import ConsentRecord, Purpose
from community.foundation.errors import Invalid, Missing
from community.people import services as people
from community.programs import services as programs
from community.programs.models import Enrollment
from groups.chat.models import Message
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Membership
from groups.passages import services as passages
from tests.community.test_episodes import at_once
from tests.doors import Script, browser, problem, say

AGREED = ("agreement", "duty", "room")


@pytest.fixture
def left(world: World) -> World:
    """Ana left the room on Tuesdays by herself; her time in the program goes on."""
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    return world


def seated(world: World) -> bool:
    return Membership.objects.current().of(world.ana.pk).filter(group=world.tuesday).exists()


@pytest.mark.parametrize("page", ["/groups/", "/today/"])
def test_a_page_says_that_the_seat_is_waiting_until_it_is_taken(world: World, page: str) -> None:
    client, way = browser(world.ana), f"/groups/{world.tuesday.pk}/come-back/"
    assert way not in client.get(page).content.decode()
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    shown = client.get(page).content.decode()
    assert way in shown
    assert "Waiting longer than a day?" not in shown
    assert client.post(way, {"alias": "Ana"}).headers["Location"] == f"/groups/{world.tuesday.pk}/"
    assert way not in client.get(page).content.decode()
    assert seated(world)


def test_coming_back_says_nothing_to_the_room_and_shows_ones_own_time_again(world: World) -> None:
    early = say(world.ben, world.tuesday, "While Ana was here.")
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    browser(world.ana).post(f"/groups/{world.tuesday.pk}/come-back/", {"alias": ""})
    assert [one.pk for one in Message.objects.of(world.tuesday.pk)] == [early.pk]
    assert "While Ana was here." in browser(world.ana).get(f"/groups/{world.tuesday.pk}/").content.decode()


def test_pressing_twice_or_going_back_to_the_page_leads_to_the_room(left: World) -> None:
    client, way = browser(left.ana), f"/groups/{left.tuesday.pk}/come-back/"
    assert [client.post(way, {"alias": "Ana"}).status_code for _press in range(2)] == [302, 302]
    assert client.get(way).headers["Location"] == f"/groups/{left.tuesday.pk}/"
    assert Membership.objects.of(left.ana.pk).filter(group=left.tuesday).count() == 2


def test_no_seat_waits_that_was_taken_or_whose_time_has_ended(left: World) -> None:
    membership.unseat(person=left.ben, group=left.alumni, by=left.dana)
    for person, group in ((left.ben, left.alumni), (left.eli, left.tuesday)):
        assert browser(person).get(f"/groups/{group.pk}/come-back/").status_code == 404
        with pytest.raises(Missing):
            passages.come_back_in(person=person, group=group, agreed=AGREED)
    programs.withdraw(enrollment=Enrollment.objects.open().of(left.ana.pk).get())
    with pytest.raises(Missing):
        passages.come_back_in(person=left.ana, group=left.tuesday)
    assert not seated(left)


def test_another_name_for_that_room_is_kept_and_a_taken_one_is_said_beside_it(left: World) -> None:
    client, way = browser(left.ana), f"/groups/{left.tuesday.pk}/come-back/"
    refused = client.post(way, {"alias": "Ben"})
    assert refused.status_code == 422
    assert "already goes by this name" in refused.content.decode()
    assert not seated(left)
    client.post(way, {"alias": "Rowan"})
    membership.unseat(person=left.ana, group=left.tuesday, by=left.ana)
    assert 'value="Rowan"' in client.get(way).content.decode()
    assert passages.come_back_in(person=left.ana, group=left.tuesday).alias == "Rowan"
    people.change(person=left.ana, wanted={"alias": "Anna"})
    assert left.seat(left.ana, left.tuesday).alias == "Rowan"


def test_who_leads_knows_who_goes_by_another_name_and_the_goodbye_says_that_one(left: World) -> None:
    passages.come_back_in(person=left.ana, group=left.tuesday, alias="Rowan")
    episode = Enrollment.objects.open().of(left.ana.pk).get()
    desk = browser(left.dana).get(f"/desk/people/{episode.pk}/").content.decode()
    assert ("Ana" in desk, "Name in the room" in desk, "Rowan" in desk) == (True, True, True)
    assert "“Rowan’s time in this group has ended.”" in browser(left.ana).get("/my-time/").content.decode()
    membership.unseat(person=left.ana, group=left.tuesday, by=left.ana)
    passages.come_back_in(person=left.ana, group=left.tuesday, alias="Ana")
    assert "Name in the room" not in browser(left.dana).get(f"/desk/people/{episode.pk}/").content.decode()


def test_who_begins_anew_is_called_in_the_room_as_before(left: World) -> None:
    passages.come_back_in(person=left.ana, group=left.tuesday, alias="Rowan")
    programs.withdraw(enrollment=Enrollment.objects.open().of(left.ana.pk).get(), at_once=True)
    again = programs.readmit(person=left.ana, cohort=left.cohort)
    again.refresh_from_db()
    assert (left.seat(left.ana, left.tuesday).alias, again.known_as) == ("Rowan", "Rowan")


def test_what_was_taken_back_is_agreed_to_again_or_the_door_stays_shut(world: World) -> None:
    room = f"cohort:{world.cohort.pk}"
    consent.revoke(person=world.ana, record=consent.give(person=world.ana, purpose=Purpose.ROOM, subject=room))
    assert not seated(world)
    client, way = browser(world.ana), f"/groups/{world.tuesday.pk}/come-back/"
    assert "Staff can read this room." in client.get(way).content.decode()
    assert client.post(way, {"alias": "Ana"}).status_code == 422
    with pytest.raises(Invalid):
        passages.come_back_in(person=world.ana, group=world.tuesday)
    assert not ConsentRecord.objects.live().of(world.ana.pk).about(Purpose.ROOM, room).exists()
    client.post(way, {"alias": "Ana", "room": "on"}, headers={"accept-language": "es"})
    assert ConsentRecord.objects.live().of(world.ana.pk).about(Purpose.ROOM, room).get().language == "es"
    assert seated(world)


def test_who_left_the_alumni_comes_back_in_the_same_way(world: World) -> None:
    membership.unseat(person=world.ben, group=world.alumni, by=world.ben)
    offer = world.ben.alumni_offers.get()
    client, way = browser(world.ben), f"/groups/{world.alumni.pk}/come-back/"
    assert way in client.get("/groups/").content.decode()
    assert way in client.get(f"/groups/offers/{offer.pk}/").content.decode()
    client.post(way, {"alias": "Ben", "alumni_room": "on"})
    assert world.seat(world.ben, world.alumni).alias == "Ben"


def test_by_rest_it_is_listed_read_and_taken_once(left: World) -> None:
    script = Script(left.ana)
    (kept,) = script.get("kept-seats").json()["results"]
    assert kept == {"group": str(left.tuesday.pk), "name": left.tuesday.name, "kind": "cohort"}
    assert script.get(f"kept-seats/{left.tuesday.pk}").json() == {**kept, "alias": "Ana", "asks": []}
    problem(script.post(f"kept-seats/{left.tuesday.pk}", {"alias": "Ben"}), 422, "taken")
    answers = [script.post(f"kept-seats/{left.tuesday.pk}", {}, **{"Idempotency-Key": "back"}) for _twice in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert (answers[0].json()["role"], script.get("kept-seats").json()["results"]) == ("member", [])
    problem(script.post(f"kept-seats/{left.tuesday.pk}", {}), 404, "not_found")


def test_by_rest_all_that_is_asked_has_to_be_agreed_to(world: World) -> None:
    room = f"cohort:{world.cohort.pk}"
    consent.revoke(person=world.ana, record=consent.give(person=world.ana, purpose=Purpose.ROOM, subject=room))
    script, path = Script(world.ana), f"kept-seats/{world.tuesday.pk}"
    (asked,) = script.get(path).json()["asks"]
    assert asked["purpose"] == "room"
    assert any("Staff can read this room." in line for line in asked["terms"])
    problem(script.post(path, {}), 422, "required")
    problem(script.post(path, {"agreed": ["everything"]}), 422, "choice")
    assert script.post(path, {"agreed": ["room"]}).status_code == 201
    assert ConsentRecord.objects.live().of(world.ana.pk).about(Purpose.ROOM, room).get().channel == "api"


def test_the_list_costs_one_question_however_long(left: World) -> None:
    def asked() -> int:
        script = Script(left.ben)
        with CaptureQueriesContext(connection) as questions:
            script.get("kept-seats")
        return len(questions)

    before = asked()
    membership.unseat(person=left.ben, group=left.alumni, by=left.ben)
    assert asked() == before == 2  # token, rooms


@pytest.mark.django_db(transaction=True)
def test_coming_back_twice_at_the_same_moment_is_one_seat(left: World) -> None:
    def back() -> object:
        return passages.come_back_in(person=left.ana, group=left.tuesday)

    assert sorted(at_once([back, back])) == ["not_found", "ok"]
    assert Membership.objects.current().of(left.ana.pk).filter(group=left.tuesday).count() == 1


@pytest.mark.django_db(transaction=True)
def test_leaving_the_alumni_while_saying_yes_again_waits_for_nobody_in_a_circle(world: World) -> None:
    offer = world.ben.alumni_offers.get()

    def leave() -> object:
        return membership.unseat(person=world.ben, group=world.alumni, by=world.ben)

    def yes() -> object:
        return passages.accept_offer(person=world.ben, offer=offer)

    assert at_once([leave, yes]) == ["ok", "ok"]
    seat = Membership.objects.current().of(world.ben.pk).filter(group=world.alumni)
    agreed = ConsentRecord.objects.live().of(world.ben.pk).about(Purpose.ALUMNI_ROOM, f"group:{world.alumni.pk}")
    assert seat.exists() == agreed.exists()

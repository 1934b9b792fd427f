"""Saying in a group how a day is: one's own words, by the door of every message, and nothing else of the check-in."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.checkins import services as checkins
from community.checkins.models import CheckIn
from community.checkins.rules import today_of
from community.people.models import Person
from groups.chat.models import Message
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Role
from groups.today.reading import rooms_to_say_in
from tests.community.desk import words
from tests.doors import browser


def said(person: Person) -> CheckIn:
    answers = {"weather": "low", "note": "For me alone.", "sleep": "under_4"}
    return checkins.check_in(person=person, day=today_of(person), answers=answers)


def path(check_in: CheckIn) -> str:
    return f"/check-ins/{check_in.day}/say/"


def test_the_words_stand_ready_and_hold_the_weather_alone(world: World) -> None:
    page = words(world.ana, path(said(world.ana)))
    assert re.findall(r"<textarea[^>]*>([^<]*)</textarea>", page) == ["Today: Low."]
    assert "For me alone." not in page


def test_each_button_leads_to_its_own_room(world: World) -> None:
    page = words(world.cy, path(said(world.cy)))
    rooms = {str(seat.group_id) for seat in rooms_to_say_in(world.cy)}
    assert len(rooms) > 1
    assert set(re.findall(r'formaction="/groups/([^/]+)/post/"', page)) == rooms


def says(world: World) -> Message:
    """Ana says her day in the Tuesday room, pressing twice."""
    client = browser(world.ana)
    page = client.get(path(said(world.ana))).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    for _press in range(2):
        answer = client.post(f"/groups/{world.tuesday.pk}/post/", {"key": key[1], "body": "Today: Low. Long night."})
        assert answer.status_code in {302, 303}
    return Message.objects.get()


def test_what_is_sent_is_an_ordinary_message_of_theirs_once(world: World) -> None:
    message = says(world)
    assert (message.author, message.body, message.group) == (world.ana, "Today: Low. Long night.", world.tuesday)


def test_what_was_said_there_does_not_follow_the_day(world: World) -> None:
    message = says(world)
    checkins.erase(person=world.ana, check_in=world.ana.check_ins.get())
    message.refresh_from_db()
    assert (message.body, message.removed) == ("Today: Low. Long night.", None)


def test_who_only_looks_on_is_offered_nothing(world: World) -> None:
    membership.unseat(person=world.ana, group=world.tuesday, by=world.cy)
    row = said(world.ana)
    assert "Say it in a group" not in words(world.ana, f"/check-ins/{row.day}/")
    assert "When you have a seat in a group" in words(world.ana, path(row))
    membership.seat(person=world.ana, group=world.tuesday, role=Role.OBSERVER)
    assert rooms_to_say_in(world.ana) == []


@pytest.mark.parametrize("who", ["ben", "cy", "dana", "eli"])
def test_another_persons_day_is_not_there(world: World, who: str) -> None:
    row = said(world.ana)
    assert browser(getattr(world, who)).get(path(row)).status_code == 404
    assert browser(getattr(world, who)).get("/check-ins/2026-02-30/say/").status_code == 422


def test_the_page_asks_no_more_for_more_rooms(world: World) -> None:
    counts = []
    for person in (world.ana, world.cy):
        address, client = path(said(person)), browser(person)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 9

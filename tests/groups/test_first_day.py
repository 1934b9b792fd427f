"""The first day in a room: announced to nobody until they say hello."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from community.consent import services as consent
from community.consent.models import Purpose
from community.foundation.errors import Missing
from community.notices.models import Notice
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from groups.chat.models import Message
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Membership
from groups.outreach import services as outreach
from groups.outreach.models import FirstDay
from groups.passages import services as passages
from tests.doors import Script, browser, say

Page = tuple[Client, FirstDay]


@pytest.fixture
def fay(world: World) -> Person:
    """Somebody who begins in Tuesday evening today."""
    fay = people.create(alias="Fay")
    programs.enroll(person=fay, cohort=world.cohort)
    return fay


@pytest.fixture
def day(fay: Person) -> FirstDay:
    return FirstDay.objects.of(fay.pk).get()


def said(world: World) -> list[str | None]:
    return list(Message.objects.filter(group=world.tuesday).order_by("position").values_list("body", flat=True))


def test_nobody_is_announced_before_they_say_that_they_are_here(world: World, day: FirstDay) -> None:
    assert said(world) == []
    browser(day.enrollment.person).get("/first-day/")
    assert said(world) == []


def test_a_hello_says_that_they_joined_and_then_their_words(world: World, fay: Person, day: FirstDay) -> None:
    answer = browser(fay).post(f"/first-day/{day.pk}/hello/", {"starter": "0", "body": ""})
    assert answer.headers["Location"] == f"/groups/{world.tuesday.pk}/"
    assert said(world) == ["Fay joined", "Hi, I'm Fay. This is my first day here."]


@pytest.mark.parametrize(
    ("of_program", "of_cohort", "line"),
    [
        ("en", "es", "Fay llegó al grupo"),
        ("es", "", "Fay llegó al grupo"),
        ("es", "en", "Fay joined"),
        ("en", "", "Fay joined"),
    ],
)
def test_a_room_is_told_in_its_own_language(
    world: World, fay: Person, day: FirstDay, of_program: str, of_cohort: str, line: str
) -> None:
    programs.change_program(program=world.evening, wanted={"language": of_program})
    programs.change_cohort(cohort=world.cohort, wanted={"language": of_cohort})
    outreach.say_hello(person=fay, first_day=day, body="Good evening.")
    assert said(world) == [line, "Good evening."]


def test_ones_own_joining_is_nothing_new(world: World, fay: Person, day: FirstDay) -> None:
    outreach.say_hello(person=fay, first_day=day, body="Good evening.")
    assert world.seat(fay, world.tuesday).read == Message.objects.get(group=world.tuesday, kind="system").position
    assert (
        "new since you were last here"
        not in browser(fay)
        .get(f"/groups/{world.tuesday.pk}/")
        .content.decode()
        .split("data-phrases")[0]
        .split("<template")[0]
    )


def test_what_others_said_before_one_came_in_stays_new(world: World, fay: Person, day: FirstDay) -> None:
    say(world.ben, world.tuesday, "Welcome, whoever comes tonight.")
    before = world.seat(fay, world.tuesday).read
    outreach.look_around(person=fay, first_day=day)
    assert world.seat(fay, world.tuesday).read == before


def test_ones_own_words_win_over_a_starter(world: World, fay: Person, day: FirstDay) -> None:
    browser(fay).post(f"/first-day/{day.pk}/hello/", {"starter": "1", "body": "Good evening."})
    assert said(world) == ["Fay joined", "Good evening."]


def test_looking_around_says_nothing_in_the_room_by_page_and_api(world: World, fay: Person, day: FirstDay) -> None:
    answer = browser(fay).post(f"/first-day/{day.pk}/look-around/")
    assert answer.headers["Location"] == f"/groups/{world.tuesday.pk}/"
    assert said(world) == []
    assert "Fay joined" not in browser(world.ben).get(f"/groups/{world.tuesday.pk}/").content.decode()
    assert Script(world.ben).get(f"groups/{world.tuesday.pk}/messages").json()["results"] == []
    changes = Script(world.ben).get(f"groups/{world.tuesday.pk}/changes?since=0").json()["results"]
    assert changes == []


def test_who_looked_around_first_is_announced_with_their_hello(world: World, fay: Person, day: FirstDay) -> None:
    client = browser(fay)
    client.post(f"/first-day/{day.pk}/look-around/")
    client.post(f"/first-day/{day.pk}/hello/", {"starter": "1", "body": "Good evening."})
    assert said(world) == ["Fay joined", "Good evening."]
    day.refresh_from_db()
    assert day.how == "hello"


def test_who_looked_around_and_whose_time_ended_says_no_hello(world: World, fay: Person, day: FirstDay) -> None:
    outreach.look_around(person=fay, first_day=day)
    programs.withdraw(enrollment=day.enrollment)
    assert browser(fay).post(f"/first-day/{day.pk}/hello/", {"starter": "0"}).status_code == 404
    assert said(world) == []


@pytest.mark.parametrize("first", ["hello", "look-around"])
def test_pressing_twice_says_nothing_twice(world: World, fay: Person, day: FirstDay, first: str) -> None:
    client = browser(fay)
    for what in (first, first, "hello", "look-around"):
        client.post(f"/first-day/{day.pk}/{what}/", {"starter": "0"})
    assert said(world) == ["Fay joined", "Hi, I'm Fay. This is my first day here."]


def test_whoever_leads_the_room_is_told_and_nobody_else(world: World, fay: Person, day: FirstDay) -> None:
    outreach.say_hello(person=fay, first_day=day, body="Good evening.")
    told = Notice.objects.unseen().get()
    assert (told.person, told.kind, told.about) == (world.dana, "newcomer_hello", world.tuesday.pk)


def test_whoever_leads_is_told_of_who_only_looks(world: World, fay: Person, day: FirstDay) -> None:
    outreach.look_around(person=fay, first_day=day)
    assert Notice.objects.unseen().get().kind == "newcomer_looks"


def test_the_page_says_how_many_are_here_who_leads_and_when_they_meet(world: World, fay: Person) -> None:
    page = browser(fay).get("/first-day/").content.decode()
    assert "4 people have a place in it." in page
    assert "Led by Dana." in page
    assert "Room 2, 14 Elm Street" in page


def test_the_page_asks_for_the_same_however_many_are_here(
    world: World, fay: Person, django_assert_max_num_queries: Any
) -> None:
    client = browser(fay)
    with django_assert_max_num_queries(6):
        client.get("/first-day/")


def test_who_has_answered_is_sent_home(world: World, fay: Person, day: FirstDay) -> None:
    outreach.look_around(person=fay, first_day=day)
    assert browser(fay).get("/first-day/").headers["Location"] == "/"
    assert browser(world.dana).get("/first-day/").headers["Location"] == "/"


@pytest.mark.parametrize(
    "sent", [{}, {"body": " "}, {"starter": "9"}, {"starter": "x"}, {"body": "\x00"}, {"body": "x" * 4001}]
)
def test_a_hello_without_words_is_asked_for_again_and_tells_nobody(
    world: World, fay: Person, day: FirstDay, sent: dict[str, str]
) -> None:
    assert browser(fay).post(f"/first-day/{day.pk}/hello/", sent).status_code == 422
    assert said(world) == []
    day.refresh_from_db()
    assert day.at is None


@pytest.mark.parametrize("what", ["hello", "look-around"])
def test_the_first_day_of_somebody_else_is_not_there(world: World, day: FirstDay, what: str) -> None:
    for person in (world.ana, world.dana, world.eli):
        theirs = browser(person).post(f"/first-day/{day.pk}/{what}/", {"starter": "0"})
        none = browser(person).post(f"/first-day/{uuid4()}/{what}/", {"starter": "0"})
        assert (theirs.status_code, none.status_code) == (404, 404)
    assert Client().post(f"/first-day/{day.pk}/{what}/").headers["Location"].startswith("/sign-in/")
    with pytest.raises(Missing):
        outreach.look_around(person=world.ana, first_day=day)
    assert said(world) == []


def test_somebody_whose_time_ended_says_no_hello(world: World, fay: Person, day: FirstDay) -> None:
    programs.withdraw(enrollment=day.enrollment, at_once=True)
    assert browser(fay).get("/first-day/").headers["Location"] == "/"
    assert browser(fay).post(f"/first-day/{day.pk}/hello/", {"starter": "0"}).status_code == 404
    assert "Fay joined" not in said(world)


@pytest.mark.parametrize("what", ["hello", "look-around"])
def test_nobody_is_announced_who_has_left_already(world: World, fay: Person, day: FirstDay, what: str) -> None:
    programs.withdraw(enrollment=day.enrollment)  # the room stays readable for a week
    assert browser(fay).post(f"/first-day/{day.pk}/{what}/", {"starter": "0"}).status_code == 404
    assert said(world) == []
    day.refresh_from_db()
    assert day.at is None


def test_who_left_before_saying_hello_is_asked_once_they_are_back_in(world: World, fay: Person, day: FirstDay) -> None:
    membership.unseat(person=fay, group=world.tuesday, by=fay)
    assert browser(fay).get("/first-day/").headers["Location"] == "/"
    passages.come_back_in(person=fay, group=world.tuesday)
    assert "Say hello" in browser(fay).get("/first-day/").content.decode()
    outreach.say_hello(person=fay, first_day=day, body="Good evening.")
    assert len(said(world)) == 2


def test_who_comes_back_has_a_first_day_again(world: World, fay: Person, day: FirstDay) -> None:
    outreach.look_around(person=fay, first_day=day)
    programs.withdraw(enrollment=day.enrollment, at_once=True)
    programs.readmit(person=fay, cohort=world.cohort)
    assert FirstDay.objects.of(fay.pk).unanswered().count() == 1


def test_whoever_may_take_it_back_is_told_first_that_their_seat_ends(fay: Person, world: World) -> None:
    consent.give(person=fay, purpose=Purpose.ROOM, subject=f"cohort:{world.cohort.pk}")
    page = browser(fay).get("/settings/agreements/").content.decode()
    assert "Your seat in that room ends at once." in page


def test_taking_back_the_agreement_to_be_read_ends_the_seat(world: World, fay: Person) -> None:
    room, other = f"cohort:{world.cohort.pk}", f"cohort:{world.mornings.pk}"
    records = [consent.give(person=fay, purpose=Purpose.ROOM, subject=about) for about in (other, room)]
    seats = Membership.objects.current().of(fay.pk).filter(group=world.tuesday)
    consent.revoke(person=fay, record=records[0])
    assert seats.exists()
    consent.revoke(person=fay, record=records[1])
    assert not seats.exists()

"""Who keeps a room pins up to three messages there, for everybody whose seat shows them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from community.audit.models import AuditEntry
from community.foundation import clock
from community.foundation.errors import Conflict, Missing, NotAllowed
from community.foundation.events import _together, together
from community.people import services as people
from groups.chat import pins
from groups.chat import services as chat
from groups.chat.models import Message, Pin
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.events import SeatsChanged
from tests.doors import MESSAGE, Script, browser, problem, say

WORDS = "Tomorrow at 6, room 2."


@pytest.fixture
def message(world: World) -> Message:
    return say(world.dana, world.tuesday, WORDS)


@pytest.fixture
def pinned(world: World, message: Message) -> Message:
    return pins.pin(person=world.dana, message=message)


def room(world: World, person: Any) -> str:
    return browser(person).get(f"/groups/{world.tuesday.pk}/").content.decode()


def line(page: str) -> str:
    """The quiet line at the top of a room, as the server drew it."""
    return page.split("data-pins=", 1)[1].split("</p>", 1)[0]


def listed(world: World, person: Any) -> list[str]:
    """What the API says is pinned."""
    return [one["body"] for one in Script(person).get(f"groups/{world.tuesday.pk}/pins").json()["results"]]


# Where it stands ----------------------------------------------------------------------------------------------------


def test_everybody_in_the_room_finds_it_above_its_words_and_on_the_page_about_it(world: World, pinned: Message) -> None:
    for person in (world.ana, world.ben, world.cy, world.dana):
        assert WORDS in line(room(world, person))
        about = browser(person).get(f"/groups/{world.tuesday.pk}/members/").content.decode()
        assert WORDS in about.split('id="pinned"')[1].split("</ul>")[0]
        assert listed(world, person) == [WORDS]


def test_a_room_without_one_has_no_line(world: World, message: Message) -> None:
    assert "hidden" in line(room(world, world.ana)).split(">", 1)[0]
    assert 'id="pinned"' not in browser(world.ana).get(f"/groups/{world.tuesday.pk}/members/").content.decode()
    assert listed(world, world.ana) == []


def test_the_last_one_stands_on_top_and_the_line_leads_to_the_others(world: World, pinned: Message) -> None:
    assert "hidden>All pinned" in line(room(world, world.ana))
    with clock.turned(timedelta(minutes=1)):
        pins.pin(person=world.cy, message=say(world.ben, world.tuesday, "Tea is packed."))
    shown = line(room(world, world.ana))
    assert "Ben: Tea is packed." in shown
    assert "hidden>All pinned" not in shown
    assert listed(world, world.ana) == ["Tea is packed.", WORDS]


def test_it_has_the_shape_every_message_has(world: World, pinned: Message) -> None:
    (one,) = Script(world.ana).get(f"groups/{world.tuesday.pk}/pins").json()["results"]
    assert set(one) == MESSAGE
    assert one == Script(world.ana).get(f"groups/{world.tuesday.pk}/messages/{pinned.pk}").json()


def test_under_a_content_note_the_line_says_the_note_alone(world: World) -> None:
    covered = say(world.ben, world.tuesday, "It was the hospital again.", content_note="Hospital")
    pins.pin(person=world.dana, message=covered)
    shown = line(room(world, world.ana))
    assert "Content note: Hospital" in shown
    assert "It was the hospital" not in shown


def test_who_blocked_its_author_reads_their_words_nowhere(world: World) -> None:
    pins.pin(person=world.dana, message=say(world.ben, world.tuesday, "Tea is packed."))
    people.block(person=world.ana, other=world.ben)
    for page in (
        line(room(world, world.ana)),
        browser(world.ana).get(f"/groups/{world.tuesday.pk}/members/").content.decode(),
    ):
        assert "A message from someone you blocked" in page
        assert "Tea is packed." not in page


def test_what_a_seat_does_not_show_is_pinned_for_others_alone(world: World) -> None:
    with clock.turned(timedelta(days=-60)):
        old = say(world.dana, world.tuesday, "Long ago.")
    with clock.turned(timedelta(minutes=-1)):
        pins.pin(person=world.dana, message=old)
    fay = people.create(alias="Fay")
    membership.seat(person=fay, group=world.tuesday)
    assert listed(world, fay) == []
    assert "Long ago." not in room(world, fay)
    assert listed(world, world.dana) == ["Long ago."]


def test_who_left_finds_none(world: World, pinned: Message) -> None:
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    assert listed(world, world.ana) == []
    assert "data-pins" not in room(world, world.ana)


# Who may ------------------------------------------------------------------------------------------------------------


def test_by_page_and_api_it_is_put_up_and_taken_down(world: World, message: Message) -> None:
    at = f"/groups/{world.tuesday.pk}/messages/{message.pk}"
    dana = browser(world.dana)
    assert "Pin this message" in dana.get(f"{at}/").content.decode()
    assert dana.post(f"{at}/pin/").headers["Location"] == f"/groups/{world.tuesday.pk}/#m-{message.pk}"
    assert listed(world, world.ana) == [WORDS]
    assert "Take it down" in dana.get(f"{at}/").content.decode()
    dana.post(f"{at}/unpin/")
    assert listed(world, world.ana) == []
    cy, path = Script(world.cy), f"groups/{world.tuesday.pk}/messages/{message.pk}/pin"
    for _twice in range(2):
        assert cy.put(path).json()["id"] == str(message.pk)
    assert listed(world, world.ana) == [WORDS]
    for _twice in range(2):
        assert cy.delete(path).status_code == 200
    assert listed(world, world.ana) == []


def test_a_member_pins_nothing_and_takes_nothing_down(world: World, pinned: Message) -> None:
    at = f"groups/{world.tuesday.pk}/messages/{pinned.pk}"
    for person in (world.ana, world.ben):
        problem(Script(person).put(f"{at}/pin"), 403, "not_allowed")
        problem(Script(person).delete(f"{at}/pin"), 403, "not_allowed")
        assert browser(person).post(f"/{at}/unpin/").status_code == 403
        assert "Pin it" not in browser(person).get(f"/{at}/").content.decode()
    problem(Script(world.dana, ["chat:read", "chat:write"]).put(f"{at}/pin"), 403, "scope_missing")
    assert listed(world, world.ana) == [WORDS]


def test_for_a_stranger_there_is_nothing_to_pin(world: World, pinned: Message) -> None:
    for path in (f"messages/{pinned.pk}/pin", f"messages/{uuid4()}/pin"):
        problem(Script(world.eli).put(f"groups/{world.tuesday.pk}/{path}"), 404, "not_found")
    problem(Script(world.eli).get(f"groups/{world.tuesday.pk}/pins"), 404, "not_found")
    with pytest.raises(Missing):
        pins.pin(person=world.eli, message=pinned)


def test_a_fourth_is_refused_kindly_and_changes_nothing(world: World) -> None:
    for number in range(3):
        pins.pin(person=world.dana, message=say(world.dana, world.tuesday, f"Number {number}."))
    fourth = say(world.dana, world.tuesday, "One more.")
    with pytest.raises(Conflict):
        pins.pin(person=world.dana, message=fourth)
    path = f"groups/{world.tuesday.pk}/messages/{fourth.pk}/pin"
    assert "Three messages" in problem(Script(world.dana).put(path), 409, "full")["detail"]
    answer = browser(world.dana).post(f"/{path}/")
    assert answer.status_code == 409
    assert "Take one of them down first." in answer.content.decode()
    assert len(listed(world, world.ana)) == 3


def test_only_plain_words_that_stand_are_pinned(world: World, message: Message) -> None:
    chat.remove(person=world.dana, message=message)
    with pytest.raises(NotAllowed):
        pins.pin(person=world.dana, message=message)
    membership.hold_room(group=world.tuesday, by=world.dana, held=True)
    with pytest.raises(NotAllowed):
        pins.pin(person=world.dana, message=say(world.ana, world.tuesday, "This waits."))


# What becomes of it -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["ben", "dana"])
def test_a_message_that_is_taken_back_or_hidden_leaves_the_pins_and_makes_room(world: World, who: str) -> None:
    said = say(world.ben, world.tuesday, "Tea is packed.")
    pins.pin(person=world.dana, message=said)
    chat.remove(person=getattr(world, who), message=said)
    assert listed(world, world.ana) == []
    assert "Tea is packed." not in room(world, world.ana)
    assert not Pin.objects.exists()


def test_a_pin_says_what_its_message_says_now(world: World, pinned: Message) -> None:
    chat.edit(author=world.dana, message=pinned, body="Tomorrow at 7, room 2.")
    assert listed(world, world.ana) == ["Tomorrow at 7, room 2."]


def test_whoever_is_there_hears_that_something_stands_there_now(world: World, message: Message) -> None:
    heard: list[SeatsChanged] = []
    together(SeatsChanged, heard.append)
    try:
        pins.pin(person=world.dana, message=message)
        pins.pin(person=world.cy, message=message)
        pins.unpin(person=world.cy, message=message)
        pins.unpin(person=world.dana, message=message)
    finally:
        _together[SeatsChanged].remove(heard.append)
    assert [one.group_id for one in heard] == [world.tuesday.pk] * 2


def test_the_chain_says_who_without_a_word(world: World, message: Message) -> None:
    pins.pin(person=world.dana, message=message)
    pins.unpin(person=world.cy, message=message)
    found = AuditEntry.objects.filter(action__in=["message.pin", "message.unpin"]).order_by("number")
    assert [(one.action, one.actor) for one in found] == [
        ("message.pin", world.dana.pk),
        ("message.unpin", world.cy.pk),
    ]
    assert all(WORDS not in repr(vars(one)) for one in found)


def test_the_list_costs_the_same_however_many(
    world: World, pinned: Message, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ana, path = Script(world.ana), f"groups/{world.tuesday.pk}/pins"
    with django_assert_num_queries(3):  # token, seats, messages
        ana.get(path)
    pins.pin(person=world.dana, message=say(world.dana, world.tuesday, "And bring tea."))
    with django_assert_num_queries(3):
        ana.get(path)


def test_the_room_asks_no_more_for_them(
    world: World, pinned: Message, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        say(world.ben, world.tuesday, f"Line {number}.", reply_to=pinned.pk)
    client = browser(world.ana)
    with django_assert_max_num_queries(10):
        shown = client.get(f"/groups/{world.tuesday.pk}/").content.decode()
    assert WORDS in line(shown)

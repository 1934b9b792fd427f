"""Who left keeps the room as they left it: nothing said, changed, hidden or renamed later is shown."""

from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from community.foundation import clock
from community.people import services as people
from groups.chat import services as chat
from groups.chat.models import Message
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Role
from tests.doors import Script, browser, say


@pytest.fixture
def said(world: World) -> Message:
    """What Ben said while Ana was here: changed once, and hugged by Cy. Then she left."""
    message = say(world.ben, world.tuesday, "First.", content_note="work")
    chat.edit(author=world.ben, message=message, body="As Ana knew it.")
    chat.react(person=world.cy, message=message, name="hug")
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    return message


def shown(world: World) -> dict[str, Any]:
    """The first message as Ana reads it now, by every door alike."""
    ana, room = Script(world.ana), f"groups/{world.tuesday.pk}"
    (by_list,) = ana.get(f"{room}/messages").json()["results"]
    one = ana.get(f"{room}/messages/{by_list['id']}").json()
    upward = ana.get(f"{room}/messages?after=0").json()["results"]
    assert upward == [by_list]
    assert one == by_list
    return dict(by_list)


def test_a_later_edit_is_not_shown(world: World, said: Message) -> None:
    before = shown(world)
    for body in ("Later.", "Later still."):
        chat.edit(author=world.ben, message=said, body=body)
    assert shown(world) == before
    assert before["body"] == "As Ana knew it."
    assert before["content_note"] == "work"


def test_a_later_edit_does_not_show_by_the_time_of_the_former(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    now, ticks = clock.now, count()
    monkeypatch.setattr(clock, "now", lambda: now() + timedelta(milliseconds=5 * next(ticks)))
    message = say(world.ben, world.tuesday, "First.")
    chat.edit(author=world.ben, message=message, body="As Ana knew it.")
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    before = shown(world)
    chat.edit(author=world.ben, message=message, body="Later.")
    assert shown(world)["edited"] == before["edited"]


def test_words_first_changed_later_do_not_look_changed(world: World) -> None:
    message = say(world.ben, world.tuesday)
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    chat.edit(author=world.ben, message=message, body="Later.")
    assert shown(world)["edited"] is None
    assert shown(world)["body"] == message.body


def test_later_reactions_are_not_shown(world: World, said: Message) -> None:
    before = shown(world)
    chat.react(person=world.dana, message=said, name="hug")
    chat.react(person=world.cy, message=said, name="hope")
    assert shown(world) == before
    assert list(before["reactions"]) == ["hug"]


def test_later_names_and_roles_are_not_shown(world: World, said: Message) -> None:
    before = shown(world)
    people.change(person=world.ben, wanted={"alias": "Benny"})
    membership.seat(person=world.ben, group=world.tuesday, role=Role.MODERATOR, by=world.dana)
    people.change(person=world.ben, wanted={"alias": "Benedict"})
    assert shown(world) == before
    assert (before["author"]["alias"], before["author"]["role"]) == ("Ben", "co_host")
    seen_by_cy = Script(world.cy).get(f"groups/{world.tuesday.pk}/messages").json()["results"][0]
    assert seen_by_cy["author"]["alias"] == "Benedict"


def test_names_from_before_they_left_are_the_last_they_knew(world: World) -> None:
    say(world.ben, world.tuesday)
    people.change(person=world.ben, wanted={"alias": "Benny"})
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    people.change(person=world.ben, wanted={"alias": "Benedict"})
    assert shown(world)["author"]["alias"] == "Benny"


def test_words_that_waited_then_wait_for_them_for_ever(world: World) -> None:
    membership.hold_room(group=world.tuesday, by=world.dana, held=True)
    held = say(world.ben, world.tuesday, "Held.", content_note="work")
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    before = shown(world)
    chat.release(person=world.dana, message=held)
    chat.react(person=world.cy, message=held, name="hug")
    assert shown(world) == before
    assert (before["author"], before["body"], before["removed"]) == (None, None, "held")


def test_words_released_before_they_left_are_shown(world: World) -> None:
    membership.hold_room(group=world.tuesday, by=world.dana, held=True)
    chat.release(person=world.dana, message=say(world.ben, world.tuesday, "Held."))
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    assert shown(world)["body"] == "Held."


def test_words_taken_back_later_are_gone_for_them_too(world: World, said: Message) -> None:
    chat.remove(person=world.ben, message=said)
    after = shown(world)
    assert (after["body"], after["removed"], after["reactions"]) == (None, "author", {})


def test_the_room_stands_still_for_them(world: World, said: Message) -> None:
    before = Script(world.ana).get(f"groups/{world.tuesday.pk}").json()
    say(world.ben, world.tuesday)
    membership.seat(person=world.eli, group=world.tuesday, by=world.dana)
    assert Script(world.ana).get(f"groups/{world.tuesday.pk}").json() == before


@pytest.mark.parametrize(("since", "stale"), [(0, True), (2, True), (3, False), (4, True)])
def test_changes_end_where_they_left_and_history_says_the_rest(
    world: World,
    said: Message,
    since: int,
    stale: bool,  # noqa: FBT001 - a table
) -> None:
    ana, path = Script(world.ana), f"groups/{world.tuesday.pk}/changes?since={since}"
    before = ana.get(path).json()
    chat.edit(author=world.ben, message=said, body="Later.")
    say(world.ben, world.tuesday)
    assert ana.get(path).json() == before == {"results": [], "version": 3, "stale": stale}


def test_who_is_here_is_for_who_is_here(world: World, said: Message) -> None:
    assert Script(world.ana).get(f"groups/{world.tuesday.pk}/members").status_code == 404


def test_the_room_is_on_no_list_of_theirs(world: World, said: Message) -> None:
    assert Script(world.ana).get("groups").json()["results"] == []


def test_writing_is_not_found_at_once(world: World, said: Message) -> None:
    ana, room = Script(world.ana), f"groups/{world.tuesday.pk}"
    with clock.turned(timedelta(seconds=1)):
        answers = [
            ana.post(f"{room}/messages", {"key": "b" * 8, "body": ""}),
            ana.patch(f"{room}/messages/{said.pk}", {"body": "x"}),
            ana.delete(f"{room}/messages/{said.pk}"),
            ana.put(f"{room}/messages/{said.pk}/reactions/hug"),
            ana.put(f"{room}/read", {"position": 1}),
            ana.post(f"{room}/members", {}),
        ]
    assert [answer.status_code for answer in answers] == [404] * 6


def test_a_room_one_left_counts_nobody_and_names_who_wrote_in_it(world: World, said: Message) -> None:
    page = browser(world.ana).get(f"/groups/{world.tuesday.pk}/").content.decode()
    talk = page.split("data-talk")[1].split("</ol>")[0]
    assert "0 members" not in page
    assert "Your time in this room has ended." in page
    assert "Someone who was here" in talk  # Cy, who hugged and wrote nothing that she sees
    assert "Ben" in talk


def test_who_wrote_is_named_where_they_stood_by_anothers_words(world: World) -> None:
    first, _second = say(world.ben, world.tuesday, "First."), say(world.cy, world.tuesday, "Second.")
    chat.react(person=world.cy, message=first, name="hug")
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    page = browser(world.ana).get(f"/groups/{world.tuesday.pk}/").content.decode()
    assert "Someone who was here" not in page.split("data-talk")[1].split("</ol>")[0]

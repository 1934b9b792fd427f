"""Words that stand: edited, taken back, hidden, held, answered with a sign; and how far somebody has read."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from community.audit.models import AuditEntry
from community.foundation import clock
from community.foundation.errors import Invalid, Missing, NotAllowed
from community.people.models import Person
from groups.chat import services as chat
from groups.chat.models import Message, ReactionName
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Role
from tests.doors import Script, browser, say


def now(message: Message) -> Message:
    return Message.objects.select_related("seat").get(pk=message.pk)


# --- edit ------------------------------------------------------------------------------------------------------------


def test_an_edit_takes_the_next_version_and_keeps_the_place(world: World) -> None:
    first, _second = say(world.ana, world.tuesday), say(world.ben, world.tuesday)
    edited = chat.edit(author=world.ana, message=first, body="See you Friday.")
    assert (edited.position, edited.version, edited.body) == (1, 3, "See you Friday.")
    assert edited.edited is not None


def test_former_words_are_kept_for_who_must_look_into_it(world: World) -> None:
    message = say(world.ana, world.tuesday, "One.")
    for body in ("Two.", "Three."):
        chat.edit(author=world.ana, message=message, body=body)
    assert [(kept.body, kept.until) for kept in message.wordings.order_by("until")] == [("One.", 2), ("Two.", 3)]


def test_the_same_words_again_change_nothing(world: World) -> None:
    message = say(world.ana, world.tuesday)
    assert chat.edit(author=world.ana, message=message, body=message.body).version == message.version
    assert not message.wordings.exists()
    assert now(message).edited is None


def test_words_may_be_changed_for_fifteen_minutes(world: World) -> None:
    message = say(world.ana, world.tuesday)
    with clock.turned(timedelta(minutes=14, seconds=55)):
        chat.edit(author=world.ana, message=message, body="In time.")
    with clock.turned(timedelta(minutes=15, seconds=1)), pytest.raises(NotAllowed):
        chat.edit(author=world.ana, message=message, body="Too late.")
    assert now(message).body == "In time."


def test_nobody_changes_anothers_words(world: World) -> None:
    message = say(world.ana, world.tuesday)
    for person in (world.ben, world.cy, world.dana):
        with pytest.raises(NotAllowed):
            chat.edit(author=person, message=message, body="Mine now.")
    with pytest.raises(Missing):
        chat.edit(author=world.eli, message=message, body="Mine now.")


def test_words_taken_back_or_held_are_not_changed(world: World) -> None:
    gone = say(world.ana, world.tuesday)
    chat.remove(person=world.ana, message=gone)
    membership.hold_room(group=world.tuesday, by=world.dana, held=True)
    held = say(world.ana, world.tuesday)
    for message in (gone, held):
        with pytest.raises(NotAllowed):
            chat.edit(author=world.ana, message=message, body="Again.")


@pytest.mark.parametrize("how", ["room", "next", "muted"])
def test_an_edit_is_no_way_around_a_hold_or_a_pause(world: World, how: str) -> None:
    message, seat = say(world.ana, world.tuesday), world.seat(world.ana, world.tuesday)
    if how == "room":
        membership.hold_room(group=world.tuesday, by=world.dana, held=True)
    elif how == "next":
        membership.restrict(membership=seat, by=world.dana, hold_next=1)
    else:
        membership.restrict(membership=seat, by=world.dana, muted_until=clock.now() + timedelta(hours=1))
    with pytest.raises(NotAllowed):
        chat.edit(author=world.ana, message=message, body="Around it.")
    assert now(message).body == message.body


@pytest.mark.parametrize("body", ["", " ", "a\x00", "x" * 4001, None, 5])
def test_an_edit_is_judged_like_new_words(world: World, body: object) -> None:
    message = say(world.ana, world.tuesday)
    with pytest.raises(Invalid):
        chat.edit(author=world.ana, message=message, body=body)


# --- remove ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "how"), [("ana", "author"), ("cy", "moderator"), ("dana", "moderator")])
def test_words_leave_the_row_when_they_are_taken_back_or_hidden(world: World, who: str, how: str) -> None:
    message = say(world.ana, world.tuesday, "Too much.", content_note="work")
    chat.react(person=world.ben, message=message, name="hug")
    chat.remove(person=getattr(world, who), message=message)
    row = now(message)
    assert (row.body, row.content_note, row.reactions, row.removed) == (None, None, {}, how)
    assert row.wordings.get().body == "Too much."


def test_hiding_leaves_an_entry_and_taking_back_leaves_none(world: World) -> None:
    first, second = say(world.ana, world.tuesday), say(world.ana, world.tuesday)
    before = AuditEntry.objects.count()
    chat.remove(person=world.ana, message=first)
    chat.remove(person=world.cy, message=second)
    assert [row.action for row in AuditEntry.objects.filter(number__gt=before)] == ["message.hide"]


@pytest.mark.parametrize("again", ["ana", "cy"])
def test_a_second_removal_changes_nothing(world: World, again: str) -> None:
    message = say(world.ana, world.tuesday)
    first = chat.remove(person=world.ana, message=message)
    second = chat.remove(person=getattr(world, again), message=message)
    assert (second.version, second.removed) == (first.version, "author")


def test_a_member_removes_nobody_elses_words(world: World) -> None:
    message = say(world.cy, world.tuesday)
    for person in (world.ana, world.ben):
        with pytest.raises(NotAllowed):
            chat.remove(person=person, message=message)
    with pytest.raises(Missing):
        chat.remove(person=world.eli, message=message)
    assert now(message).body


def test_who_keeps_another_room_hides_nothing_here(world: World) -> None:
    membership.seat(person=world.cy, group=world.harbor, role=Role.MODERATOR)
    membership.unseat(person=world.cy, group=world.tuesday, by=world.cy)
    message = say(world.ana, world.tuesday)
    with pytest.raises(Missing):
        chat.remove(person=world.cy, message=message)


def test_who_left_changes_none_of_their_words(world: World) -> None:
    message = say(world.ana, world.tuesday)
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    for act in (
        lambda: chat.edit(author=world.ana, message=message, body="Later."),
        lambda: chat.remove(person=world.ana, message=message),
        lambda: chat.react(person=world.ana, message=message, name="hug"),
        lambda: chat.mark_read(person=world.ana, group_id=world.tuesday.pk, position=0),
    ):
        with pytest.raises(Missing):
            act()
    assert now(message).version == message.version


# --- held ------------------------------------------------------------------------------------------------------------


def test_held_words_have_their_place_and_show_neither_words_nor_name(world: World) -> None:
    membership.hold_room(group=world.tuesday, by=world.dana, held=True)
    held = say(world.ana, world.tuesday, "Please read this.", content_note="work")
    for person in (world.ana, world.ben, world.cy):
        (shown,) = Script(person).get(f"groups/{world.tuesday.pk}/messages").json()["results"]
        assert (shown["author"], shown["body"], shown["content_note"], shown["removed"]) == (None, None, None, "held")
        assert shown["position"] == held.position


def test_released_words_stand_in_their_place_with_a_new_version(world: World) -> None:
    membership.hold_room(group=world.tuesday, by=world.dana, held=True)
    held = say(world.ana, world.tuesday, "Please read this.")
    say(world.dana, world.tuesday)
    released = chat.release(person=world.cy, message=held)
    assert (released.position, released.version, released.removed) == (1, 3, None)
    assert released.body == "Please read this."
    assert chat.release(person=world.cy, message=held).version == 3


def test_only_who_keeps_the_room_releases(world: World) -> None:
    membership.hold_room(group=world.tuesday, by=world.dana, held=True)
    held = say(world.ana, world.tuesday)
    for person in (world.ana, world.ben):
        with pytest.raises(NotAllowed):
            chat.release(person=person, message=held)
    with pytest.raises(Missing):
        chat.release(person=world.eli, message=held)


def test_releasing_does_not_bring_back_what_was_taken_back(world: World) -> None:
    message = say(world.ana, world.tuesday)
    chat.remove(person=world.ana, message=message)
    assert chat.release(person=world.cy, message=message).removed == "author"


def test_held_words_may_be_taken_back_or_turned_down(world: World) -> None:
    membership.hold_room(group=world.tuesday, by=world.dana, held=True)
    first, second = say(world.ana, world.tuesday), say(world.ana, world.tuesday)
    assert chat.remove(person=world.ana, message=first).removed == "author"
    assert chat.remove(person=world.cy, message=second).removed == "moderator"
    assert not Message.objects.exclude(body=None).exists()


# --- reactions -------------------------------------------------------------------------------------------------------


def test_a_reaction_names_the_member_and_takes_a_version(world: World) -> None:
    message = say(world.ana, world.tuesday)
    chat.react(person=world.ben, message=message, name="hug")
    row, ben = now(message), str(world.seat(world.ben, world.tuesday).member_id)
    assert (row.reactions, row.version) == ({"hug": {ben: 2}}, 2)
    assert row.edited is None


def test_a_reaction_given_or_taken_back_twice_changes_nothing(world: World) -> None:
    message = say(world.ana, world.tuesday)
    versions = [
        chat.react(person=world.ben, message=message, name="hug").version,
        chat.react(person=world.ben, message=message, name="hug").version,
        chat.unreact(person=world.ben, message=message, name="hug").version,
        chat.unreact(person=world.ben, message=message, name="hug").version,
        chat.unreact(person=world.ben, message=message, name="hope").version,
    ]
    assert versions == [2, 2, 3, 3, 3]
    assert now(message).reactions == {}


@pytest.mark.parametrize("name", ReactionName.values)
def test_there_are_six_reactions(world: World, name: str) -> None:
    assert chat.react(person=world.ana, message=say(world.ben, world.tuesday), name=name).reactions


@pytest.mark.parametrize("name", ["like", "", "HUG", "hug ", 5, None, "\x00"])
def test_another_reaction_is_refused(world: World, name: Any) -> None:
    with pytest.raises(Invalid):
        chat.react(person=world.ana, message=say(world.ben, world.tuesday), name=name)


def test_nobody_reacts_to_what_is_gone_or_waits(world: World) -> None:
    gone = say(world.ana, world.tuesday)
    chat.remove(person=world.ana, message=gone)
    membership.hold_room(group=world.tuesday, by=world.dana, held=True)
    for message in (gone, say(world.ana, world.tuesday)):
        with pytest.raises(NotAllowed):
            chat.react(person=world.ben, message=message, name="hug")


def test_an_observer_gives_no_reaction(world: World) -> None:
    message = say(world.ana, world.tuesday)
    membership.seat(person=world.eli, group=world.tuesday, role=Role.OBSERVER)
    with pytest.raises(NotAllowed):
        chat.react(person=world.eli, message=message, name="hug")


# --- read ------------------------------------------------------------------------------------------------------------


def test_a_read_mark_goes_up_and_down_and_tells_nobody(world: World) -> None:
    for _ in range(3):
        say(world.ben, world.tuesday)
    for position in (3, 1, 1):
        chat.mark_read(person=world.ana, group_id=world.tuesday.pk, position=position)
        assert world.seat(world.ana, world.tuesday).read == position
    world.tuesday.refresh_from_db()
    assert world.tuesday.version == 3


@pytest.mark.parametrize("position", [-1, 1, 2**53 + 1, True, "0", None, 0.0])
def test_a_read_mark_is_a_place_that_exists(world: World, position: object) -> None:
    with pytest.raises(Invalid):
        chat.mark_read(person=world.ana, group_id=world.tuesday.pk, position=position)


def test_a_read_mark_in_a_room_of_others_is_missing(world: World) -> None:
    for group_id in (world.tuesday.pk, uuid4()):
        with pytest.raises(Missing):
            chat.mark_read(person=world.eli, group_id=group_id, position=0)


def test_a_change_costs_few_questions(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    message = say(world.ana, world.tuesday)
    with django_assert_num_queries(9):  # savepoint and release, lock, seat, row, restriction, wording, row, counter
        chat.edit(author=world.ana, message=message, body="See you Friday.")
    with django_assert_num_queries(7):
        chat.react(person=world.ben, message=message, name="hug")


def test_who_keeps_the_room_reads_what_a_message_said_before_and_nobody_else(world: World) -> None:
    message = say(world.ana, world.tuesday, "We meet at sevn.")
    for words in ("We meet at seven.", "We meet at eight."):
        chat.edit(author=world.ana, message=message, body=words)
    path = f"/groups/{world.tuesday.pk}/messages/{message.pk}/"

    def reads(person: Person) -> bool:
        room = browser(person).get(f"/groups/{world.tuesday.pk}/").content.decode()
        return "at sevn." in browser(person).get(path).content.decode() and f"{path}#before" in room

    assert [reads(one) for one in (world.cy, world.dana, world.ana, world.ben)] == [True, True, False, False]
    page = browser(world.cy).get(path).content.decode()
    assert page.index("at eight.") < page.index("at seven.") < page.index("at sevn.")
    chat.remove(person=world.ana, message=message)
    assert "at sevn." not in browser(world.cy).get(path).content.decode()  # what was taken back is for a case to keep

"""Words on their way in: order, keys, what is refused, and what it costs."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from community.foundation import clock
from community.foundation.errors import Invalid, Missing, TooMany
from community.people.models import Person
from groups.chat import services as chat
from groups.chat.desk import Draft, KeyReused, Muted
from groups.chat.models import Message
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Group, Role
from tests.doors import say


def draft(author: Person, group: Group, body: str = "See you Thursday.", **more: Any) -> Draft:
    return chat.draft(author_id=author.pk, group_id=group.pk, body=body, **{"key": uuid4(), **more})


def positions(group: Group) -> list[int]:
    return list(Message.objects.of(group.pk).order_by("position").values_list("position", flat=True))


def test_words_stand_in_the_order_they_were_handed_in(world: World) -> None:
    authors = [world.ana, world.ben, world.cy]
    drafts = [draft(authors[number % 3], world.tuesday, f"Line {number}") for number in range(30)]
    outcomes = chat.post_all(drafts=drafts)
    assert [one.message.body for one in outcomes if one.message] == [one.body for one in drafts]
    assert positions(world.tuesday) == list(range(1, 31))


def test_positions_have_no_gap_where_a_draft_was_refused(world: World) -> None:
    drafts = [draft(world.ana, world.tuesday), draft(world.eli, world.tuesday), draft(world.ben, world.tuesday)]
    first, refused, last = chat.post_all(drafts=drafts)
    assert isinstance(refused.refusal, Missing)
    assert [one.message.position for one in (first, last) if one.message] == [1, 2]
    world.tuesday.refresh_from_db()
    assert (world.tuesday.position, world.tuesday.version) == (2, 2)


def test_one_bad_draft_does_not_spoil_the_others(world: World) -> None:
    drafts = [
        draft(world.ana, world.tuesday, "Good."),
        draft(world.ana, world.tuesday, "An answer to nothing.", reply_to=uuid4()),
        Draft(author_id=world.ana.pk, group_id=uuid4(), key=uuid4(), body="Into a room that is not there."),
        Draft(author_id=uuid4(), group_id=world.tuesday.pk, key=uuid4(), body="By nobody."),
        draft(world.ben, world.tuesday, "Good too."),
    ]
    outcomes = chat.post_all(drafts=drafts)
    assert [one.refusal and one.refusal.code for one in outcomes] == [
        None, "not_found", "not_found", "not_found", None,
    ]  # fmt: skip
    assert positions(world.tuesday) == [1, 2]


def test_several_rooms_are_written_in_one_go(world: World) -> None:
    rooms = [world.tuesday, world.alumni, world.tuesday]
    outcomes = chat.post_all(drafts=[draft(world.ben, room) for room in rooms])
    assert [one.message.position for one in outcomes if one.message] == [1, 1, 2]


def test_a_key_sent_again_gets_the_first_answer(world: World) -> None:
    key = uuid4()
    first, again = say(world.ana, world.tuesday, key=key), say(world.ana, world.tuesday, key=key)
    assert first.pk == again.pk
    assert positions(world.tuesday) == [1]


def test_a_key_sent_twice_in_one_batch_is_one_message(world: World) -> None:
    one = draft(world.ana, world.tuesday)
    first, again = chat.post_all(drafts=[one, one])
    assert first.message is again.message
    assert (first.repeat, again.repeat) == (False, True)
    assert positions(world.tuesday) == [1]


def test_a_key_in_capitals_is_the_same_key(world: World) -> None:
    key = str(uuid4())
    first = chat.post_all(drafts=[draft(world.ana, world.tuesday, key=key.lower())])
    again = chat.post_all(drafts=[draft(world.ana, world.tuesday, key=key.upper())])
    assert first[0].message == again[0].message


def test_a_repeat_is_answered_with_the_message_as_it_is_now(world: World) -> None:
    key = uuid4()
    first = say(world.ana, world.tuesday, key=key)
    chat.remove(person=world.cy, message=first)
    again = say(world.ana, world.tuesday, key=key)
    assert (again.body, again.removed) == (None, "moderator")


def test_a_repeat_is_still_recognized_after_an_edit_and_a_year(world: World) -> None:
    key = uuid4()
    chat.edit(author=world.ana, message=say(world.ana, world.tuesday, "First words.", key=key), body="Other words.")
    with clock.turned(timedelta(days=365)):
        assert say(world.ana, world.tuesday, "First words.", key=key).body == "Other words."


@pytest.mark.parametrize(
    "other", [{"body": "Other words."}, {"content_note": "work"}, {"body": "See you Thursday. "}, {"reply": True}]
)
def test_a_key_with_other_content_is_refused(world: World, other: dict[str, Any]) -> None:
    key = uuid4()
    earlier = say(world.ben, world.tuesday)
    say(world.ana, world.tuesday, key=key)
    more: dict[str, Any] = {"reply_to": earlier.pk} if "reply" in other else other
    with pytest.raises(KeyReused) as refused:
        say(world.ana, world.tuesday, **{"key": key, **more})
    assert refused.value.status == 409
    assert positions(world.tuesday) == [1, 2]


def test_the_same_key_of_another_person_or_in_another_room_is_another_message(world: World) -> None:
    key = uuid4()
    said = [say(world.ana, world.tuesday, key=key), say(world.ben, world.tuesday, key=key)]
    said.append(say(world.ben, world.alumni, key=key))
    assert len({message.pk for message in said}) == 3


def test_the_words_themselves_are_not_in_what_tells_a_repeat(world: World) -> None:
    assert "Thursday" not in say(world.ana, world.tuesday).digest


@pytest.mark.parametrize("many", [1, 32, 200])
def test_a_batch_costs_the_same_questions_whatever_its_size(
    world: World, django_assert_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    earlier = say(world.cy, world.tuesday)
    authors = [world.ana, world.ben, world.cy, world.dana]
    drafts = [
        draft(authors[number % 4], world.tuesday, f"Line {number}", reply_to=earlier.pk) for number in range(many)
    ]
    with django_assert_num_queries(9):  # savepoint twice, lock, said before, seats, keys, replies, insert, counters
        chat.post_all(drafts=drafts)


def test_a_batch_without_an_answer_asks_for_none(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(8):
        chat.post_all(drafts=[draft(world.ana, world.tuesday)])


def test_words_are_kept_as_they_were_written(world: World) -> None:
    for body in ("  two spaces  ", "A\n\nB", "e\u0301 and é", "\u202eright to left", "👩‍👩‍👧", "<b>no</b>", "\ttab"):
        assert Message.objects.get(pk=say(world.ana, world.tuesday, body).pk).body == body


@pytest.mark.parametrize(("sent", "kept"), [("a\r\nb", "a\nb"), ("a\rb", "a\nb"), ("a\r\n\r\nb\r", "a\n\nb\n")])
def test_line_ends_become_line_feeds(world: World, sent: str, kept: str) -> None:
    assert say(world.ana, world.tuesday, sent).body == kept


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("body", "", "blank"),
        ("body", " \n\t ", "blank"),
        ("body", "\u200b\u2060\ufeff", "blank"),
        ("body", "\u3164\u2800", "blank"),
        ("body", "a\x00b", "characters"),
        ("body", "a\x1bb", "characters"),
        ("body", "a\ud800b", "characters"),
        ("body", "x" * 4001, "too_long"),
        ("body", 5, "type"),
        ("body", None, "type"),
        ("body", ["a"], "type"),
        ("key", "5", "id"),
        ("key", 5, "id"),
        ("key", None, "id"),
        ("key", "0" * 32, "id"),
        ("key", str(UUID(int=0)), "id"),
        ("reply_to", "x", "id"),
        ("reply_to", 7, "id"),
        ("content_note", "x" * 81, "too_long"),
        ("content_note", "two\nlines", "characters"),
        ("content_note", " ", "blank"),
        ("content_note", 3, "type"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name(field: str, value: Any, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        draft(Person(id=uuid4()), Group(id=uuid4()), **{field: value})
    assert refused.value.code == code
    assert refused.value.extra["errors"][0]["pointer"] == f"/{field}"


def test_four_thousand_characters_may_be_said_whatever_they_weigh(world: World) -> None:
    assert len(say(world.ana, world.tuesday, "🌱" * 4000).body or "") == 4000


# --- answers ---------------------------------------------------------------------------------------------------------


def test_an_answer_names_what_it_answers(world: World) -> None:
    first = say(world.ana, world.tuesday)
    answer = say(world.ben, world.tuesday, reply_to=first.pk)
    assert (answer.reply_to_id, answer.reply_position) == (first.pk, first.position)


def test_what_is_not_shown_to_somebody_cannot_be_answered_by_them(world: World) -> None:
    elsewhere = say(world.eli, world.harbor)
    with clock.turned(-timedelta(days=30)):
        too_old = say(world.dana, world.tuesday)
    membership.seat(person=world.eli, group=world.tuesday, by=world.dana)
    told = set()
    for hidden in (elsewhere.pk, too_old.pk, uuid4()):
        with pytest.raises(Invalid) as refused:
            say(world.eli, world.tuesday, reply_to=hidden)
        told.add(str(refused.value.problem()))
    assert len(told) == 1


def test_who_came_back_may_answer_what_they_read_the_first_time(world: World) -> None:
    first = say(world.ben, world.tuesday)
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    with clock.turned(timedelta(days=30)):
        meanwhile = say(world.ben, world.tuesday)
    with clock.turned(timedelta(days=60)):
        membership.seat(person=world.ana, group=world.tuesday, by=world.dana)
        assert say(world.ana, world.tuesday, reply_to=first.pk).reply_position == first.position
        with pytest.raises(Invalid):
            say(world.ana, world.tuesday, reply_to=meanwhile.pk)


# --- who may write now -----------------------------------------------------------------------------------------------


def test_a_stranger_and_who_left_find_nothing_to_write_in(world: World) -> None:
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    for person in (world.eli, world.ana):
        with pytest.raises(Missing):
            say(person, world.tuesday)


def test_who_is_asked_to_pause_writes_again_when_the_pause_is_over(world: World) -> None:
    seat = world.seat(world.ana, world.tuesday)
    membership.restrict(membership=seat, by=world.cy, muted_until=clock.now() + timedelta(minutes=30))
    with pytest.raises(Muted):
        say(world.ana, world.tuesday)
    with clock.turned(timedelta(minutes=31)):
        assert say(world.ana, world.tuesday).position == 1


def test_the_next_two_wait_and_the_third_does_not(world: World) -> None:
    membership.restrict(membership=world.seat(world.ana, world.tuesday), by=world.cy, hold_next=2)
    said = [say(world.ana, world.tuesday, f"Line {number}") for number in range(3)]
    assert [message.removed for message in said] == ["held", "held", None]


def test_holding_the_next_words_counts_inside_a_batch(world: World) -> None:
    membership.restrict(membership=world.seat(world.ana, world.tuesday), by=world.cy, hold_next=2)
    outcomes = chat.post_all(drafts=[draft(world.ana, world.tuesday, f"Line {number}") for number in range(3)])
    assert [one.message.removed for one in outcomes if one.message] == ["held", "held", None]


def test_a_slower_pace_names_the_seconds_left(world: World) -> None:
    membership.restrict(membership=world.seat(world.ana, world.tuesday), by=world.cy, slow_seconds=60)
    say(world.ana, world.tuesday)
    with clock.turned(timedelta(seconds=20)), pytest.raises(TooMany) as refused:
        say(world.ana, world.tuesday)
    assert 38 <= refused.value.retry_after <= 41
    with clock.turned(timedelta(seconds=61)):
        say(world.ana, world.tuesday)


def test_a_slower_pace_holds_inside_a_batch(world: World) -> None:
    membership.restrict(membership=world.seat(world.ana, world.tuesday), by=world.cy, slow_seconds=60)
    first, second = chat.post_all(drafts=[draft(world.ana, world.tuesday), draft(world.ana, world.tuesday)])
    assert first.message
    assert isinstance(second.refusal, TooMany)


def test_a_refused_answer_uses_up_neither_pace_nor_hold(world: World) -> None:
    membership.restrict(membership=world.seat(world.ana, world.tuesday), by=world.cy, hold_next=1, slow_seconds=60)
    with pytest.raises(Invalid):
        say(world.ana, world.tuesday, reply_to=uuid4())
    assert say(world.ana, world.tuesday).removed == "held"


def test_a_repeat_uses_up_neither_pace_nor_hold(world: World) -> None:
    membership.restrict(membership=world.seat(world.ana, world.tuesday), by=world.cy, slow_seconds=60)
    key = uuid4()
    assert say(world.ana, world.tuesday, key=key).pk == say(world.ana, world.tuesday, key=key).pk


def test_lifting_a_restriction_lets_words_stand_at_once(world: World) -> None:
    seat = world.seat(world.ana, world.tuesday)
    membership.restrict(membership=seat, by=world.cy, hold_next=5, slow_seconds=600)
    membership.restrict(membership=seat, by=world.cy)
    assert [say(world.ana, world.tuesday).removed for _ in range(2)] == [None, None]


def test_in_a_held_room_only_who_keeps_it_is_heard_at_once(world: World) -> None:
    membership.hold_room(group=world.tuesday, by=world.dana, held=True)
    said = {person.alias: say(person, world.tuesday).removed for person in (world.ana, world.ben, world.cy, world.dana)}
    assert said == {"Ana": "held", "Ben": "held", "Cy": None, "Dana": None}
    membership.hold_room(group=world.tuesday, by=world.cy, held=False)
    assert say(world.ana, world.tuesday).removed is None


def test_a_restriction_ends_where_somebody_starts_to_keep_the_room(world: World) -> None:
    membership.restrict(membership=world.seat(world.ben, world.tuesday), by=world.dana, hold_next=5)
    membership.seat(person=world.ben, group=world.tuesday, role=Role.MODERATOR, by=world.dana)
    assert say(world.ben, world.tuesday).removed is None

"""Messages over REST, as PROTOCOL.md says them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from community.foundation import clock
from groups.chat import services as chat
from groups.chat.desk import Draft
from groups.chat.models import Message
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Group
from tests.doors import MESSAGE, Script, problem, say


def room(group: Group, rest: str = "messages") -> str:
    return f"groups/{group.pk}/{rest}"


def fill(world: World, many: int) -> None:
    """``many`` messages by Ben."""
    drafts = [
        Draft(author_id=world.ben.pk, group_id=world.tuesday.pk, key=uuid4(), body=f"Line {number}")
        for number in range(1, many + 1)
    ]
    chat.post_all(drafts=drafts)


def test_a_message_is_exactly_this(world: World) -> None:
    first, key = say(world.ben, world.tuesday), uuid4()
    body = {"key": str(key), "body": "See you.", "reply_to": str(first.pk), "content_note": "work"}
    answer = Script(world.ana).post(room(world.tuesday), body)
    assert answer.status_code == 201
    found = answer.json()
    made = found.pop("created")
    assert found == {
        "id": str(Message.objects.get(key=key).pk),
        "group": str(world.tuesday.pk),
        "position": 2,
        "version": 2,
        "kind": "text",
        "author": {"id": str(world.seat(world.ana, world.tuesday).member_id), "alias": "Ana", "role": "member"},
        "body": "See you.",
        "content_note": "work",
        "reply_to": {"id": str(first.pk), "position": 1},
        "reactions": {},
        "edited": None,
        "removed": None,
        "key": str(key),
    }
    assert made.endswith("Z")
    assert abs(datetime.fromisoformat(made) - clock.now()) < timedelta(minutes=1)


def test_a_message_is_the_same_whoever_reads_it_and_by_whichever_door(world: World) -> None:
    message = say(world.ana, world.tuesday)
    chat.react(person=world.ben, message=message, name="hug")
    seen = []
    for person in (world.ana, world.ben, world.dana):
        script = Script(person)
        seen.append(script.get(room(world.tuesday, f"messages/{message.pk}")).json())
        seen += script.get(room(world.tuesday)).json()["results"]
        seen += script.get(room(world.tuesday, "changes?since=0")).json()["results"]
    assert seen == [seen[0]] * 9
    assert set(seen[0]) == MESSAGE
    assert seen[0]["reactions"] == {"hug": [str(world.seat(world.ben, world.tuesday).member_id)]}


def test_a_repeat_is_200_with_the_message_as_it_is_now(world: World) -> None:
    ana, body = Script(world.ana), {"key": str(uuid4()), "body": "Once."}
    first = ana.post(room(world.tuesday), body)
    ana.patch(room(world.tuesday, f"messages/{first.json()['id']}"), {"body": "Changed."})
    again = ana.post(room(world.tuesday), {**body, "key": body["key"].upper()})
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["body"] == "Changed."
    assert again.json()["key"] == body["key"]


def test_a_key_with_other_words_is_a_conflict(world: World) -> None:
    ana, key = Script(world.ana), str(uuid4())
    ana.post(room(world.tuesday), {"key": key, "body": "One."})
    problem(ana.post(room(world.tuesday), {"key": key, "body": "Two."}), 409, "key_reused")


def test_messages_do_not_listen_to_the_header(world: World) -> None:
    ana = Script(world.ana)
    for number in range(2):
        sent = ana.post(
            room(world.tuesday), {"key": str(uuid4()), "body": f"Line {number}"}, **{"Idempotency-Key": "same"}
        )
        assert sent.status_code == 201


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"key": "x"}, "id"),
        ({"key": str(UUID(int=0))}, "id"),
        ({"key": None}, "null"),
        ({"body": ""}, "blank"),
        ({"body": "\u200b"}, "blank"),
        ({"body": None}, "null"),
        ({"body": "x" * 4001}, "too_long"),
        ({"body": "a\u0000"}, "characters"),
        ({"body": "a\ud83d"}, "characters"),
        ({"body": {"a": 1}}, "type"),
        ({"reply_to": str(uuid4())}, "not_found"),
        ({"reply_to": 5}, "id"),
        ({"content_note": "x" * 81}, "too_long"),
        ({"position": 7}, "unknown"),
        ({"author": "me"}, "unknown"),
        ({"care_seen": 1}, "type"),
    ],
)
def test_what_is_not_right_is_422_and_changes_nothing(world: World, more: dict[str, Any], code: str) -> None:
    body = {"key": str(uuid4()), "body": "Fine.", **more}
    problem(Script(world.ana).post(room(world.tuesday), body), 422, code)
    assert not Message.objects.exists()
    world.tuesday.refresh_from_db()
    assert (world.tuesday.position, world.tuesday.version) == (0, 0)


@pytest.mark.parametrize("missing", ["key", "body"])
def test_what_is_missing_is_named(world: World, missing: str) -> None:
    body = {"key": str(uuid4()), "body": "Fine."}
    del body[missing]
    found = problem(Script(world.ana).post(room(world.tuesday), body), 422, "required")
    assert found["errors"][0]["pointer"] == f"/{missing}"


def test_an_empty_answer_or_note_may_be_null(world: World) -> None:
    body = {"key": str(uuid4()), "body": "Fine.", "reply_to": None, "content_note": None}
    assert Script(world.ana).post(room(world.tuesday), body).status_code == 201


def test_held_words_are_answered_to_their_author_with_a_reason(world: World) -> None:
    membership.hold_room(group=world.tuesday, by=world.dana, held=True)
    answer = Script(world.ana).post(room(world.tuesday), {"key": str(uuid4()), "body": "Waiting."})
    found = answer.json()
    assert answer.status_code == 201
    assert (found["removed"], found["author"], found["body"]) == ("held", None, "Waiting.")
    assert set(found) == MESSAGE | {"held"}
    assert set(found["held"]) == {"reason", "text"}


def test_staff_see_who_waits_and_let_them_speak(world: World) -> None:
    membership.hold_room(group=world.tuesday, by=world.dana, held=True)
    held = say(world.ana, world.tuesday, "Waiting.")
    cy = Script(world.cy)
    (shown,) = cy.get(room(world.tuesday, "held")).json()["results"]
    assert (shown["author"]["alias"], shown["body"], shown["removed"]) == ("Ana", "Waiting.", "held")
    released = cy.post(room(world.tuesday, f"messages/{held.pk}/release"))
    assert (released.status_code, released.json()["body"]) == (200, "Waiting.")
    assert cy.get(room(world.tuesday, "held")).json()["results"] == []
    for path, method in (
        (room(world.tuesday, "held"), "GET"),
        (room(world.tuesday, f"messages/{held.pk}/release"), "POST"),
    ):
        problem(Script(world.ana).ask(method, path), 403, "not_allowed")


# --- history ---------------------------------------------------------------------------------------------------------


def positions(page: dict[str, Any]) -> list[int]:
    return [row["position"] for row in page["results"]]


def test_history_is_the_newest_page_and_goes_down(world: World) -> None:
    fill(world, 25)
    ana = Script(world.ana)
    page = ana.get(room(world.tuesday, "messages?limit=10")).json()
    assert set(page) == {"results", "next", "previous"}
    assert (positions(page), page["next"]) == (list(range(16, 26)), None)
    page = ana.get(page["previous"]).json()
    assert positions(page) == list(range(6, 16))
    page = ana.get(page["previous"]).json()
    assert (positions(page), page["previous"]) == (list(range(1, 6)), None)
    assert positions(ana.get(page["next"]).json()) == list(range(6, 16))


def test_after_goes_up(world: World) -> None:
    fill(world, 25)
    ana = Script(world.ana)
    page = ana.get(room(world.tuesday, "messages?after=4&limit=10")).json()
    assert positions(page) == list(range(5, 15))
    page = ana.get(page["next"]).json()
    assert positions(page) == list(range(15, 25))
    page = ana.get(page["next"]).json()
    assert (positions(page), page["next"]) == ([25], None)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("", list(range(206, 256))),
        ("?limit=1", [255]),
        ("?limit=200", list(range(56, 256))),
        ("?limit=5000", list(range(56, 256))),
        ("?before=3", [1, 2]),
        ("?before=0", []),
        ("?before=1", []),
        ("?before=999999999999999999&limit=1", [255]),
        ("?after=255", []),
        ("?after=254", [255]),
        ("?after=999999999999999999", []),
    ],
)
def test_history_pages(world: World, asked: str, wanted: list[int]) -> None:
    fill(world, 255)
    assert positions(Script(world.ana).get(room(world.tuesday, f"messages{asked}")).json()) == wanted


@pytest.mark.parametrize(
    ("asked", "code"), [("before=1&after=1", "conflict"), ("since=1", "unknown"), ("before=x", "type")]
)
def test_history_asked_wrongly_is_422(world: World, asked: str, code: str) -> None:
    problem(Script(world.ana).get(room(world.tuesday, f"messages?{asked}")), 422, code)


def test_history_skips_what_was_said_between_two_times(world: World) -> None:
    fill(world, 3)
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    with clock.turned(timedelta(days=30)):
        fill(world, 3)
    with clock.turned(timedelta(days=60)):
        membership.seat(person=world.ana, group=world.tuesday, by=world.dana)
        fill(world, 2)
    ana = Script(world.ana)
    assert positions(ana.get(room(world.tuesday)).json()) == [1, 2, 3, 7, 8]
    assert positions(ana.get(room(world.tuesday, "changes?since=0")).json()) == [1, 2, 3, 7, 8]
    hidden = Message.objects.get(position=5)
    problem(ana.get(room(world.tuesday, f"messages/{hidden.pk}")), 404, "not_found")


def test_reading_costs_the_same_however_long(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    fill(world, 255)
    ana = Script(world.ana)
    one = Message.objects.get(position=9).pk
    for path in ("messages?limit=200", "messages?after=1", "changes?limit=200", f"messages/{one}", "changes?since=255"):
        with django_assert_num_queries(3):  # token, reach, rows
            ana.get(room(world.tuesday, path))


def test_reading_what_one_left_costs_the_same_however_long(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(world, 30)
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    for message in Message.objects.all():
        chat.edit(author=world.ben, message=message, body="Later.")
    ana = Script(world.ana)
    for limit in (1, 30):
        with django_assert_num_queries(5):  # token, reach, rows, wordings, names
            ana.get(room(world.tuesday, f"messages?limit={limit}"))


# --- changes ---------------------------------------------------------------------------------------------------------


def test_changes_are_rows_in_the_order_of_their_last_change(world: World) -> None:
    fill(world, 3)
    first = Message.objects.get(position=1)
    chat.edit(author=world.ben, message=first, body="Changed.")
    chat.react(person=world.cy, message=Message.objects.get(position=2), name="hug")
    found = Script(world.ana).get(room(world.tuesday, "changes?since=0")).json()
    assert set(found) == {"results", "version", "stale"}
    assert [(row["version"], row["position"]) for row in found["results"]] == [(3, 3), (4, 1), (5, 2)]
    assert (found["version"], found["stale"]) == (5, False)


def test_changes_page_by_their_version(world: World) -> None:
    fill(world, 25)
    ana, since, seen = Script(world.ana), 0, []
    for expected in (10, 20, 25, 25):
        found = ana.get(room(world.tuesday, f"changes?since={since}&limit=10")).json()
        seen += positions(found)
        since = found["version"]
        assert since == expected
    assert seen == list(range(1, 26))


def test_a_full_last_page_names_the_groups_version(world: World) -> None:
    fill(world, 10)
    found = Script(world.ana).get(room(world.tuesday, "changes?limit=10")).json()
    assert (len(found["results"]), found["version"]) == (10, 10)


def test_the_version_passes_what_this_seat_does_not_show(world: World) -> None:
    with clock.turned(-timedelta(days=30)):
        old = say(world.dana, world.tuesday)
    membership.seat(person=world.eli, group=world.tuesday, by=world.dana)
    say(world.ben, world.tuesday)
    with clock.turned(-timedelta(days=30)):
        chat.edit(author=world.dana, message=old, body="Changed.")
    found = Script(world.eli).get(room(world.tuesday, "changes?since=0")).json()
    assert (positions(found), found["version"]) == ([2], 3)


@pytest.mark.parametrize(("since", "stale"), [(0, True), (1, True), (2, False), (502, False), (503, True)])
def test_more_than_500_behind_or_ahead_is_stale(world: World, since: int, stale: bool) -> None:  # noqa: FBT001 - a table
    fill(world, 502)
    found = Script(world.ana).get(room(world.tuesday, f"changes?since={since}")).json()
    assert found["stale"] is stale
    if stale:
        assert found == {"results": [], "version": 502, "stale": True}


def test_a_long_way_behind_with_few_rows_is_not_stale(world: World) -> None:
    message = say(world.ben, world.tuesday)
    Group.objects.filter(pk=world.tuesday.pk).update(version=900)
    chat.react(person=world.ana, message=message, name="hug")
    found = Script(world.ana).get(room(world.tuesday, "changes?since=0")).json()
    assert (len(found["results"]), found["version"], found["stale"]) == (1, 901, False)


# --- one message -----------------------------------------------------------------------------------------------------


def test_edit_remove_and_react_answer_with_the_message(world: World) -> None:
    ana, ben = Script(world.ana), Script(world.ben)
    path = room(world.tuesday, f"messages/{say(world.ana, world.tuesday).pk}")
    edited = ana.patch(path, {"body": "Changed."})
    given, again = ben.put(f"{path}/reactions/hug"), ben.put(f"{path}/reactions/hug")
    back = ben.delete(f"{path}/reactions/hug")
    gone, twice = ana.delete(path), ana.delete(path)
    answers = [edited, given, again, back, gone, twice]
    assert [answer.status_code for answer in answers] == [200] * 6
    assert all(set(answer.json()) == MESSAGE for answer in answers)
    assert [answer.json()["version"] for answer in answers] == [2, 3, 3, 4, 5, 5]
    assert edited.json()["edited"].endswith("Z")
    assert (gone.json()["removed"], gone.json()["body"]) == ("author", None)


def test_what_one_may_not_do_is_403_and_what_one_does_not_see_404(world: World) -> None:
    path = room(world.tuesday, f"messages/{say(world.ana, world.tuesday).pk}")
    ben, eli = Script(world.ben), Script(world.eli)
    for script, status, code in ((ben, 403, "not_allowed"), (eli, 404, "not_found")):
        problem(script.patch(path, {"body": "Mine."}), status, code)
        problem(script.delete(path), status, code)
    with clock.turned(timedelta(minutes=16)):
        problem(Script(world.ana).patch(path, {"body": "Late."}), 403, "not_allowed")


@pytest.mark.parametrize("name", ["like", "HUG", "hug%20", "x" * 300, "%00", "%F0%9F%A4%97"])
def test_another_reaction_is_422(world: World, name: str) -> None:
    path = room(world.tuesday, f"messages/{say(world.ana, world.tuesday).pk}/reactions/{name}")
    problem(Script(world.ben).put(path), 422, "choice")
    problem(Script(world.ben).delete(path), 422, "choice")


def test_a_message_of_another_room_is_not_found_under_this_one(world: World) -> None:
    elsewhere = say(world.ben, world.alumni)
    ben = Script(world.ben)
    for method, rest in (("GET", ""), ("PATCH", ""), ("DELETE", ""), ("PUT", "/reactions/hug"), ("POST", "/release")):
        path = room(world.tuesday, f"messages/{elsewhere.pk}{rest}")
        problem(ben.ask(method, path, {"body": "x"}), 404, "not_found")


def test_a_read_mark_is_204(world: World) -> None:
    say(world.ben, world.tuesday)
    ana, path = Script(world.ana), room(world.tuesday, "read")
    answer = ana.put(path, {"position": 1})
    assert (answer.status_code, answer.content) == (204, b"")
    assert ana.get(f"groups/{world.tuesday.pk}").json()["read"] == 1
    problem(ana.put(path, {"position": 2}), 422, "range")
    problem(ana.put(path, {"position": "1"}), 422, "type")
    problem(ana.put(path, {"position": True}), 422, "type")
    problem(ana.put(path, {"position": 1.0}), 422, "type")
    problem(ana.put(path, {}), 422, "required")


# --- limits ----------------------------------------------------------------------------------------------------------


def test_too_many_posts_are_429_with_the_seconds_left(world: World, settings: Settings) -> None:
    settings.LIMITS = {**settings.LIMITS, "posts": 3, "post_seconds": 3600}
    ana, keys = Script(world.ana), [str(uuid4()) for _ in range(4)]
    answers = [ana.post(room(world.tuesday), {"key": key, "body": "Quick."}) for key in keys]
    assert [answer.status_code for answer in answers] == [201, 201, 201, 429]
    assert 1 <= int(answers[3].headers["Retry-After"]) <= 3601
    assert problem(answers[3], 429, "too_many")["retry_after"] >= 1
    assert ana.post(room(world.tuesday), {"key": keys[0], "body": "Quick."}).status_code == 200
    assert Script(world.ben).post(room(world.tuesday), {"key": keys[0], "body": "Quick."}).status_code == 201
    assert Script(world.ana, ["chat:write", "bench"]).post(
        room(world.tuesday), {"key": keys[3], "body": "Quick."}
    ).status_code == 201  # fmt: skip


def test_a_slower_pace_and_a_pause_are_told_apart(world: World) -> None:
    seat, ana = world.seat(world.ana, world.tuesday), Script(world.ana)
    membership.restrict(membership=seat, by=world.cy, slow_seconds=60)
    ana.post(room(world.tuesday), {"key": str(uuid4()), "body": "One."})
    slow = ana.post(room(world.tuesday), {"key": str(uuid4()), "body": "Two."})
    problem(slow, 429, "too_many")
    assert int(slow.headers["Retry-After"]) <= 61
    membership.restrict(membership=seat, by=world.cy, muted_until=clock.now() + timedelta(hours=1))
    problem(ana.post(room(world.tuesday), {"key": str(uuid4()), "body": "Three."}), 403, "muted")

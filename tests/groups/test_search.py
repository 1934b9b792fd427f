"""Words found again: only what one's seats show, as it stands now, on whichever database."""

import re
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from urllib.parse import quote

import pytest
from django.conf import settings as house
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from community.foundation import clock
from community.foundation.errors import Refusal
from community.people import services as people
from community.people.models import Person
from groups.chat import services as chat
from groups.chat.models import Message, Wording
from groups.chat.search import parts, question, says, words_of
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Group, Kind
from groups.membership.rules import reach
from tests.doors import MESSAGE, Script, browser, problem, say


def found(person: Person, asked: str) -> list[str]:
    """The bodies somebody finds, the newest first."""
    answer = Script(person).get(f"search?q={quote(asked)}")
    assert answer.status_code == 200, answer.content
    return [row["body"] for row in answer.json()["results"]]


def page(person: Person, asked: str) -> str:
    answer = browser(person).post("/search/", {"q": asked}, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize(
    ("body", "asked"),
    [
        ("The lantern on the porch.", "lantern"),
        ("The lantern on the porch.", "LANTERN Porch"),
        ("The lantern on the porch.", "lant"),
        ("Mañana será otro día.", "manana dia"),
        ("Manana sera otro dia.", "mañana"),
        ("It is the cafe\u0301 by the river.", "café"),
        ("Straße", "strasse"),
        ("Room 12b at 7:30pm", "12b 7"),
        ("Ещё один день", "еще"),
    ],
)
def test_words_are_found_without_case_accents_or_order(world: World, body: str, asked: str) -> None:
    say(world.ben, world.tuesday, body)
    say(world.ben, world.tuesday, "Something else.")
    assert found(world.ana, asked) == [body]


OPERATORS = (
    '"lantern', "lantern'", "lantern AND", "lantern OR 1=1", "lantern*", "lantern:*", "NEAR(lantern", "-lantern",
    "(lantern)", "lantern | porch", "lantern & !porch", "words:lantern", "lantern <-> porch", "%lantern_", "\\lantern",
    "a\\'b lantern", "{lantern}", "^lantern", "lantern + porch",
)  # fmt: skip


@pytest.mark.parametrize("asked", OPERATORS)
def test_operators_and_quotes_are_plain_words_and_never_an_error(world: World, asked: str) -> None:
    words = question(asked)
    say(world.ben, world.tuesday, " ".join(words))
    assert found(world.ana, asked) == [" ".join(words)]


@pytest.mark.parametrize("asked", ["!!!", "\u2014", "\U0001f331", "' \"", "* & |"])
def test_a_question_without_a_letter_finds_nothing_and_is_no_error(world: World, asked: str) -> None:
    say(world.ben, world.tuesday, "Anything at all.")
    assert found(world.ana, asked) == []
    assert "Nothing found" in page(world.ana, asked)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "blank"),
        ("q=", "blank"),
        ("q=%20%20", "blank"),
        ("q=" + "a" * 201, "too_long"),
        ("q=a%00b", "characters"),
        ("q=a&q=b", "repeated"),
        ("q=a&in=b", "unknown"),
        ("q=a&before=yesterday", "cursor"),
        ("q=a&after=99999999999999999-x", "cursor"),
        ("q=a&before=1-aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa&after=1-aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "conflict"),
        ("q=a&limit=0", "range"),
    ],
)
def test_a_question_that_is_none_is_refused_kindly(world: World, query: str, code: str) -> None:
    problem(Script(world.ana).get(f"search?{query}"), 422, code)


def test_what_was_wrong_is_said_on_the_page_beside_what_was_asked(world: World) -> None:
    ana = browser(world.ana)
    asked = ana.post("/search/", {"q": "a"}).headers["Location"]
    for answer in (
        ana.post("/search/", {"q": "a" * 201}),
        ana.post("/search/", {"q": "a\x00b"}),
        ana.get(f"{asked}&before=yesterday"),
    ):
        assert answer.status_code == 422
        assert b'aria-invalid="true"' in answer.content


def test_no_address_holds_what_somebody_looks_for(world: World) -> None:
    for number in range(25):
        say(world.ben, world.tuesday, f"The lantern, {number}.")
    ana = browser(world.ana)
    answer = ana.post("/search/", {"q": "lantern"})
    address = answer.headers["Location"]
    assert answer.status_code == 302
    page = ana.get(address).content.decode()
    assert 'value="lantern"' in page
    links = re.findall(r'(?:href|action)="([^"]*)"', page)
    assert len([link for link in links if link.startswith("?found=")]) == 1
    assert not [link for link in (address, *links) if "lantern" in link]
    older = next(link for link in links if link.startswith("?found=")).replace("&amp;", "&")
    assert "</mark>, 4." in ana.get(f"/search/{older}").content.decode()


def test_going_back_finds_the_words_again_and_a_fresh_page_does_not(world: World) -> None:
    ana = browser(world.ana)
    first, second = (ana.post("/search/", {"q": words}).headers["Location"] for words in ("lantern", "porch"))
    assert 'value="lantern"' in ana.get(first).content.decode()
    assert 'value="porch"' in ana.get(second).content.decode()
    assert "lantern" not in ana.get("/search/").content.decode()


def test_what_was_looked_for_lies_sealed_and_is_forgotten(world: World) -> None:
    ana = browser(world.ana)
    address = ana.post("/search/", {"q": "lantern"}).headers["Location"]
    assert "lantern" not in repr(dict(ana.session.items()))
    assert "lantern" not in browser(world.ana).get(address).content.decode()
    with clock.turned(by=timedelta(minutes=31)):
        assert "lantern" not in ana.get(address).content.decode()


def test_only_the_latest_words_are_kept(world: World) -> None:
    ana = browser(world.ana)
    places = [ana.post("/search/", {"q": f"word{number}"}).headers["Location"] for number in range(7)]
    seen = [f"word{number}" in ana.get(place).content.decode() for number, place in enumerate(places)]
    assert seen == [False, False, True, True, True, True, True]


def test_nothing_typed_looks_for_nothing(world: World) -> None:
    answer = browser(world.ana).post("/search/", {"q": "  "})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/search/")


def test_a_question_asks_for_its_scope_and_a_person(world: World) -> None:
    problem(Script(world.ana, scopes=["account"]).get("search?q=a"), 403, "scope_missing")
    problem(Script(None).get("search?q=a"), 401, "sign_in")
    assert browser(None).post("/search/", {"q": "a"}).headers["Location"] == "/sign-in/?next=/search/"


def test_the_answer_is_messages_of_the_wire(world: World) -> None:
    message = say(world.ben, world.tuesday, "The lantern on the porch.")
    (row,) = Script(world.ana).get("search?q=lantern").json()["results"]
    assert set(row) == MESSAGE
    assert (row["id"], row["group"]) == (str(message.pk), str(world.tuesday.pk))


def test_only_rooms_one_may_read_are_searched(world: World) -> None:
    say(world.ben, world.tuesday, "lantern here")
    say(world.eli, world.harbor, "lantern there")
    assert found(world.ana, "lantern") == ["lantern here"]
    assert found(world.eli, "lantern") == ["lantern there"]


def test_a_seat_finds_its_own_time_and_nothing_later(world: World) -> None:
    with clock.turned(-timedelta(days=30)):
        say(world.ben, world.tuesday, "lantern long before")
    fay = people.create(alias="Fay")
    membership.seat(person=fay, group=world.tuesday, by=world.dana)
    say(world.ben, world.tuesday, "lantern while here")
    membership.unseat(person=fay, group=world.tuesday, by=fay)
    say(world.ben, world.tuesday, "lantern after")
    assert found(fay, "lantern") == ["lantern while here"]


def test_whose_seat_was_taken_finds_nothing_there(world: World) -> None:
    say(world.ana, world.tuesday, "my own lantern")
    membership.unseat(person=world.ana, group=world.tuesday, by=world.cy)
    assert found(world.ana, "lantern") == []
    room = membership.open_group(name="Running", kind=Kind.INTEREST, by=world.dana)
    membership.seat(person=world.ana, group=room, by=world.dana)
    say(world.ana, room, "lantern in the park")
    membership.unseat(person=world.ana, group=room, by=world.ana)
    assert found(world.ana, "lantern") == []


def test_words_that_are_gone_are_found_no_more(world: World) -> None:
    edited, taken, hidden = (say(world.ben, world.tuesday, f"lantern {number}") for number in range(3))
    chat.edit(author=world.ben, message=edited, body="candle")
    chat.remove(person=world.ben, message=taken)
    chat.remove(person=world.dana, message=hidden)
    assert found(world.ana, "lantern") == []
    assert found(world.ana, "candle") == ["candle"]


def test_held_words_are_found_once_they_stand(world: World) -> None:
    membership.hold_room(group=world.tuesday, by=world.dana, held=True)
    held = say(world.ana, world.tuesday, "lantern that waits")
    for person in (world.ana, world.ben, world.dana):
        assert found(person, "lantern") == []
    chat.release(person=world.dana, message=held)
    assert found(world.ben, "lantern") == ["lantern that waits"]


def test_who_left_finds_nothing_that_happened_since(world: World) -> None:
    edited = say(world.ben, world.tuesday, "lantern before")
    membership.hold_room(group=world.tuesday, by=world.dana, held=True)
    held = say(world.ana, world.tuesday, "lantern that waits")
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    membership.hold_room(group=world.tuesday, by=world.dana, held=False)
    chat.edit(author=world.ben, message=edited, body="candle since")
    chat.release(person=world.dana, message=held)
    assert found(world.ana, "candle") == []
    assert found(world.ana, "lantern") == []


def test_no_store_can_hold_removed_words_to_be_found(world: World) -> None:
    message = say(world.ben, world.tuesday, "lantern")
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(removed="author", body=None)


def test_the_index_follows_the_column_whoever_writes_it(world: World) -> None:
    message = say(world.ben, world.tuesday, "lantern")
    Message.objects.filter(pk=message.pk).update(sought=None)
    assert found(world.ana, "lantern") == []
    Message.objects.filter(pk=message.pk).update(sought="candle")
    assert found(world.ana, "candle") == ["lantern"]
    Message.objects.filter(pk=message.pk).delete()
    assert found(world.ana, "candle") == []


def test_words_are_found_by_an_index(world: World) -> None:
    say(world.ben, world.tuesday, "lantern")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Message.objects.saying(["lantern"]).order_by().explain()
    assert "chat_message_sought" in plan or "VIRTUAL TABLE INDEX" in plan, plan


def test_pages_go_down_and_up_without_a_gap_or_a_repeat(world: World) -> None:
    for number in range(7):
        say(world.ben, world.tuesday, f"lantern {number}")
    script, pages = Script(world.ana), []
    address = "search?q=lantern&limit=3"
    while address:
        pages.append(script.get(address).json())
        address = pages[-1]["next"]
    down = [row["body"] for one in pages for row in one["results"]]
    assert down == [f"lantern {number}" for number in reversed(range(7))]
    for upper, lower in pairwise(pages):
        assert script.get(lower["previous"]).json()["results"] == upper["results"]
    say(world.ben, world.tuesday, "lantern that came meanwhile")
    assert script.get(pages[0]["next"]).json()["results"] == pages[1]["results"]


def test_the_page_says_where_who_when_and_why_and_leads_to_the_place(world: World) -> None:
    message = say(world.ben, world.tuesday, "We lit the <b>lantern</b> at dusk.")
    said = page(world.ana, "lant")
    assert f"/groups/{world.tuesday.pk}/?at={message.position}#m-{message.pk}" in said
    assert "Tuesday evening group" in said
    assert "Ben" in said
    assert "We lit the &lt;b&gt;<mark>lantern</mark>&lt;/b&gt; at dusk." in said


def test_words_behind_a_content_note_stay_behind_it(world: World) -> None:
    say(world.ben, world.tuesday, "The lantern broke.", content_note="an accident")
    for asked in ("lantern", "accident"):
        said = page(world.ana, asked)
        assert "Content note: an accident" in said
        assert "broke" not in said


def test_whom_i_blocked_stays_folded_away_in_what_i_find(world: World) -> None:
    say(world.ben, world.tuesday, "The lantern broke.")
    people.block(person=world.ana, other=world.ben)
    said = page(world.ana, "lantern")
    assert "A message from someone you blocked" in said
    assert "broke" not in said


def test_an_empty_page_says_what_it_is_for(world: World) -> None:
    said = browser(world.ana).get("/search/").content.decode()
    assert "Find words again" in said
    assert "Nothing found" not in said


def test_thirty_questions_a_minute_by_whichever_door(world: World) -> None:
    with override_settings(LIMITS={**house.LIMITS, "searches": 2, "search_seconds": 3600}):
        _spend_three(world)


def _spend_three(world: World) -> None:
    assert Script(world.ana).get("search?q=a").status_code == 200
    ana = browser(world.ana)
    asked = ana.post("/search/", {"q": "a"}).headers["Location"]
    assert ana.get(asked).status_code == 200
    problem(Script(world.ana).get("search?q=a"), 429, "too_many")
    refused = ana.get(asked)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) >= 1
    assert Script(world.ben).get("search?q=a").status_code == 200


def test_finding_costs_the_same_questions_however_much_is_found(world: World) -> None:
    script = Script(world.ana)
    costs = []
    for _round in range(2):
        for _number in range(5):
            say(world.ben, world.tuesday, "lantern")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            script.get("search?q=lantern")
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 5


LETTERS = st.sampled_from(list("abcñé Aß'\"*-_.:&|1½İ\u0301\n"))


@given(body=st.text(LETTERS, max_size=60), asked=st.text(LETTERS, max_size=12))
def test_what_is_shown_of_a_message_is_the_message_and_marks_what_was_asked(body: str, asked: str) -> None:
    words = question(asked)
    shown = parts(body, words)
    assert "".join(part.words for part in shown) == " ".join(body.split())
    for part in shown:
        assert not part.hit or any(said.startswith(word) for said in words_of(part.words) for word in words)


@given(body=st.text(max_size=2000), asked=st.text(max_size=40))
def test_a_piece_of_a_long_message_is_short_and_part_of_it(body: str, asked: str) -> None:
    shown = "".join(part.words for part in parts(body, question(asked)))
    assert len(shown) <= 242
    assert shown.strip("…") in " ".join(body.split()) or "…" in body


WORDS = ("lantern", "porch", "Mañana", "dusk")
DEEDS = st.tuples(
    st.sampled_from(("say", "say", "say", "edit", "take", "free", "hold", "open", "leave", "come")),
    st.sampled_from(WORDS),
)


@settings(
    max_examples=25, deadline=None, derandomize=True, phases=[Phase.generate], database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(deeds=st.lists(DEEDS, min_size=4, max_size=18), asked=st.sampled_from(("lantern", "manana", "por", "d")))
def test_what_is_found_is_what_history_shows_and_says_it(
    world: World, deeds: list[tuple[str, str]], asked: str
) -> None:
    """By whichever way of seats, holds, edits and removals somebody came to see what they see."""
    fay = people.create(alias="Fay")
    room = membership.open_group(name="Any evening", kind=Kind.COHORT, by=world.dana)
    membership.seat(person=world.ben, group=room)
    said: list[Message] = []
    for deed, word in [("come", ""), *deeds]:
        with suppress(Refusal):
            do(deed, f"{word} {len(said)}", said, room, fay, world)
    rows = Script(fay).get(f"groups/{room.pk}/messages?limit=200").json()["results"]
    shown = {row["id"] for row in rows if row["body"] and says(row["body"], question(asked))}
    ids = {row["id"] for row in Script(fay).get(f"search?q={asked}").json()["results"]}
    assert ids <= shown
    left = reach(fay, room.pk).sees_until
    since = Wording.objects.filter(message__group=room, until__gt=left) if left is not None else Wording.objects.none()
    assert shown - ids <= {str(one) for one in since.values_list("message_id", flat=True)}  # found by neither wording


def do(deed: str, words: str, said: list[Message], room: Group, fay: Person, world: World) -> None:
    """One thing that may happen in a room."""
    if deed == "say":
        said.append(say(world.ben, room, words))
    elif deed in {"hold", "open"}:
        membership.hold_room(group=room, by=world.dana, held=deed == "hold")
    elif deed == "leave":
        membership.unseat(person=fay, group=room, by=fay)
    elif deed == "come":
        membership.seat(person=fay, group=room, by=world.dana)
    elif said and deed == "edit":
        chat.edit(author=world.ben, message=said[-1], body=f"{words} again")
    elif said and deed == "take":
        chat.remove(person=world.ben, message=said[0])
    elif said:
        chat.release(person=world.dana, message=said[-1])

"""A copy of one's own: all of what is theirs, nothing of anybody else's, for the password once more, and told of."""

import gzip
import io
import json
import re
import zipfile
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from channels.db import database_sync_to_async
from django.db import connection
from django.test import AsyncClient, AsyncRequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from community.audit.models import AuditEntry
from community.checkins import services as checkins
from community.checkins.rules import today_of
from community.consent.models import ConsentRecord
from community.copies import texts
from community.copies.reading import PIECE, as_archive, as_json, as_page, gathered
from community.copies.rules import STAYS_FOR, may_copy
from community.copies.services import TAKEN
from community.foundation import clock, registers
from community.foundation.pieces import ROWS, in_pages, streamed
from community.matches.models import Match
from community.mentoring import services as mentoring
from community.milestones import services as milestones
from community.notices.models import Notice
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Enrollment
from community.safetyplan import services as safetyplan
from community.safetyplan.plans import Part
from community.sheets import services as sheets
from groups.chat import services as chat
from groups.chat.models import Message
from groups.demo.services import PASSWORD, World
from groups.membership import services as membership
from groups.membership.models import Membership
from groups.moderation.services import appealing
from groups.pairs import services as pairs
from tests.community.matches import matched
from tests.community.mentoring import active, asked
from tests.doors import Script, browser, problem, say
from tests.groups.copies import EXPORT, PAGE, copy_of, given_one, knocked, opened
from tests.groups.reports import decided, told_of
from tests.groups.test_suspensions import suspended

MINE, THEIRS = "quietheron", "loudmagpie"
DAY = timedelta(days=1)


def words(mark: str, number: int = 0) -> str:
    return f"{mark} {number}: <b>me</b> & 🌿"


def lives(world: World) -> Match:
    """Ana and everybody around her say and do all that there is to say and do, each with a mark of their own."""
    for person, mark in ((world.ana, MINE), (world.ben, THEIRS), (world.dana, THEIRS), (world.cy, THEIRS)):
        safetyplan.write(person=person, part=Part.ALONE, words=words(mark))
        safetyplan.write(person=person, part=Part.ALONE, words=words(mark, 1))
        sheets.write_down(person=person, answers={"contact": words(mark)}, agrees=True)
        answers = {"weather": "okay", "note": words(mark)}
        checkins.check_in(person=person, day=today_of(person), answers=answers)
        milestones.begin(person=person, start=clock.today(person.zone) - 40 * DAY, name=mark)
        milestones.begin_tally(person=person, kind="skill", name=mark)
    mentor = active(world)
    mentoring.write_note(mentor=mentor, body=words(THEIRS), by=world.dana)
    match = matched(asked(world.ana, world.evening, hopes=words(MINE)), mentor)
    match.checkins.create(person=world.ana, step="d3", asked=clock.now(), answered=clock.now(), answer="yes")
    match.note = words(THEIRS)
    match.save()
    _talk(world, pairs.open_room(match_id=match.pk).group)
    return match


def _talk(world: World, two: Any) -> None:
    hers = say(world.ana, world.tuesday, words(MINE), content_note=MINE)
    theirs = say(world.ben, world.tuesday, words(THEIRS), content_note=THEIRS, reply_to=hers.pk)
    say(world.ana, world.tuesday, words(MINE, 1), reply_to=theirs.pk)
    say(world.ben, two, words(THEIRS))
    say(world.ana, two, words(MINE, 2))
    chat.react(person=world.ana, message=theirs, name="hug")
    chat.react(person=world.ben, message=hers, name="hope")
    told_of(world.ana, theirs, note=words(MINE, 3))
    decision = decided(world, told_of(world.ben, hers, note=words(THEIRS)))
    with clock.turned(timedelta(hours=1)):
        appealing.appeal(decision=decision, by=world.ana, words=words(MINE, 4))


def test_whatever_i_wrote_and_chose_is_in_it(world: World) -> None:
    lives(world)
    with clock.turned(timedelta(hours=2)):
        copy = copy_of(world.ana)
    for number in range(5):
        said = words(MINE, number)
        assert json.dumps(said, ensure_ascii=False)[1:-1] in json.dumps(copy.data, ensure_ascii=False)
        assert escape(said) in copy.page
    assert set(copy.chapters) == set(registers.copies.names())
    empty = {name for name, entries in copy.chapters.items() if not entries}
    assert empty <= {"updates", "celebrations"}
    assert [one["body"] for one in copy.chapters["messages"]] == [words(MINE), words(MINE, 1), words(MINE, 2)]
    (reaction,) = copy.chapters["reactions"]
    assert (reaction["group"], reaction["names"]) == (str(world.tuesday.pk), ["hug"])
    assert copy.chapters["safety_plan"][0]["words"] == words(MINE, 1)
    assert copy.chapters["safety_plan"][1]["words"] == words(MINE)
    assert copy.chapters["check_ins"][0]["note"] == words(MINE)
    assert copy.chapters["emergency_sheet"][0]["contact"] == words(MINE)
    assert copy.chapters["mentoring"][0]["hopes"] == words(MINE)
    assert copy.chapters["reports"][0]["note"] == words(MINE, 3)
    assert {one["name"] for one in copy.chapters["counts"]} >= {MINE}
    assert [one["name"] for one in copy.chapters["tallies"]] == [MINE]
    assert len(copy.chapters["agreements"]) == ConsentRecord.objects.of(world.ana.pk).count()
    assert copy.data["notice"] == [texts.SHORT, texts.LONG]


def test_nothing_of_anybody_else_is_in_it_nor_whom_it_was_about(world: World) -> None:
    lives(world)
    others = [one for one in world.cast.values() if one.pk != world.ana.pk]
    with clock.turned(timedelta(hours=2)):
        said = copy_of(world.ana).said
    assert MINE in said
    assert THEIRS not in said
    for person in others:
        assert not re.search(rf"\b{person.alias}\b", said), person.alias
    ids = [
        *(one.pk for one in others),
        *Membership.objects.exclude(person=world.ana).values_list("member_id", flat=True),
        *Message.objects.exclude(author=world.ana).values_list("pk", flat=True),
    ]
    assert not [one for one in ids if str(one) in said]


@pytest.mark.parametrize("key", ["ben", "cy", "dana", "eli"])
def test_everybody_finds_their_own_and_none_of_hers(world: World, key: str) -> None:
    lives(world)
    said = copy_of(getattr(world, key)).said
    assert MINE not in said
    assert (THEIRS in said) == (key != "eli")


def test_of_what_was_removed_there_is_only_that_it_was(world: World) -> None:
    mine, hidden = say(world.ana, world.tuesday, f"{MINE} one"), say(world.ana, world.tuesday, f"{MINE} two")
    chat.edit(author=world.ana, message=mine, body=f"{MINE} three")
    chat.remove(person=world.ana, message=mine)
    chat.remove(person=world.cy, message=hidden)
    copy = copy_of(world.ana)
    assert MINE not in copy.said
    removed = [(one["removed"], one["body"]) for one in copy.chapters["messages"]]
    assert removed == [("author", None), ("moderator", None)]


def test_what_was_edited_stands_as_it_is_now(world: World) -> None:
    mine = say(world.ana, world.tuesday, f"{MINE} one")
    chat.edit(author=world.ana, message=mine, body=f"{MINE} two")
    copy = copy_of(world.ana)
    assert f"{MINE} one" not in copy.said
    assert copy.chapters["messages"][0]["body"] == f"{MINE} two"


def test_words_that_wait_for_a_facilitator_are_mine_and_said_to_wait(world: World) -> None:
    membership.hold_room(group=world.tuesday, by=world.dana, held=True)
    say(world.ana, world.tuesday, MINE)
    copy = copy_of(world.ana)
    assert [(one["body"], one["removed"]) for one in copy.chapters["messages"]] == [(MINE, "held")]
    assert "Waiting for a facilitator" in copy.page


def test_my_words_are_mine_though_my_seat_was_taken(world: World) -> None:
    say(world.ana, world.tuesday, MINE)
    membership.unseat(person=world.ana, group=world.tuesday, by=world.cy)
    copy = copy_of(world.ana)
    assert [one["body"] for one in copy.chapters["messages"]] == [MINE]
    assert "taken" not in json.dumps(copy.chapters["rooms"])


def test_why_a_time_ended_and_what_staff_called_me_stay_with_staff(world: World) -> None:
    one = Enrollment.objects.open().of(world.ana.pk).get()
    one.card_name = THEIRS
    one.save()
    programs.withdraw(enrollment=one)
    copy = copy_of(world.ana)
    assert THEIRS not in copy.said
    (mine,) = copy.chapters["programs"]
    assert mine["ended"]
    assert "outcome" not in mine
    assert "withdrawn" not in copy.said


def test_the_page_keeps_lines_and_runs_nothing_that_was_written(world: World) -> None:
    say(world.ana, world.tuesday, "one\ntwo <script>alert(1)</script>")
    page = opened(knocked(world.ana)).page
    assert "one<br>two &lt;script&gt;" in page
    assert "<script" not in page


def test_it_is_read_in_the_language_of_its_person(world: World) -> None:
    people.change(person=world.ana, wanted={"language": "es", "language_of_device": False})
    page = opened(knocked(world.ana)).page
    assert '<html lang="es">' in page
    assert "Nada." in page
    assert "Nothing." not in page


# --- the door --------------------------------------------------------------------------------------------------------


def test_the_page_says_what_is_in_it_and_what_is_not(world: World) -> None:
    page = browser(world.ana).get(PAGE).content.decode()
    for chapter in registers.copies:
        assert str(chapter.title) in page
    assert "Anything somebody else wrote" in page
    assert f'href="{PAGE}"' in browser(world.ana).get("/settings/").content.decode()
    assert f'href="{PAGE}"' in browser(world.ana).get("/my-time/").content.decode()


def test_without_the_password_nothing_leaves_the_house(world: World) -> None:
    answer = knocked(world.ana, "another one")
    assert answer.status_code == 422
    assert "This is not your password" in answer.content.decode()
    problem(Script(world.ana).post(EXPORT, {"password": "another one"}), 422, "mismatch")
    problem(Script(world.ana).post(EXPORT, {}), 422, "required")
    problem(Script(world.ana, ["care", "chat:read"]).post(EXPORT, {"password": PASSWORD}), 403, "scope_missing")
    problem(Script(None).post(EXPORT, {"password": PASSWORD}), 401, "sign_in")
    problem(Script(world.ana).get(EXPORT), 405, "method_not_allowed")
    assert not Notice.objects.of(world.ana.pk).filter(kind=TAKEN).exists()
    assert not AuditEntry.objects.filter(action="data.copied").exists()


def test_its_person_hears_of_it_and_the_chain_knows_that_and_nothing_more(world: World) -> None:
    say(world.ana, world.tuesday, MINE)
    opened(knocked(world.ana))
    assert Notice.objects.of(world.ana.pk).filter(kind=TAKEN, about=None).count() == 1
    entry = AuditEntry.objects.get(action="data.copied")
    assert (entry.actor, entry.subject) == (world.ana.pk, f"person:{world.ana.pk}")
    assert (entry.reason, entry.digest) == ("", "")


def test_the_file_goes_to_the_downloads_under_a_name_that_tells_nothing(world: World) -> None:
    answer = knocked(world.ana)
    day = clock.today(world.ana.zone).isoformat()
    assert answer.headers["Content-Disposition"] == f'attachment; filename="copy-{day}.zip"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]


def test_three_times_a_day_are_enough(world: World, settings: Any) -> None:
    settings.LIMITS = {**settings.LIMITS, "copies": 3}
    for _time in range(3):
        opened(knocked(world.ana))
    assert knocked(world.ana).status_code == 422
    answer = Script(world.ana).post(EXPORT, {"password": PASSWORD})
    problem(answer, 429, "too_many")
    assert int(answer.headers["Retry-After"]) > 0
    assert AuditEntry.objects.filter(action="data.copied").count() == 3


def test_on_a_shared_phone_the_page_says_so_first(world: World) -> None:
    client = browser(world.ana)
    client.post("/phone/", {"only_mine": "0"})
    assert "Others may use this phone too" in client.get(PAGE).content.decode()
    client.post("/phone/", {"only_mine": "1"})
    assert "Others may use this phone too" not in client.get(PAGE).content.decode()


def test_the_clinics_tablet_keeps_no_copy(world: World) -> None:
    given_one(world.ana)
    tablet = browser(world.dana)
    tablet.post("/tablet/")
    tablet.post("/sign-in/", {"login": "ana@porchlight.test", "password": PASSWORD})
    page = tablet.get(PAGE).content.decode()
    assert "Please take your copy on a device of your own" in page
    assert 'type="password"' not in page
    assert tablet.post(PAGE, {"password": PASSWORD}).status_code == 403
    by_script = tablet.post(f"/api/v1/{EXPORT}", {"password": PASSWORD}, content_type="application/json")
    assert (by_script.status_code, by_script.json()["code"]) == (403, "not_allowed")
    assert not AuditEntry.objects.filter(action="data.copied").exists()


# --- for how long ----------------------------------------------------------------------------------------------------


def test_who_is_suspended_may(world: World) -> None:
    suspended(world)
    assert copy_of(world.ben).chapters["messages"]


def leaves(world: World, person: Person) -> None:
    """Somebody's time in every program and room ends now."""
    for episode in Enrollment.objects.open().of(person.pk):
        programs.withdraw(enrollment=episode)
    for seat in Membership.objects.current().of(person.pk).select_related("group"):
        membership.unseat(person=person, group=seat.group, by=person)


def test_it_stays_open_for_90_days_without_a_seat_and_then_looks_like_nothing(world: World) -> None:
    leaves(world, world.ana)
    with clock.turned(STAYS_FOR - DAY):
        opened(knocked(world.ana))
        assert f'href="{PAGE}"' in browser(world.ana).get("/my-time/").content.decode()
    with clock.turned(STAYS_FOR + 2 * DAY):
        client, script = browser(world.ana), Script(world.ana)
        nowhere, gone = client.get("/settings/nothing/"), client.get(PAGE)
        assert (gone.status_code, gone.content) == (404, nowhere.content)
        assert client.post(PAGE, {"password": PASSWORD}).status_code == 404
        problem(script.post(EXPORT, {"password": PASSWORD}), 404, "not_found")
        problem(script.post(EXPORT, {}), 404, "not_found")
        for path in ("/settings/", "/my-time/"):
            assert PAGE not in client.get(path).content.decode()


def test_a_seat_among_alumni_keeps_it_open(world: World) -> None:
    with clock.turned(STAYS_FOR + 30 * DAY):
        assert not Enrollment.objects.open().of(world.ben.pk).exists()
        assert may_copy(world.ben, None)


def test_who_never_had_a_seat_may_for_90_days_after_they_came(world: World) -> None:
    fay = people.create(alias="Fay", password=PASSWORD)
    assert opened(browser(fay).post(PAGE, {"password": PASSWORD})).chapters["me"][0]["alias"] == "Fay"
    with clock.turned(STAYS_FOR + DAY):
        assert not may_copy(fay, None)


def test_nobody_gets_the_copy_of_who_has_died(world: World) -> None:
    Person.objects.filter(pk=world.ana.pk).update(closed=clock.now())
    world.ana.refresh_from_db()
    assert not may_copy(world.ana, None)


# --- how it is made --------------------------------------------------------------------------------------------------


def asks(person: Person) -> int:
    """How many questions of the database one pass costs."""
    with CaptureQueriesContext(connection) as found:
        list(as_json(person))
    return len(found)


def test_more_words_cost_no_more_questions(world: World) -> None:
    lives(world)
    few = asks(world.ana)
    for number in range(30):
        say(world.ana, world.tuesday, words(MINE, number))
    assert asks(world.ana) == few <= 40


def test_many_rows_are_asked_for_a_few_hundred_at_a_time(world: World) -> None:
    for number in range(7):
        say(world.ana, world.tuesday, words(MINE, number))
    rows = Message.objects.filter(author=world.ana).order_by("position")
    with CaptureQueriesContext(connection) as found:
        assert list(in_pages(rows, 3)) == list(rows)
    assert len(found) == 4
    assert ROWS <= 1000


def test_no_piece_that_is_sent_is_large_however_much_there_is(world: World) -> None:
    body = "".join(chr(0x4E00 + number) for number in range(4000))
    first = say(world.ana, world.tuesday, body)
    many = [
        Message(
            group=world.tuesday, author=world.ana, seat=first.seat, body=body, created=clock.now(), key=uuid4(),
            position=first.position + number, version=first.version + number, digest="",
        )
        for number in range(1, 200)
    ]  # fmt: skip
    Message.objects.bulk_create(many)
    sent = [len(piece) for piece in gathered(as_json(world.ana))]
    assert sum(sent) > 30 * PIECE
    assert max(sent) <= 2 * PIECE
    assert max(len(piece) for piece in as_archive(world.ana)) <= 3 * PIECE
    assert sum(len(piece) for piece in as_page(world.ana)) > 30 * PIECE


async def test_on_a_loop_pieces_are_sent_as_they_are_made() -> None:
    made: list[int] = []

    def pieces() -> Any:
        for number in range(3):
            made.append(number)
            yield b"x"

    answer = streamed(AsyncRequestFactory().get("/"), pieces(), "text/plain")
    assert answer.is_async
    left = aiter(answer)
    assert await anext(left) == b"x"
    assert made == [0]
    assert [part async for part in left] == [b"x", b"x"]


@pytest.mark.django_db(transaction=True)
async def test_where_pages_are_served_on_a_loop_the_same_file_comes_whole(world: World) -> None:
    await database_sync_to_async(say)(world.ana, world.tuesday, MINE)
    await database_sync_to_async(given_one)(world.ana)
    client = AsyncClient()
    await client.aforce_login(world.ana)
    answer: Any = await client.post(PAGE, {"password": PASSWORD}, headers={"Accept-Encoding": "gzip"})
    assert answer.is_async
    sent = b"".join([part async for part in answer])
    if answer.headers.get("Content-Encoding") == "gzip":
        sent = gzip.decompress(sent)
    with zipfile.ZipFile(io.BytesIO(sent)) as archive:
        assert MINE in archive.read("copy.html").decode()
        assert MINE in archive.read("copy.json").decode()
    noted = AuditEntry.objects.filter(action="data.copied")
    assert await database_sync_to_async(noted.count)() == 1

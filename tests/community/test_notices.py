"""A word to somebody who is away: said once, neutral, theirs alone, seen when they say so."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from community.foundation import clock, registers
from community.foundation.errors import Invalid, Missing
from community.foundation.events import afterwards
from community.foundation.registers import NoticeKind
from community.foundation.telling import telling_words
from community.foundation.upkeep import keep_up
from community.notices import services as notices
from community.notices.events import NoticesSeen, NoticeWritten
from community.notices.models import Inbox, Notice
from community.notices.rules import notice_of
from community.notices.serializers import link_of, text_of
from community.people import services as people
from community.people.models import Person
from groups.chat import services as chat
from groups.demo.services import World
from groups.membership import services as membership
from tests.conftest import Told
from tests.doors import Script, browser, problem, say

ROOM, PASSWORD = "words_released", "password_changed"


def told_ana(world: World, times: int = 1) -> list[Notice]:
    return [notices.tell(person=world.ana, notice=ROOM, about=uuid4()) for _time in range(times)]


# --- telling ---------------------------------------------------------------------------------------------------------


def test_a_word_that_waits_is_said_again_with_its_new_date_above_the_others(world: World) -> None:
    first, other = told_ana(world, 2)
    with clock.turned(timedelta(days=3)):
        again = notices.tell(person=world.ana, notice=ROOM, about=first.about)
    assert (again.pk, again.seen) == (first.pk, None)
    assert again.created >= first.created + timedelta(days=3)
    assert list(Notice.objects.of(world.ana.pk).newest_first()) == [again, other]
    assert Inbox.objects.counted(world.ana.pk) == {"version": 4, "unseen": 2}
    assert list(Notice.objects.of(world.ana.pk).changed_since(2)) == [again]


def test_a_page_that_showed_it_before_does_not_mark_it_seen(world: World) -> None:
    (first,) = told_ana(world)
    again = notices.tell(person=world.ana, notice=ROOM, about=first.about)
    notices.see_all(person=world.ana, number=first.number)
    assert world.ana.notices.unseen().get() == again


def test_the_same_word_waits_once_however_often_it_is_told(world: World) -> None:
    first = notices.tell(person=world.ana, notice=ROOM, about=world.tuesday.pk)
    assert notices.tell(person=world.ana, notice=ROOM, about=world.tuesday.pk) == first
    assert notices.tell(person=world.ana, notice=ROOM, about=world.harbor.pk) != first
    assert notices.tell(person=world.ben, notice=ROOM, about=world.tuesday.pk) != first
    assert world.ana.notices.count() == 2


def test_a_word_that_was_seen_may_be_said_again(world: World) -> None:
    (first,) = told_ana(world)
    notices.see(person=world.ana, notice=first)
    again = notices.tell(person=world.ana, notice=ROOM, about=first.about)
    assert (again.number, world.ana.notices.unseen().get()) == (3, again)


def test_a_kind_that_nobody_handed_in_is_told_to_nobody(world: World) -> None:
    with pytest.raises(LookupError):
        notices.tell(person=world.ana, notice="no_such_kind")
    assert not Inbox.objects.filter(person=world.ana).exists()


def test_what_is_published_counts_up_and_holds_ids(world: World, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[object] = []
    monkeypatch.setattr("community.foundation.events._afterwards", {NoticeWritten: [], NoticesSeen: []})
    afterwards(NoticeWritten, heard.append)
    afterwards(NoticesSeen, heard.append)
    with told():
        first, second = told_ana(world, 2)
        notices.tell(person=world.ana, notice=ROOM, about=second.about)
        notices.see_all(person=world.ana, number=3)
        notices.see_all(person=world.ana, number=3)
    assert heard == [
        NoticeWritten(notice_id=first.pk, person_id=world.ana.pk, version=1, again=False),
        NoticeWritten(notice_id=second.pk, person_id=world.ana.pk, version=2, again=False),
        NoticeWritten(notice_id=second.pk, person_id=world.ana.pk, version=4, again=True),
        NoticesSeen(notice_ids=heard[3].notice_ids, person_id=world.ana.pk, version=5),  # type: ignore[attr-defined]  # its own
    ]
    assert set(heard[3].notice_ids) == {first.pk, second.pk}  # type: ignore[attr-defined]  # as above


def test_another_password_is_told_to_who_signs_in_with_it(world: World) -> None:
    people.set_password(person=world.ana, password="a good long one")
    assert world.ana.notices.get().kind == PASSWORD


def test_who_waited_is_told_that_their_words_stand(world: World) -> None:
    membership.hold_room(group=world.tuesday, by=world.dana, held=True)
    message = say(world.ana, world.tuesday)
    chat.release(person=world.dana, message=message)
    assert (world.ana.notices.get().kind, world.ana.notices.get().about) == (ROOM, world.tuesday.pk)
    assert link_of(world.ana.notices.get()) == f"/groups/{world.tuesday.pk}/"


# --- what it says ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", registers.notices.names())
def test_what_a_page_says_above_itself_tells_nobody_what_this_is(kind: str, language: str) -> None:
    with translation.override(language):
        said = text_of(Notice(kind=kind))
    inside = {"group", "grupo", "salud"}  # what a room is called in the house; "saludó" is a greeting
    assert not set(telling_words(said)) - inside
    assert 10 < len(said) < 120


def test_every_kind_is_said_in_both_languages() -> None:
    for name, kind in registers.notices.items():
        with translation.override("es"):
            spanish = str(kind.says)
        with translation.override("en"):
            assert str(kind.says) != spanish, name


def test_a_kind_of_another_version_is_shown_as_an_update(world: World) -> None:
    strange = Notice(person=world.ana, kind="of_tomorrow", about=uuid4())
    assert (text_of(strange), link_of(strange)) == ("You have an update.", None)


def test_a_page_that_moved_leaves_the_word(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    (notice,) = told_ana(world)
    kept = {ROOM: NoticeKind(says="A word.", link="no_such_page", takes="group_id")}
    monkeypatch.setattr(registers.notices, "_kept", kept)
    assert (text_of(notice), link_of(notice)) == ("A word.", None)


# --- seeing ----------------------------------------------------------------------------------------------------------


def test_a_word_is_its_persons_alone(world: World) -> None:
    (notice,) = told_ana(world)
    assert notice_of(world.ana, notice.pk) == notice
    with pytest.raises(Missing):
        notice_of(world.ben, notice.pk)


def test_seeing_again_changes_nothing(world: World) -> None:
    (notice,) = told_ana(world)
    notices.see(person=world.ana, notice=notice)
    before = world.ana.notices.values_list().get()
    with clock.turned(timedelta(hours=1)):
        notices.see(person=world.ana, notice=notice)
    assert world.ana.notices.values_list().get() == before


def test_a_word_about_what_is_settled_counts_as_seen_and_no_other_does(world: World) -> None:
    first, second = told_ana(world, 2)
    assert first.about
    notices.settle(person=world.ana, notice=ROOM, about=first.about)
    notices.settle(person=world.ana, notice=PASSWORD, about=second.about or uuid4())
    assert world.ana.notices.unseen().get() == second


def test_what_came_after_the_page_was_made_stays_new(world: World) -> None:
    told_ana(world, 2)
    told_ana(world)
    notices.see_all(person=world.ana, number=2)
    assert [one.number for one in world.ana.notices.unseen()] == [3]


@pytest.mark.parametrize("number", [-1, 4, "2", True, None, 1.5])
def test_a_number_that_is_none_is_refused(world: World, number: object) -> None:
    told_ana(world, 3)
    with pytest.raises(Invalid):
        notices.see_all(person=world.ana, number=number)
    assert world.ana.notices.unseen().count() == 3


def test_seen_words_are_forgotten_after_90_days_and_unseen_ones_wait(world: World) -> None:
    seen, waits = told_ana(world, 2)
    notices.see(person=world.ana, notice=seen)
    name = "notices: forget what was seen 90 days ago"
    keep_up()  # what others saw long ago
    with clock.turned(timedelta(days=89)):
        assert keep_up()[name] == 0
    with clock.turned(timedelta(days=91)):
        assert (keep_up()[name], keep_up()[name]) == (1, 0)
    assert [one.pk for one in world.ana.notices.filter(pk__in=[seen.pk, waits.pk])] == [waits.pk]


# --- by page ---------------------------------------------------------------------------------------------------------


def shown(person: Person, query: str = "") -> str:
    answer = browser(person).get(f"/notices/{query}")
    assert answer.status_code == 200
    return answer.content.decode().split("<template")[0]


def test_nothing_new_says_so_and_counts_nothing(world: World) -> None:
    page = shown(world.ana)
    assert "Nothing new" in page
    assert page.count('data-count="notices" hidden') == 3  # the rail, the tab and what it opens
    assert "Mark all as seen" not in page


def test_new_words_stand_on_their_page_and_are_counted_on_every_other(world: World) -> None:
    told_ana(world, 2)
    assert shown(world.ana).count("What you wrote is in your room now.") == 2
    assert browser(world.ana).get("/groups/").content.decode().count("data-count-number>2<") == 3
    assert "Nothing new" in shown(world.cy)


def test_opening_a_word_goes_where_the_rest_is_and_makes_it_seen(world: World) -> None:
    notice = notices.tell(person=world.ana, notice=ROOM, about=world.tuesday.pk)
    answer = browser(world.ana).post(f"/notices/{notice.pk}/open/")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/groups/{world.tuesday.pk}/")
    assert world.ana.notices.get().seen


def test_a_word_without_a_page_leads_back_to_all_of_them(world: World) -> None:
    notice = notices.tell(person=world.ana, notice=PASSWORD)
    assert browser(world.ana).post(f"/notices/{notice.pk}/open/").headers["Location"] == "/notices/"


def test_looking_is_not_seeing(world: World) -> None:
    (notice,) = told_ana(world)
    client = browser(world.ana)
    for path in ("/notices/", f"/notices/{notice.pk}/open/", "/notices/seen/"):
        client.get(path)
    assert world.ana.notices.get().seen is None


def test_all_are_marked_as_seen_at_once(world: World) -> None:
    told_ana(world, 3)
    client = browser(world.ana)
    assert client.post("/notices/seen/", {"number": "3"}).headers["Location"] == "/notices/"
    assert not world.ana.notices.unseen().exists()
    assert "Mark all as seen" not in shown(world.ana)


@pytest.mark.parametrize("number", ["", "x", "-1", "9", "1" * 40, "1" * 5000, "\u0663"])
def test_a_form_with_a_number_that_is_none_is_refused_kindly(world: World, number: str) -> None:
    told_ana(world)
    assert browser(world.ana).post("/notices/seen/", {"number": number}).status_code == 422
    assert world.ana.notices.unseen().exists()


def test_older_words_are_a_link_away(world: World) -> None:
    told_ana(world, 32)
    page, older = shown(world.ana), shown(world.ana, "?before=3")
    assert "?before=3" in page
    assert (page.count("<time"), older.count("<time")) == (30, 2)
    assert "Back to the newest updates" in older
    assert shown(world.ana, "?before=nonsense").count("<time") == 30


def test_the_page_costs_the_same_however_long(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = browser(world.ana)
    for times in (1, 29):
        told_ana(world, times)
        with django_assert_num_queries(5):  # session, person, words, inbox, groups beside it
            client.get("/notices/")


def test_a_page_in_spanish_says_it_in_spanish(world: World) -> None:
    notices.tell(person=world.ana, notice=PASSWORD)
    said = browser(world.ana).get("/notices/", headers={"Accept-Language": "es"}).content.decode()
    assert "contraseña" in said


# --- by REST ---------------------------------------------------------------------------------------------------------


def test_a_script_reads_them_newest_first_in_its_persons_language(world: World) -> None:
    people.change(person=world.ana, wanted={"language": "es"})
    notice = notices.tell(person=world.ana, notice=ROOM, about=world.tuesday.pk)
    notices.tell(person=world.ana, notice=PASSWORD)
    found = Script(world.ana).get("notices").json()
    assert [one["kind"] for one in found["results"]] == [PASSWORD, ROOM]
    assert found["results"][1] == {
        "id": str(notice.pk),
        "number": 1,
        "version": 1,
        "kind": ROOM,
        "text": found["results"][1]["text"],
        "link": f"/groups/{world.tuesday.pk}/",
        "created": clock.moment(notice.created),
        "seen": None,
    }
    assert "sala" in found["results"][1]["text"]
    assert Script(world.ana).get(f"notices/{notice.pk}").json() == found["results"][1]


def test_pages_go_down_by_next_and_up_by_previous(world: World) -> None:
    told_ana(world, 7)
    script, down, up = Script(world.ana), [], []
    path = "/api/v1/notices?limit=3"
    while path:
        page = script.get(path).json()
        down.append([one["number"] for one in page["results"]])
        last, path = path, page["next"]
    while last:
        page = script.get(last).json()
        up.append([one["number"] for one in page["results"]])
        last = page["previous"]
    assert down == [[7, 6, 5], [4, 3, 2], [1]]
    assert [number for page in reversed(up) for number in page] == [7, 6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize("query", ["limit=0", "before=x", "before=1&after=1", "seen=1", "before=-1", "after=1&after=2"])
def test_a_question_that_is_none_is_refused(world: World, query: str) -> None:
    assert Script(world.ana).get(f"notices?{query}").status_code == 422


def test_a_script_says_what_was_seen(world: World) -> None:
    first, second, third = told_ana(world, 3)
    script = Script(world.ana)
    assert script.put(f"notices/{third.pk}/seen").status_code == 204
    assert script.put("notices/seen", {"number": 1}).status_code == 204
    assert [one.pk for one in world.ana.notices.unseen()] == [second.pk]
    assert script.get(f"notices/{first.pk}").json()["seen"]


@pytest.mark.parametrize(
    "body", [{}, {"number": "1"}, {"number": True}, {"number": -1}, {"number": 99}, {"number": 1, "more": 1}]
)
def test_a_body_that_is_none_is_refused(world: World, body: dict[str, object]) -> None:
    told_ana(world)
    assert Script(world.ana).put("notices/seen", body).status_code == 422
    assert world.ana.notices.unseen().exists()


def test_other_scopes_are_not_enough(world: World) -> None:
    (notice,) = told_ana(world)
    script = Script(world.ana, ["chat:read", "chat:write"])
    for asked in (script.get("notices"), script.get(f"notices/{notice.pk}"), script.put(f"notices/{notice.pk}/seen")):
        problem(asked, 403, "scope_missing")


def test_the_list_costs_the_same_however_long(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    script = Script(world.ana)
    told_ana(world, 40)
    script.get("notices")
    with django_assert_num_queries(2):  # token, rows
        script.get("notices")

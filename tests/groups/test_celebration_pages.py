"""Choosing who sees a milestone, by page and by REST; the card in the room by every door; the administrator's page."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command

from community.foundation import clock
from community.people import services as people
from community.programs import services as programs
from groups.celebrations import services as celebrations
from groups.celebrations.models import Celebration, Pulse, State
from groups.celebrations.tasks import look_at_due
from groups.chat import services as chat
from groups.chat.models import Message, Removed
from groups.demo.services import World
from groups.membership import services as membership
from groups.moderation.plans import Action
from tests.doors import MESSAGE, Script, browser, problem, say
from tests.groups.days import DAY, _early, focus_of, it_is, question  # noqa: F401 - the hour of every test
from tests.groups.reports import decided, told_of
from tests.groups.test_celebrations import many, posted

PAGE_QUERIES, WEEK_QUERIES = 16, 13


def page(person: Any, path: str) -> str:
    answer = browser(person).get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


# --- pages -----------------------------------------------------------------------------------------------------------


def test_today_asks_and_leads_to_the_choice(world: World) -> None:
    one = question(world.ana)
    html = page(world.ana, "/today/")
    assert "Tomorrow: 30 days" in html
    assert f"/celebrations/{one.pk}/" in html
    assert "Tomorrow: 30 days" not in page(world.ben, "/today/")


def test_no_group_is_ticked_and_the_ones_of_others_are_not_named(world: World) -> None:
    html = page(world.ana, f"/celebrations/{question(world.ana).pk}/")
    assert "Tuesday evening group" in html
    assert "checked" not in html
    assert "Harbor" not in html


def test_the_card_is_shown_before_anything_is_saved(world: World) -> None:
    one = question(world.ana)
    sent = {"words": "I am <so> glad.", "groups": [str(world.tuesday.pk)], "preview": "1"}
    html = browser(world.ana).post(f"/celebrations/{one.pk}/", sent).content.decode()
    assert "Ana has 30 days" in html
    assert "I am &lt;so&gt; glad." in html
    one.refresh_from_db()
    assert (one.state, one.words) == (State.ASKED, "")


def test_a_yes_by_page_without_a_script(world: World) -> None:
    one = question(world.ana)
    sent = {"words": "Thank you.", "groups": [str(world.tuesday.pk)]}
    assert browser(world.ana).post(f"/celebrations/{one.pk}/", sent).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.words) == (State.YES, "Thank you.")


@pytest.mark.parametrize("sent", [{"groups": []}, {"groups": ["nothing"]}, {"words": "a" * 301, "groups": "own"}])
def test_what_is_wrong_is_said_beside_it_and_what_was_typed_stays(world: World, sent: dict[str, Any]) -> None:
    one = question(world.ana)
    if sent["groups"] == "own":
        sent = {**sent, "groups": [str(world.tuesday.pk)]}
    answer = browser(world.ana).post(f"/celebrations/{one.pk}/", {"words": "Stays.", **sent})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "field-error" in html
    assert sent.get("words", "Stays.") in html


def test_not_this_time_and_taking_back_by_page(world: World) -> None:
    one = question(world.ana)
    assert browser(world.ana).post(f"/celebrations/{one.pk}/not-this-time/").status_code == 302
    one.refresh_from_db()
    assert one.state == State.NOT_THIS_TIME
    assert "Tomorrow: 30 days" not in page(world.ana, "/today/")


def test_what_was_shared_is_taken_back_by_page_and_cannot_be_declined(world: World) -> None:
    one, card = posted(world)
    client = browser(world.ana)
    assert client.post(f"/celebrations/{one.pk}/not-this-time/").status_code == 302
    assert Message.objects.filter(pk=card.pk, body__startswith="Ana has").exists()
    assert "You shared this with Tuesday evening group." in client.get(f"/celebrations/{one.pk}/").content.decode()
    assert client.post(f"/celebrations/{one.pk}/take-back/").status_code == 302
    card.refresh_from_db()
    assert card.body is None
    assert "You took this back." in client.get(f"/my-path/{focus_of(world.ana).pk}/sharing/").content.decode()


def test_a_card_that_was_hidden_in_the_room_is_not_said_to_be_taken_back(world: World) -> None:
    one, card = posted(world)
    chat.remove(person=world.cy, message=card)
    for path in (f"/celebrations/{one.pk}/", f"/my-path/{focus_of(world.ana).pk}/sharing/"):
        shown = page(world.ana, path)
        assert "It was taken out of the room." in shown
        assert "You took this back." not in shown


def test_who_stands_in_the_line_that_many_share_reads_that_it_is_no_card(world: World) -> None:
    rows = many(world, 4)
    with it_is(world.ana, 1):
        look_at_due()
        said = [page(one.person, f"/celebrations/{one.pk}/") for one in rows]
    assert sum("your name stands in one line with others" in one for one in said) == 1


def test_a_standing_yes_by_page(world: World) -> None:
    focus = world.ana.focuses.get()
    where = f"/my-path/{focus.pk}/sharing/"
    assert where in page(world.ana, "/my-path/")
    tuesday = {"sharing": "group", "groups": [str(world.tuesday.pk)]}
    assert browser(world.ana).post(where, tuesday).status_code == 302
    run = focus.runs.get()
    assert run.standing.get().group == world.tuesday
    assert not run.watch.asks
    harbor = {"sharing": "group", "groups": [str(world.harbor.pk)], "asks": "on"}
    assert browser(world.ana).post(where, harbor).status_code == 422
    assert run.standing.count() == 1


def test_the_page_of_sharing_costs_the_same_with_many(world: World, django_assert_max_num_queries: Any) -> None:
    run = world.ana.focuses.get().runs.get()
    for code in ("d30", "d60", "d90", "m6"):
        run.celebrations.create(person=world.ana, code=code, due=clock.today("UTC"), created=clock.now())
    client = browser(world.ana)
    with django_assert_max_num_queries(PAGE_QUERIES):
        client.get(f"/my-path/{run.focus_id}/sharing/")


def test_who_is_suspended_finds_what_they_shared_and_takes_it_back_as_ever(world: World) -> None:
    one, card = posted(world)
    decided(world, told_of(world.ben, say(world.ana, world.tuesday, "You are nothing.")), Action.SUSPEND, amount=24)
    client, path = browser(world.ana), f"/celebrations/{one.pk}/"
    assert path in client.get(f"/my-path/{focus_of(world.ana).pk}/sharing/").content.decode()
    assert "Take it back" in client.get(path).content.decode()
    assert client.post(f"{path}take-back/").status_code == 302
    one.refresh_from_db()
    card.refresh_from_db()
    assert (one.state, card.removed) == (State.WITHDRAWN, Removed.AUTHOR)


# --- in the room -----------------------------------------------------------------------------------------------------


def test_the_room_shows_the_card_and_a_reader_hears_it_whole(world: World) -> None:
    posted(world, words="Mine.")
    html = page(world.ben, f"/groups/{world.tuesday.pk}/")
    assert '<p class="feast-title" data-title dir="auto">Ana has 30 days</p>' in html
    assert "medal chip-fern" in html
    assert html.count("Ana has 30 days") == 3  # the row; and for the script its body and title


def test_the_card_is_one_message_on_rest(world: World) -> None:
    _one, card = posted(world)
    (found,) = [
        row
        for row in Script(world.ben).get(f"groups/{world.tuesday.pk}/messages").json()["results"]
        if row["kind"] == "celebration"
    ]
    assert set(found) == MESSAGE | {"celebration"}
    assert found["id"] == str(card.pk)
    assert found["body"] == "Ana has 30 days\nMine."
    assert found["celebration"] == {
        "title": "Ana has 30 days", "code": "d30", "label": "30 days", "number": "30", "unit": "DAYS",
        "rim": "ONE DAY AT A TIME · ONE DAY AT A TIME · ", "color": "fern", "drawing": "sprout",
    }  # fmt: skip


def test_a_card_that_was_taken_back_holds_nothing_by_any_door(world: World) -> None:
    one, _card = posted(world, words="Mine.")
    celebrations.withdraw(person=world.ana, celebration=one)
    (found,) = [
        row
        for row in Script(world.ben).get(f"groups/{world.tuesday.pk}/messages").json()["results"]
        if row["kind"] == "celebration"
    ]
    assert (found["body"], found["celebration"]) == (None, None)
    assert "30 days" not in page(world.ben, f"/groups/{world.tuesday.pk}/")


def test_it_is_said_in_the_language_of_the_program(world: World) -> None:
    world.evening.language = "es"
    world.evening.save(update_fields=["language"])
    _one, card = posted(world)
    assert card.body == "Ana lleva 30 días\nMine."


# --- this week in your groups ----------------------------------------------------------------------------------------


def test_the_week_shows_the_cards_of_ones_own_rooms_for_seven_days(world: World) -> None:
    posted(world, words="Mine.")
    with it_is(world.ana, 1):
        html = page(world.ben, "/my-path/")
        assert "Ana has 30 days" in html
        assert "Mine." in html
        assert "Ana has 30 days" not in page(world.eli, "/my-path/")
    with it_is(world.ana, 9):
        assert "Ana has 30 days" not in page(world.ben, "/my-path/")


def test_what_was_taken_back_or_is_of_somebody_one_blocked_is_not_in_the_week(world: World) -> None:
    one, _card = posted(world)
    people.block(person=world.ben, other=world.ana)
    with it_is(world.ana, 1):
        assert "Ana has" not in page(world.ben, "/my-path/")
        assert "Ana has" in page(world.cy, "/my-path/")
        celebrations.withdraw(person=world.ana, celebration=one)
        assert "Ana has" not in page(world.cy, "/my-path/")


def test_with_you_names_who_says_it_without_a_number_and_goes_back(world: World) -> None:
    _one, card = posted(world)
    where = f"/groups/{world.tuesday.pk}/celebrations/{card.pk}/with-you/"
    with it_is(world.ana, 1):
        assert browser(world.ben).post(where, {"give": "1"}).status_code == 302
        assert "They are with you: Ben." in page(world.ana, "/my-path/")
        assert "With Ana: You." in page(world.ben, "/my-path/")
        assert browser(world.ben).post(where, {"back": "1"}).status_code == 302
        assert "They are with you" not in page(world.ana, "/my-path/")


def test_with_you_is_for_celebrations_and_for_who_is_in_the_room(world: World) -> None:
    _one, card = posted(world)
    plain = say(world.cy, world.tuesday)
    for person, message in ((world.ben, plain), (world.eli, card)):
        where = f"/groups/{world.tuesday.pk}/celebrations/{message.pk}/with-you/"
        assert browser(person).post(where, {"give": "1"}).status_code == 404


def test_the_week_costs_the_same_with_many_cards(world: World, django_assert_max_num_queries: Any) -> None:
    many(world, 3)
    with it_is(world.ana, 1):
        look_at_due()
        client = browser(world.ben)
        with django_assert_max_num_queries(WEEK_QUERIES):
            assert client.get("/my-path/").content.decode().count("wall-card") == 2  # and one stands large


def test_paper_falls_for_its_owner_alone(world: World) -> None:
    one, _card = posted(world, words="Mine.")
    html = page(world.ana, f"/celebrations/{one.pk}/")
    assert "scatter" in html
    assert "Mine." in html
    assert "scatter" not in page(world.ben, f"/groups/{world.tuesday.pk}/")


# --- REST ------------------------------------------------------------------------------------------------------------


def test_asked_answered_and_taken_back_over_rest(world: World) -> None:
    one, ana = question(world.ana), Script(world.ana)
    (listed,) = ana.get("celebrations").json()["results"]
    assert (listed["id"], listed["state"], listed["code"], listed["groups"]) == (str(one.pk), "asked", "d30", [])
    said = {"answer": "yes", "groups": [str(world.tuesday.pk)], "words": "Mine."}
    answered = ana.put(f"celebrations/{one.pk}/answer", said).json()
    assert (answered["state"], answered["words"], answered["groups"]) == ("yes", "Mine.", said["groups"])
    with it_is(world.ana, 1):
        look_at_due()
    told = ana.get(f"celebrations/{one.pk}").json()
    assert (told["state"], told["words"]) == ("posted", "")
    problem(ana.put(f"celebrations/{one.pk}/answer", {"answer": "not_now"}), 409, "shared")
    assert ana.delete(f"celebrations/{one.pk}").json()["state"] == "withdrawn"
    assert ana.delete(f"celebrations/{one.pk}").status_code == 200


@pytest.mark.parametrize(
    "body",
    [{}, {"answer": "maybe"}, {"answer": "yes"}, {"answer": "yes", "groups": ["x"]}, {"answer": "yes", "more": 1}],
)
def test_an_answer_that_is_none_is_refused_and_changes_nothing(world: World, body: dict[str, Any]) -> None:
    one = question(world.ana)
    assert Script(world.ana).put(f"celebrations/{one.pk}/answer", body).status_code == 422
    one.refresh_from_db()
    assert one.state == State.ASKED


def test_the_standing_yes_over_rest(world: World) -> None:
    focus, ana = world.ana.focuses.get(), Script(world.ana)
    path = f"milestones/{focus.pk}/sharing"
    assert ana.get(path).json() == {"sharing": "private", "groups": [], "asks": True}
    wanted = {"sharing": "group", "groups": [str(world.tuesday.pk)], "asks": False}
    assert ana.put(path, wanted).json() == wanted
    assert ana.put(path, {"groups": [str(world.staff.pk)]}).status_code == 422
    assert ana.get(path).json() == wanted


def test_a_token_without_care_reads_nothing_of_it(world: World) -> None:
    problem(Script(world.ana, scopes=["chat:read"]).get("celebrations"), 403, "scope_missing")


def test_where_no_days_are_counted_every_door_is_closed(world: World) -> None:
    one = question(world.ana)
    focus = world.ana.focuses.get()
    for episode in world.ana.enrollments.open():
        programs.withdraw(enrollment=episode)
    programs.enroll(person=world.ana, cohort=world.mornings)
    row = Celebration.objects.create(person=world.ana, run=one.run, code="d30", due=one.due, created=clock.now())
    assert Script(world.ana).get("celebrations").json() == {"results": []}
    for path in (f"celebrations/{row.pk}", f"milestones/{focus.pk}/sharing"):
        problem(Script(world.ana).get(path), 404, "not_found")
    for path in (f"/celebrations/{row.pk}/", f"/my-path/{focus.pk}/sharing/"):
        assert browser(world.ana).get(path).status_code == 404
    assert "30 days" not in page(world.ana, "/today/")


# --- who runs the organization ---------------------------------------------------------------------------------------


def test_an_administrator_finds_that_it_stands_still_and_says_go_on(world: World) -> None:
    admin = people.create(alias="Ada")
    programs.appoint(person=admin, program=None, role="administrator")
    assert "Nothing was looked at yet" in page(admin, "/desk/celebrations/")
    Pulse.objects.create(pk=1, last=clock.now() - 3 * DAY, stopped=clock.now(), why=Pulse.Why.JUMP)
    assert "/desk/celebrations/" in page(admin, "/desk/")
    assert "jumped" in page(admin, "/desk/celebrations/")
    assert browser(admin).post("/desk/celebrations/").status_code == 302
    assert Pulse.objects.get().stopped is None


@pytest.mark.parametrize("minutes", [None, 0, 60])
def test_an_administrator_always_finds_the_way_to_it_at_the_desk_and_nobody_else(
    world: World, minutes: int | None
) -> None:
    admin = people.create(alias="Ada")
    programs.appoint(person=admin, program=None, role="administrator")
    if minutes is not None:
        Pulse.objects.create(pk=1, last=clock.now() - timedelta(minutes=minutes))
    assert "How celebrations are doing" in page(admin, "/desk/")
    assert 'href="/desk/celebrations/"' not in page(world.dana, "/desk/")
    people.change(person=admin, wanted={"language": "es"})
    assert "Cómo van las celebraciones" in page(admin, "/desk/")


def test_nobody_else_finds_the_page_of_the_scan(world: World) -> None:
    for person in (world.ana, world.cy, world.dana, world.eli):
        assert browser(person).get("/desk/celebrations/").status_code == 404
        assert browser(person).post("/desk/celebrations/").status_code == 404


def test_the_command_says_how_it_stands_and_goes_on(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("celebrations")
    Pulse.objects.create(pk=1, last=clock.now())
    call_command("celebrations")
    call_command("celebrations", "--continue")
    Pulse.objects.update(stopped=clock.now(), why=Pulse.Why.APART)
    call_command("celebrations")
    call_command("celebrations", "--continue")
    said = capsys.readouterr().out
    for words in ("has never run", "last ran at", "do not stand still", "stand still since", "They go on."):
        assert words in said
    assert Pulse.objects.get().stopped is None


def test_who_left_the_room_reads_none_that_came_later(world: World) -> None:
    membership.unseat(person=world.ben, group=world.tuesday, by=world.ben)
    posted(world)
    rows = Script(world.ben).get(f"groups/{world.tuesday.pk}/messages").json()["results"]
    assert "celebration" not in {row["kind"] for row in rows}

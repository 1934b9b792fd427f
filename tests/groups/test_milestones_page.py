"""The page of milestones: the newest that somebody shared today, one's own path, and the week; all of it calm."""

import re
from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.foundation import clock
from community.milestones import services as milestones
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.safety import services as safety
from community.safety.models import Sign
from groups.celebrations import services as celebrations
from groups.celebrations.models import Celebration
from groups.celebrations.tasks import look_at_due
from groups.chat import services as chat
from groups.chat.models import Message
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.services import rooms
from tests.doors import browser
from tests.groups.days import _early, it_is, says_yes  # noqa: F401 - the hour of every test
from tests.groups.test_celebrations import many, posted
from tests.groups.test_quiet_in_danger import cries
from tests.groups.test_suspensions import suspended

HERS = "Ana has 30 days"
HERO = 'class="hero"'
FOLDED = 'class="wall-fold"'
QUESTIONS = 12  # and one more for who is met by somebody's day


def page(person: Person) -> str:
    answer = browser(person).get("/my-path/")
    assert answer.status_code == 200
    return answer.content.decode().split("<main", 1)[1].split("</main", 1)[0]


def hero(person: Person) -> str:
    """What stands large; empty: nothing does."""
    shown = page(person)
    return shown.split(HERO, 1)[1].split("</section>", 1)[0] if HERO in shown else ""


def wished(shown: str) -> dict[str, str]:
    """What "Congratulate" would send."""
    return dict(re.findall(r'<input type="hidden" name="(key|reply_to|body)" value="([^"]*)">', shown))


def wish_of(person: Person, world: World) -> list[str | None]:
    said = Message.objects.of(world.tuesday.pk).filter(author=person, body__startswith="Congratulations")
    return list(said.values_list("body", flat=True))


# --- today -----------------------------------------------------------------------------------------------------------


def test_the_newest_of_today_stands_large_above_the_path_and_the_week_below(world: World) -> None:
    _one, card = posted(world, words="I am <so> glad.")
    with it_is(world.ana, 1):
        chat.react(person=world.cy, message=card, name="with_you")
        shown, large = page(world.ben), hero(world.ben)
    for said in (HERS, "Today in Tuesday evening group", "I am &lt;so&gt; glad.", "medal chip-fern", "With Ana: Cy."):
        assert said in large, said
    assert "Ana chose to share this with this room." in large
    assert shown.index("<h1") < shown.index(HERO) < shown.index('id="path"')
    assert shown.count(f">{HERS}<") == 1


def test_the_others_of_today_and_of_the_week_stand_below_the_path(world: World) -> None:
    many(world, 3)
    with it_is(world.ana, 1):
        look_at_due()
        shown = page(world.ben)
    newest = Message.objects.filter(kind="celebration").order_by("-created", "pk")[0]
    assert str(newest.pk) in shown.split(HERO, 1)[1].split("</section>", 1)[0]
    assert shown.index('id="path"') < shown.index('id="week"') < shown.index("wall-card")
    assert shown.count("wall-card") == 2
    assert shown.count('id="chip-medal"') == 1


def test_with_nobodys_day_today_the_path_comes_first(world: World) -> None:
    shown = page(world.ben)
    assert HERO not in shown
    assert "<h1>Milestones</h1>" in shown
    assert shown.index("<h1>") < shown.index('id="path"') < shown.index("Nothing this week")


def test_it_is_of_that_day_until_three_in_the_morning_and_then_of_the_week(world: World) -> None:
    posted(world)
    with it_is(world.ana, 2, time(2, 59)):
        assert HERS in hero(world.ben)
    with it_is(world.ana, 2, time(3, 1)):
        assert not hero(world.ben)
        assert HERS in page(world.ben)


def test_a_day_shared_with_two_rooms_of_ones_own_stands_once(world: World) -> None:
    for person in (world.ana, world.ben):
        membership.seat(person=person, group=world.alumni)
    says_yes(world.ana, world.tuesday, world.alumni)
    with it_is(world.ana, 1):
        look_at_due()
        assert page(world.ben).count(f">{HERS}<") == 1


def test_nobody_of_another_room_and_nobody_who_blocked_them_is_met_by_it(world: World) -> None:
    posted(world)
    people.block(person=world.ben, other=world.ana)
    with it_is(world.ana, 1):
        assert HERS not in page(world.eli)
        assert HERS not in page(world.ben)
        assert HERS in hero(world.cy)


def test_what_was_taken_back_is_gone(world: World) -> None:
    one, _card = posted(world)
    with it_is(world.ana, 1):
        celebrations.withdraw(person=world.ana, celebration=one)
        assert HERS not in page(world.ben)


# --- answering -------------------------------------------------------------------------------------------------------


def test_who_congratulates_says_so_in_the_room_once_however_often_it_is_pressed(world: World) -> None:
    _one, card = posted(world)
    where = f"/groups/{world.tuesday.pk}/post/"
    with it_is(world.ana, 1):
        before = hero(world.ben)
        assert f'action="{where}"' in before
        assert "Congratulate Ana" in before
        sent = wished(before)
        assert (sent["reply_to"], sent["body"]) == (str(card.pk), "Congratulations, Ana.")
        assert "“Congratulate” says “Congratulations, Ana.” in the room, as a message of yours." in before
        for _again in range(2):
            assert browser(world.ben).post(where, sent).status_code == 302
        assert wish_of(world.ben, world) == ["Congratulations, Ana."]
        after = hero(world.ben)
    assert "Congratulated" in after
    assert "Congratulate Ana" not in after
    assert Message.objects.get(body="Congratulations, Ana.").reply_to_id == card.pk


def test_a_wish_that_was_taken_back_may_be_said_again(world: World) -> None:
    _one, card = posted(world)
    where = f"/groups/{world.tuesday.pk}/post/"
    with it_is(world.ana, 1):
        browser(world.ben).post(where, wished(hero(world.ben)))
        chat.remove(person=world.ben, message=Message.objects.get(body="Congratulations, Ana."))
        assert "Congratulate Ana" in hero(world.ben)
        browser(world.ben).post(where, wished(hero(world.ben)))
        assert "Congratulated" in hero(world.ben)
    assert wish_of(world.ben, world) == ["Congratulations, Ana."]
    assert card.removed is None


def test_each_says_it_for_themselves(world: World) -> None:
    posted(world)
    with it_is(world.ana, 1):
        assert wished(hero(world.ben))["key"] != wished(hero(world.cy))["key"]


def test_with_you_is_pressed_and_taken_back_where_it_stands(world: World) -> None:
    _one, card = posted(world)
    where = f"/groups/{world.tuesday.pk}/celebrations/{card.pk}/with-you/"
    with it_is(world.ana, 1):
        assert where in hero(world.ben)
        assert browser(world.ben).post(where, {"give": "1"}).headers["Location"] == f"/my-path/#on-{card.pk}"
        given = hero(world.ben)
        assert 'aria-pressed="true"' in given
        assert "With Ana: You." in given
        assert f'href="/groups/{world.tuesday.pk}/?reply={card.pk}"' in given


def test_its_owner_finds_the_way_to_it_and_no_press_and_no_paper_falls_here(world: World) -> None:
    one, card = posted(world)
    with it_is(world.ana, 1):
        chat.react(person=world.ben, message=card, name="with_you")
        large = hero(world.ana)
    assert f'href="/celebrations/{one.pk}/"' in large
    assert "They are with you: Ben." in large
    assert "You chose to share this with this room." in large
    for press in ("/with-you/", "Congratulate", "Write a note", "scatter"):
        assert press not in large, press


# --- calm ------------------------------------------------------------------------------------------------------------


def keeps_quiet(world: World) -> None:
    people.change(person=world.ben, wanted={"celebrations_quiet": True})


def is_in_danger(world: World) -> None:
    cries(world.ben)


def mourns(world: World) -> None:
    rooms.keep_quiet(groups=[world.tuesday.pk], until=clock.now() + timedelta(days=3))


@pytest.mark.parametrize("why", [keeps_quiet, is_in_danger, mourns])
def test_where_it_is_not_calm_nothing_meets_them_and_the_week_is_theirs_to_open(
    world: World, why: Callable[[World], None]
) -> None:
    posted(world)
    with it_is(world.ana, 1):
        assert FOLDED not in page(world.ben)
        why(world)
        shown = page(world.ben)
    assert HERO not in shown
    assert shown.index('id="path"') < shown.index(FOLDED) < shown.index(HERS)
    assert f"<details {FOLDED}>" in shown


def test_once_a_card_about_danger_is_put_away_they_are_met_again(world: World) -> None:
    posted(world)
    with it_is(world.ana, 1):
        cries(world.ben)
        assert HERS in hero(world.cy)
        safety.put_away(sign=Sign.objects.of(world.ben.pk).get(), by=world.ben)
        assert HERS in hero(world.ben)


def test_that_its_owner_is_in_danger_now_changes_nothing_that_others_could_notice(world: World) -> None:
    posted(world)
    with it_is(world.ana, 1):
        cries(world.ana)
        assert HERS in hero(world.ben)


def test_who_is_in_a_program_that_counts_no_days_sees_none_of_it(world: World) -> None:
    posted(world)
    programs.enroll(person=world.ben, cohort=world.mornings)
    with it_is(world.ana, 1):
        shown = page(world.ben)
    assert HERS not in shown
    assert HERO not in shown
    assert "Count from a day" not in shown


def test_who_is_out_of_every_room_has_their_path_and_nothing_of_the_rooms(world: World) -> None:
    posted(world)
    suspended(world)
    with it_is(world.ana, 1):
        shown = page(world.ben)
    assert "Evening program" in shown
    assert HERS not in shown
    assert "This week in your groups" not in shown


# --- the path on it --------------------------------------------------------------------------------------------------


def test_a_path_that_begins_shows_a_row_of_what_comes_and_the_next_in_its_color(world: World) -> None:
    mine = page(world.ana).split('id="path"', 1)[1].split("What if?", 1)[0]
    marks = re.findall(r'<li class="(path-mark[^"]*)">\s*<svg class="medal ([^"]*)"', mine)
    assert [kind for kind, _chip in marks] == ["path-mark", "path-mark path-next", *["path-mark path-ahead"] * 5]
    assert [chip.endswith("chip-ahead") for _kind, chip in marks] == [False, False, *[True] * 5]
    assert mine.count("still to come") == 6


def test_one_word_of_who_sees_it_stands_beside_each_count(world: World) -> None:
    milestones.begin(person=world.ana, start=clock.today(world.ana.zone), name="Evenings")
    shown = page(world.ana)
    assert shown.count("Change who sees it") == 2
    assert shown.count("Only you see this.") == 1


# --- addresses and cost ----------------------------------------------------------------------------------------------


def test_where_the_week_had_a_page_of_its_own_it_leads_here(world: World) -> None:
    assert browser(world.ben).get("/celebrations/").headers["Location"] == "/my-path/#week"
    assert browser(world.ben).get("/celebrations/", follow=True).status_code == 200


def test_it_is_said_in_spanish(world: World) -> None:
    posted(world)
    ben = people.change(person=world.ben, wanted={"language": "es"})
    with it_is(world.ana, 1):
        large = hero(ben)
    assert "Felicitar a Ana" in large
    assert wished(large)["body"] == "Felicidades, Ana."


def test_it_costs_the_same_however_much_there_is(world: World) -> None:
    many(world, 3)
    for number in range(3):
        milestones.begin(person=world.ben, start=clock.today(world.ben.zone), name=str(number))
        milestones.begin_tally(person=world.ben, kind="skill", name=str(number))
    with it_is(world.ana, 1):
        look_at_due()
        assert costs(world.ben) <= QUESTIONS + 1
        assert costs(world.dana) <= QUESTIONS + 1
    with it_is(world.ana, 3):
        assert costs(world.ben) <= QUESTIONS


def test_an_own_day_costs_no_more_than_that_of_somebody_else(world: World) -> None:
    posted(world)
    assert Celebration.objects.count() == 1
    with it_is(world.ana, 1):
        assert costs(world.ana) <= QUESTIONS + 1


def costs(person: Person) -> int:
    client = browser(person)
    client.get("/my-path/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/my-path/")
    return len(asked)

"""What others shared today stands on Today, calmly: whose, which chip, in whose words, and the way to a wish."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.foundation import clock
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.safety import services as safety
from community.safety.models import Sign
from groups.celebrations import services as celebrations
from groups.celebrations.tasks import look_at_due
from groups.celebrations.texts import card_of
from groups.chat import cards
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Group
from groups.membership.services import rooms
from tests.community.desk import episode
from tests.doors import browser
from tests.groups.days import _early, it_is, question, says_yes  # noqa: F401 - the hour of every test
from tests.groups.test_celebrations import many, posted
from tests.groups.test_quiet_in_danger import cries
from tests.groups.test_today import QUERIES

HERS = "Ana has 30 days"


def page(person: Person) -> str:
    answer = browser(person).get("/today/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_day_shared_today_stands_there_with_its_words_its_room_and_the_way_to_a_wish(world: World) -> None:
    _one, card = posted(world, words="I am <so> glad.")
    with it_is(world.ana, 1):
        shown = page(world.ben)
        assert HERS in shown
        assert "I am &lt;so&gt; glad." in shown
        assert "medal chip-fern" in shown
        assert f'href="/groups/{world.tuesday.pk}/?reply={card.pk}"' in shown
        assert f"/groups/{world.tuesday.pk}/celebrations/{card.pk}/with-you/" in shown


def test_the_day_after_it_is_on_the_wall_alone(world: World) -> None:
    posted(world)
    with it_is(world.ana, 2, time(3, 1)):
        assert HERS not in page(world.ben)
        assert HERS in browser(world.ben).get("/my-path/").content.decode()


def test_until_three_in_the_morning_it_is_still_that_day(world: World) -> None:
    posted(world)
    with it_is(world.ana, 2, time(2, 59)):
        assert HERS in page(world.ben)


def test_nobody_of_another_room_is_shown_it(world: World) -> None:
    posted(world)
    with it_is(world.ana, 1):
        assert HERS not in page(world.eli)


def test_its_owner_finds_it_with_the_way_to_the_room_and_no_button_for_themselves(world: World) -> None:
    posted(world)
    with it_is(world.ana, 1):
        shown = page(world.ana)
    assert HERS in shown
    assert "/with-you/" not in shown
    assert "Open the room" in shown


def test_with_you_from_today_comes_back_to_today(world: World) -> None:
    _one, card = posted(world)
    where = f"/groups/{world.tuesday.pk}/celebrations/{card.pk}/with-you/"
    with it_is(world.ana, 1):
        assert 'class="button" name="give" value="1" aria-pressed="false"' in page(world.ben)
        answer = browser(world.ben).post(where, {"give": "1", "today": "1"})
        assert answer.headers["Location"] == f"/today/#on-{card.pk}"
        assert 'class="button button-soft" name="back" value="1" aria-pressed="true"' in page(world.ben)


def test_what_was_taken_back_is_gone(world: World) -> None:
    one, _card = posted(world)
    with it_is(world.ana, 1):
        celebrations.withdraw(person=world.ana, celebration=one)
        assert HERS not in page(world.ben)


def test_a_day_shared_with_two_rooms_of_ones_own_stands_once(world: World) -> None:
    for person in (world.ana, world.ben):
        membership.seat(person=person, group=world.alumni)
    says_yes(world.ana, world.tuesday, world.alumni)
    with it_is(world.ana, 1):
        look_at_due()
        assert page(world.ben).count(f">{HERS}<") == 1


def test_of_many_three_stand_and_the_wall_is_named(world: World) -> None:
    many(world, 5)
    with it_is(world.ana, 1):
        look_at_due()
        shown = page(world.ben)
    assert shown.count("shared-one") == 3
    assert 'href="/my-path/#week"' in shown


def test_whoever_keeps_celebrations_quiet_is_met_by_none(world: World) -> None:
    posted(world)
    ben = people.change(person=world.ben, wanted={"celebrations_quiet": True})
    with it_is(world.ana, 1):
        assert HERS not in page(ben)


def test_none_of_somebody_one_blocked(world: World) -> None:
    posted(world)
    people.block(person=world.ben, other=world.ana)
    with it_is(world.ana, 1):
        assert HERS not in page(world.ben)


def test_none_of_a_room_in_the_days_after_somebody_there_has_died(world: World) -> None:
    posted(world)
    with it_is(world.ana, 1):
        rooms.keep_quiet(groups=[world.tuesday.pk], until=clock.now() + timedelta(days=3))
        assert HERS not in page(world.ben)


def test_none_while_a_card_about_danger_in_ones_own_words_is_open(world: World) -> None:
    posted(world)
    with it_is(world.ana, 1):
        cries(world.ben)
        assert HERS not in page(world.ben)
        assert HERS in page(world.cy)
        safety.put_away(sign=Sign.objects.of(world.ben.pk).get(), by=world.ben)
        assert HERS in page(world.ben)


def test_that_its_owner_is_in_danger_now_changes_nothing_that_others_could_notice(world: World) -> None:
    posted(world)
    with it_is(world.ana, 1):
        cries(world.ana)
        assert HERS in page(world.ben)


@pytest.mark.parametrize("left", [True, False])
def test_none_to_who_is_in_a_program_that_counts_no_days(world: World, left: bool) -> None:  # noqa: FBT001 - a table
    posted(world)
    for one in world.ben.enrollments.open() if left else ():
        programs.withdraw(enrollment=one)
    programs.enroll(person=world.ben, cohort=world.mornings)
    with it_is(world.ana, 1):
        shown = page(world.ben)
    assert HERS not in shown
    assert "shared-one" not in shown


def test_the_way_to_the_wall_is_there_on_any_day_for_who_has_a_room(world: World) -> None:
    """Where no days are counted as well: what people finished is shared there."""
    for person in (world.ben, world.eli):
        assert 'href="/my-path/#week"' in page(person)
    assert 'href="/my-path/#week"' not in page(people.create(alias="Jo"))


def test_who_is_asked_and_is_shown_others_is_drawn_from_one_set_of_chips(world: World) -> None:
    many(world, 1)
    with it_is(world.ana, 1):
        look_at_due()
        shown = page(world.ana)
    assert shown.count('id="chip-medal"') == 1


def test_todays_page_costs_at_most_twelve_questions_with_cards_too(world: World) -> None:
    many(world, 3)
    tuesday: Group = world.tuesday
    with it_is(world.ana, 1):
        look_at_due()
        for person in (world.ben, world.dana, world.cy):
            client = browser(person)
            client.get("/today/")
            with CaptureQueriesContext(connection) as asked:
                assert client.get("/today/").content.decode().count("shared-one") == 3, tuesday
            assert len(asked) <= QUERIES, [row["sql"] for row in asked]


def test_who_is_asked_about_a_day_of_their_own_costs_two_questions_more(world: World) -> None:
    shared_by_three(world)
    with it_is(world.ana, 0):
        look_at_due()
        said, asked = costs(world.ana)
        assert (said.count("card-warm ask"), said.count("shared-one")) == (1, 3)
        assert len(asked) <= QUERIES + 2, asked


def test_who_has_finished_is_asked_about_that_too_and_costs_no_more(world: World) -> None:
    shared_by_three(world)
    with it_is(world.ana, 0):
        programs.graduate(enrollment=episode(world.ana))
        look_at_due()
        said, asked = costs(world.ana)
        assert (said.count("card-warm ask"), said.count("shared-one")) == (2, 3)
        assert len(asked) <= QUERIES + 2, asked


def shared_by_three(world: World) -> None:
    for alias in ("Guest A", "Guest B", "Guest C"):
        guest = people.create(alias=alias)
        seat = membership.seat(person=guest, group=world.tuesday)
        cards.show(seat=seat, key=uuid4(), card=card_of("d30", alias, "en"), words="Mine.")


def costs(person: Person) -> tuple[str, list[str]]:
    """What Today says, and what it asks of the database."""
    client = browser(person)
    client.get("/today/")
    with CaptureQueriesContext(connection) as asked:
        said = client.get("/today/").content.decode()
    return said, [row["sql"] for row in asked]

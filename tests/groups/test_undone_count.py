"""A new count that is undone brings back what was asked and answered before, exactly; until then no door shows it."""

from datetime import time, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from community.foundation import clock
from community.foundation.errors import Conflict
from community.foundation.upkeep import keep_up
from community.milestones import services as milestones
from community.milestones.models import Run
from community.notices import services as notices
from community.notices.models import Notice
from community.programs import services as programs
from community.sanctions.events import PersonSuspended
from groups.celebrations import handlers
from groups.celebrations.models import Celebration, Place, State
from groups.celebrations.tasks import look_at_due
from groups.chat.models import Message
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Group
from tests.doors import Script, browser
from tests.groups.copies import copy_of
from tests.groups.days import (  # noqa: F401 - the hour of every test
    _early,
    cards,
    focus_of,
    it_is,
    question,
    says_yes,
)

HOUR = timedelta(hours=1)


def anew(world: World) -> Run:
    return milestones.begin_anew(person=world.ana, focus=focus_of(world.ana))


def undone(world: World) -> Run:
    return milestones.undo_new_count(person=world.ana, focus=focus_of(world.ana))


def asking(world: World) -> bool:
    return Notice.objects.of(world.ana.pk).unseen().filter(kind="celebration_ask").exists()


def test_a_yes_stands_again_with_its_words_and_rooms_and_is_shared_on_its_day(world: World) -> None:
    one = says_yes(world.ana, world.tuesday, words="Mine.")
    anew(world)
    undone(world)
    (row,) = Celebration.objects.of(world.ana.pk)
    assert (row.pk, row.state, row.words) == (one.pk, State.YES, "Mine.")
    assert [place.group_id for place in row.places.all()] == [world.tuesday.pk]
    with it_is(world.ana, 1):
        look_at_due()
    assert [card.body for card in cards(world.tuesday)] == ["Ana has 30 days\nMine."]


def test_an_undo_on_the_day_itself_shares_it_that_day(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    with clock.turned(by=8 * HOUR):
        anew(world)
    with it_is(world.ana, 1):
        look_at_due()
        assert not cards(world.tuesday)
        undone(world)
        look_at_due()
    assert len(cards(world.tuesday)) == 1


def test_a_question_stands_again_and_the_word_about_it_as_it_was(world: World) -> None:
    one = question(world.ana)
    anew(world)
    assert not asking(world)
    undone(world)
    assert Celebration.objects.get() == one
    assert asking(world)


def test_a_word_that_was_seen_before_is_not_left_again(world: World) -> None:
    one = question(world.ana)
    notices.settle(person=world.ana, notice="celebration_ask", about=one.pk)
    with clock.turned(by=HOUR):
        anew(world)
        undone(world)
    assert Celebration.objects.get() == one
    assert not asking(world)


def test_not_this_time_is_still_no(world: World) -> None:
    one = question(world.ana)
    Celebration.objects.update(state=State.NOT_THIS_TIME)
    anew(world)
    undone(world)
    assert Celebration.objects.get(pk=one.pk).state == State.NOT_THIS_TIME


def test_meanwhile_no_door_shows_it_and_no_room_hears(world: World) -> None:
    one = says_yes(world.ana, world.tuesday, words="Mine alone.")
    was = Group.objects.get(pk=world.tuesday.pk).version
    anew(world)
    focus, client, ana = focus_of(world.ana), browser(world.ana), Script(world.ana)
    for path in ("/today/", "/my-path/", f"/my-path/{focus.pk}/sharing/"):
        html = client.get(path).content.decode()
        assert str(one.pk) not in html, path
    assert client.get(f"/celebrations/{one.pk}/").status_code == 404
    assert ana.get(f"celebrations/{one.pk}").status_code == 404
    assert str(one.pk) not in ana.get("celebrations").content.decode()
    assert "Mine alone." not in copy_of(world.ana).said
    assert Group.objects.get(pk=world.tuesday.pk).version == was


def test_two_new_counts_are_undone_one_after_the_other(world: World) -> None:
    one = says_yes(world.ana, world.tuesday)
    with it_is(world.ana, 0):
        anew(world)
    with it_is(world.ana, 1, at=time(8)):
        milestones.begin_anew(person=world.ana, focus=focus_of(world.ana))
        undone(world)
        assert not Celebration.objects.filter(pk=one.pk).exists()
        undone(world)
        assert Celebration.objects.filter(pk=one.pk).exists()


def test_after_24_hours_it_is_gone_for_good(world: World) -> None:
    says_yes(world.ana, world.tuesday, words="Mine.")
    anew(world)
    with clock.turned(by=24 * HOUR - timedelta(minutes=1)):
        keep_up()
        assert Celebration.put_by.exists()
    with clock.turned(by=24 * HOUR + timedelta(minutes=1)):
        keep_up()
        assert not Celebration.put_by.exists()
        assert not Place.objects.of(world.ana.pk).exists()
        with pytest.raises(Conflict):
            undone(world)


def test_a_room_that_was_left_meanwhile_gets_nothing_of_it(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    anew(world)
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    undone(world)
    with it_is(world.ana, 1):
        look_at_due()
    assert not Message.objects.filter(kind="celebration").exists()


def test_whoever_was_suspended_meanwhile_finds_nothing_to_bring_back(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    anew(world)
    handlers.on_suspended(PersonSuspended(person_id=world.ana.pk))
    assert not Celebration.put_by.exists()


def test_a_program_that_counts_no_days_lets_go_of_that_as_well(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    anew(world)
    for episode in world.ana.enrollments.open():
        programs.withdraw(enrollment=episode)
    programs.enroll(person=world.ana, cohort=world.mornings)
    assert not Celebration.put_by.exists()


def test_forgetting_the_count_leaves_nothing_put_by(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    anew(world)
    milestones.forget(person=world.ana, focus=focus_of(world.ana))
    assert not Celebration.put_by.exists()


def test_the_way_back_to_older_tables_leaves_nothing_put_by_that_would_wait_again(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    anew(world)
    import_module("groups.celebrations.migrations.0010_way_back").let_go_of_what_is_new(apps, None)
    assert not Celebration.put_by.exists()

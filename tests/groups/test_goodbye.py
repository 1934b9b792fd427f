"""A word to say goodbye: both are asked once before the end they planned, and it stands in their room, to be read."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from community.foundation import clock
from community.matches import services as matches
from community.matches import tasks
from community.matches.models import Match
from community.matches.plans.codes import State
from community.notices.models import Notice
from groups.chat.models import Message
from groups.demo.services import World
from groups.pairs.models import PairRoom
from tests.community.desk import sent, words
from tests.community.matches import again, match_at
from tests.community.test_match_pages import text
from tests.doors import browser

WORDS = "Thank you for every Thursday."


def parting(world: World, *, days: int) -> Match:
    """Ana and Ben, whose last day is so many days from now, as both wished."""
    row = match_at(world, State.ACTIVE)
    for person in (world.ana, world.ben):
        matches.plan_end(match=row, day=last_day(world, days), by=person)
    return again(row)


def last_day(world: World, days: int) -> date:
    return clock.today(world.evening.zone) + timedelta(days=days)


def page_of(row: Match) -> str:
    return reverse("match_goodbye", args=[row.pk])


def told(world: World) -> int:
    """How many words of news wait for both; what was told before is seen."""
    return Notice.objects.filter(person__in=(world.ana, world.ben), kind="match_news", seen=None).count()


def test_both_are_asked_once_a_week_before_the_day(world: World) -> None:
    row = parting(world, days=8)
    assert tasks.to_say_goodbye() == 0
    with clock.turned(by=timedelta(days=1)):
        assert tasks.to_say_goodbye() == 1
        assert told(world) == 2
        assert tasks.to_say_goodbye() == 0
    assert again(row).goodbye_asked is not None


def test_a_day_that_moves_is_asked_for_again(world: World) -> None:
    row = parting(world, days=5)
    assert tasks.to_say_goodbye() == 1
    for person in (world.ana, world.ben):
        matches.plan_end(match=row, day=last_day(world, 20), by=person)
    assert tasks.to_say_goodbye() == 0
    with clock.turned(by=timedelta(days=14)):
        assert tasks.to_say_goodbye() == 1


def test_in_a_break_nobody_is_asked(world: World) -> None:
    row = parting(world, days=5)
    matches.pause(match=row, by=world.ana)
    assert tasks.to_say_goodbye() == 0


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_either_leaves_a_word_that_stands_in_their_room_before_it_is_one_to_read(world: World, who: str) -> None:
    row, person = parting(world, days=3), getattr(world, who)
    assert page_of(row) in words(person, reverse("match", args=[row.pk]))
    page = words(person, page_of(row))
    assert "Nobody has to." in page
    key = page.split('name="key" value="')[1].split('"')[0]
    room = PairRoom.objects.get(match=row).group
    assert page_of(row) in words(person, reverse("room", args=[room.pk]))
    assert sent(person, reverse("room_post", args=[room.pk]), key=key, body=WORDS).status_code == 302
    assert Message.objects.of(room.pk).get(author=person).body == WORDS
    with clock.turned(by=timedelta(days=5)):
        assert tasks.ending() == 1
        assert again(row).state == State.ENDED
        for reader in (world.ana, world.ben):
            assert WORDS in text(words(reader, reverse("room", args=[room.pk])))
        assert browser(person).get(page_of(row)).status_code == 404


def test_nobody_has_to_say_a_word(world: World) -> None:
    row = parting(world, days=3)
    with clock.turned(by=timedelta(days=5)):
        assert tasks.ending() == 1
    assert again(row).state == State.ENDED


def test_what_the_two_want_and_the_day_they_planned_stand_beside_their_room(world: World) -> None:
    row = parting(world, days=60)
    for person in (world.ana, world.ben):
        matches.aim(match=row, words="Walk on Sundays.", by=person)
    room = PairRoom.objects.get(match=row).group
    page = text(words(world.ana, reverse("room", args=[room.pk])))
    assert "Walk on Sundays." in page
    assert "You two go on until" in page
    assert "Say goodbye" not in page


def test_it_is_for_the_two_alone_and_for_the_last_days(world: World) -> None:
    row = parting(world, days=3)
    for nobody in (world.cy, world.dana, world.eli):
        assert browser(nobody).get(page_of(row)).status_code == 404
    for person in (world.ana, world.ben):
        matches.plan_end(match=row, day=last_day(world, 30), by=person)
    assert browser(world.ana).get(page_of(row)).status_code == 404

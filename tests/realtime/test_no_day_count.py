"""Where a program counts no days, an open socket shows none either: not in what comes, and not in what is caught up."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from community.foundation import clock
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Enrollment
from groups.celebrations import services as celebrations
from groups.celebrations.models import Watch
from groups.celebrations.tasks import look_at_due
from groups.chat import services as chat
from groups.chat.models import Message
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Group, Kind
from tests.groups.days import NINE, it_is
from tests.realtime.conftest import Plugger, db

pytestmark = pytest.mark.django_db(transaction=True)


def shares(world: World, group: Group | None = None) -> None:
    with it_is(world.ana, 0, NINE):
        Watch.objects.update(next_at=clock.now())  # whatever the hour is where this runs
        look_at_due()
    asked = world.ana.focuses.get().runs.get().celebrations.get()
    celebrations.answer(person=world.ana, celebration=asked, groups=[(group or world.tuesday).pk], words="Mine.")
    with it_is(world.ana, 1):
        look_at_due()


def comes_to_harbor(world: World, person: Person) -> None:
    for episode in Enrollment.objects.open().of(person.pk):
        programs.withdraw(enrollment=episode)
    programs.enroll(person=person, cohort=world.mornings)


def card_in(frame: dict[str, Any]) -> bool:
    return frame.get("type") == "change" and frame["message"]["kind"] == "celebration"


async def test_a_card_leaves_every_open_socket_when_its_owner_comes_where_no_days_are_counted(
    world: World, plug: Plugger
) -> None:
    ben = await plug(world.ben)
    await db(shares)(world)
    assert "Ana has 30 days" in (await ben.until(card_in))["message"]["body"]
    await db(comes_to_harbor)(world, world.ana)
    gone = await ben.until(card_in)
    assert (gone["message"]["body"], gone["message"]["removed"]) == (None, "author")
    for person in (world.ana, world.ben):
        fresh = await plug(person)
        await fresh.ask("sync", since={one["id"]: 0 for one in fresh.hello["groups"]})
        assert fresh.hello["groups"]
        assert "30 days" not in json.dumps(fresh.heard)
        assert (clock.today(person.zone) - timedelta(days=29)).isoformat() not in json.dumps(fresh.heard)


def takes_seats(world: World) -> Group:
    group = membership.open_group(name="Walking together", kind=Kind.INTEREST)
    for person in (world.ana, world.ben, world.eli):
        membership.seat(person=person, group=group)
    return group


async def test_an_open_socket_of_who_counts_none_hears_the_room_and_no_card(world: World, plug: Plugger) -> None:
    group = await db(takes_seats)(world)
    eli, ben = await plug(world.eli), await plug(world.ben)
    await db(shares)(world, group)
    await ben.until(card_in)
    await ben.say(group, "See you Saturday.")
    said = (await eli.until(lambda frame: frame.get("type") == "change"))["message"]
    assert (said["body"], said["position"]) == ("See you Saturday.", 2)
    await eli.ask("sync", since={str(group.pk): 0})
    assert "30 days" not in json.dumps(eli.heard)
    assert "30 days" in json.dumps(ben.heard)


def answers_the_card(world: World, group: Group) -> str:
    card = Message.objects.get(group=group, kind="celebration")
    draft = chat.draft(author_id=world.ben.pk, group_id=group.pk, key=uuid4(), body="So glad.", reply_to=card.pk)
    chat.post_all(drafts=[draft])
    return str(card.pk)


async def test_an_answer_to_a_card_answers_nothing_on_the_socket_of_who_counts_none(
    world: World, plug: Plugger
) -> None:
    group = await db(takes_seats)(world)
    eli, ben = await plug(world.eli), await plug(world.ben)
    await db(shares)(world, group)
    await ben.until(card_in)
    card = await db(answers_the_card)(world, group)
    await ben.until(lambda frame: frame.get("type") == "change" and frame["message"]["body"] == "So glad.")
    said = (await eli.until(lambda frame: frame.get("type") == "change"))["message"]
    assert (said["body"], said["reply_to"]) == ("So glad.", None)
    fresh = await plug(world.eli)
    await fresh.ask("sync", since={str(group.pk): 0})
    assert "So glad." in json.dumps(fresh.heard)
    assert card not in json.dumps(eli.heard) + json.dumps(fresh.heard)
    assert card in json.dumps(ben.heard)


async def test_an_open_page_lets_go_of_what_it_shows_when_its_person_comes_where_none_are_counted(
    world: World, plug: Plugger
) -> None:
    ben = await plug(world.ben)
    await db(shares)(world)
    await ben.until(card_in)
    await db(comes_to_harbor)(world, world.ben)
    dropped = await ben.until(lambda frame: frame.get("type") == "stale" and frame["group"] == str(world.tuesday.pk))
    heard = len(ben.heard)
    assert dropped["version"] > 0
    await ben.ask("sync", since={str(world.tuesday.pk): 0})
    assert "30 days" not in json.dumps(ben.heard[heard:])

"""The demo's quiet evening: what is written, in order, each after its pause, and then no more."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest

from community.foundation import clock
from community.foundation.errors import NotAllowed
from community.people import services as people
from groups.chat import services as chat
from groups.chat.models import Message
from groups.demo import evening, script
from groups.demo.services import World
from groups.membership import services as membership

LONG = timedelta(hours=2)
TOLD = script.lines("evening_tuesday")


@pytest.fixture
def room(world: World) -> World:
    """Tuesday evening with those in it who write in the evening."""
    for alias in sorted({line.author for line in TOLD}):
        membership.seat(person=people.create(alias=alias), group=world.tuesday)
    return world


def minutes() -> Iterator[None]:
    """Two minutes go by, again and again."""
    for number in range(40):
        with clock.turned(by=timedelta(minutes=2 * number)):
            yield


def said(world: World) -> list[str | None]:
    return list(Message.objects.of(world.tuesday.pk).order_by("position").values_list("body", flat=True))


def test_people_say_what_is_written_in_order_and_then_no_more(room: World) -> None:
    for _later in minutes():
        evening.say_next(group_id=room.tuesday.pk, company=LONG)
    assert said(room) == [line.body for line in TOLD]
    answers = Message.objects.of(room.tuesday.pk).filter(reply_to__isnull=False)
    assert answers.count() == sum(line.to is not None for line in TOLD)


def test_a_line_waits_until_its_pause_is_over(room: World) -> None:
    first, second = TOLD[0].moment.after, TOLD[1].moment.after
    just_short = timedelta(seconds=1)
    assert evening.say_next(group_id=room.tuesday.pk, company=first - just_short) is None
    assert evening.say_next(group_id=room.tuesday.pk, company=first) is not None
    with clock.turned(by=timedelta(minutes=30)):
        assert evening.say_next(group_id=room.tuesday.pk, company=second - first - just_short) is None
        assert evening.say_next(group_id=room.tuesday.pk, company=second - first) is not None


def test_nobody_talks_over_somebody(room: World) -> None:
    chat.post(author=room.ana, group=room.tuesday, key=uuid4(), body="Hello, everybody.")
    assert evening.say_next(group_id=room.tuesday.pk, company=LONG) is None
    with clock.turned(by=evening.HUSH):
        assert evening.say_next(group_id=room.tuesday.pk, company=LONG) is not None


def test_a_room_without_an_evening_stays_still(room: World) -> None:
    assert evening.say_next(group_id=room.staff.pk, company=LONG) is None
    assert evening.say_next(group_id=uuid4(), company=LONG) is None


def test_nobody_speaks_who_has_no_seat(world: World) -> None:
    assert evening.say_next(group_id=world.tuesday.pk, company=LONG) is None
    assert said(world) == []


def test_somebody_who_was_asked_to_pause_says_nothing(room: World) -> None:
    seat = room.tuesday.memberships.get(alias=TOLD[0].author)
    membership.restrict(membership=seat, by=room.cy, muted_until=clock.now() + timedelta(hours=1))
    with pytest.raises(NotAllowed):
        evening.say_next(group_id=room.tuesday.pk, company=LONG)
    assert said(room) == []

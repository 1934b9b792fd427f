"""A note to the rooms of who has died: after a person told those close to them, in words the family agrees to."""

from datetime import timedelta
from typing import Any

import pytest

from community.deaths import services as deaths
from community.foundation import clock
from community.foundation.errors import Conflict, Invalid, NotAllowed
from community.matches.plans.codes import State
from groups.celebrations.models import Celebration, Watch
from groups.celebrations.tasks import look_at_due
from groups.chat.models import Kind, Message
from groups.demo.services import World
from groups.remembrance import services as remembrance
from groups.remembrance.models import Note
from tests.community.deaths import died, second
from tests.community.matches import match_at
from tests.doors import browser
from tests.groups.days import NINE, it_is, says_yes

WORDS = "Ben, who was one of us here, has died. We are sad together."


def posted(world: World, death: Any, **more: Any) -> list[Note]:
    wanted = {"groups": [world.tuesday.pk], "words": WORDS, "agreed": True, "quiet_days": 7, **more}
    return remembrance.post(death=death, by=world.dana, **wanted)


def notes_in(world: World) -> int:
    return Message.objects.of(world.tuesday.pk).filter(body=WORDS).count()


def test_nothing_stands_in_a_room_before_everybody_on_the_list_was_told(world: World) -> None:
    match_at(world, State.ACTIVE)
    death = died(world, world.ben)
    with pytest.raises(Conflict) as refused:
        posted(world, death)
    assert (refused.value.code, notes_in(world)) == ("tell_first", 0)
    deaths.tell(telling=death.tellings.get(), by=world.dana)
    (note,) = posted(world, death)
    assert (note.message.author, note.message.kind, note.message.body) == (world.dana, Kind.TEXT, WORDS)


def test_a_room_gets_one_note_whoever_presses_again(world: World) -> None:
    death = died(world, world.ben)
    assert posted(world, death) == posted(world, death)
    assert notes_in(world) == 1


@pytest.mark.parametrize("wrong", [{"agreed": False}, {"words": " "}, {"groups": []}, {"quiet_days": 31}])
def test_the_family_words_and_a_room_are_asked(world: World, wrong: dict[str, Any]) -> None:
    death = died(world, world.ben)
    with pytest.raises(Invalid):
        posted(world, death, **wrong)
    assert notes_in(world) == 0


def test_no_room_hears_it_that_they_did_not_belong_to(world: World) -> None:
    death = died(world, world.ben)
    for room in (world.harbor, world.staff):
        with pytest.raises(Invalid):
            posted(world, death, groups=[room.pk])
    with pytest.raises(NotAllowed):
        remembrance.post(death=death, by=world.cy, groups=[world.tuesday.pk], words=WORDS, agreed=True)


def test_nothing_is_posted_of_what_was_an_error(world: World) -> None:
    death = died(world, world.ben)
    deaths.doubt(death=death, by=world.dana)
    deaths.undo(death=death, by=second(world))
    with pytest.raises(Conflict):
        posted(world, death)


def test_meanwhile_no_day_is_celebrated_there_and_afterwards_they_go_on(world: World) -> None:
    with it_is(world.ana, 0, NINE.replace(hour=5)):
        Watch.objects.update(next_at=clock.now())
        says_yes(world.ana, world.tuesday)
        death = died(world, world.ben)
        posted(world, death, quiet_days=3)
        posted(world, death, quiet_days=0)
    with it_is(world.ana, 1, NINE):
        look_at_due()
    assert not Message.objects.filter(kind=Kind.CELEBRATION, group=world.tuesday).exists()
    assert Celebration.objects.of(world.ana.pk).open().exists()
    world.tuesday.refresh_from_db()
    assert world.tuesday.quiet_until is not None
    with clock.turned(timedelta(days=4)):
        assert world.tuesday.quiet_until < clock.now()


def test_a_celebration_that_waited_is_shared_when_the_quiet_is_over(world: World) -> None:
    with it_is(world.ana, 0, NINE.replace(hour=5)):
        Watch.objects.update(next_at=clock.now())
        says_yes(world.ana, world.tuesday)
        posted(world, died(world, world.ben), quiet_days=3)
    for day in (1, 2, 3, 4):
        with it_is(world.ana, day, NINE):
            look_at_due()
    assert Message.objects.filter(kind=Kind.CELEBRATION, group=world.tuesday).count() == 1


def test_the_page_begins_with_words_and_posts_what_was_written(world: World) -> None:
    death = died(world, world.ben)
    dana, path = browser(world.dana), f"/desk/deaths/{death.pk}/note/"
    assert "Ben, who was one of us here, has died." in dana.get(path).content.decode()
    sent = {"groups": [str(world.tuesday.pk)], "words": WORDS, "quiet_days": "7"}
    assert dana.post(path, sent).status_code == 422
    assert notes_in(world) == 0
    assert dana.post(path, {**sent, "agreed": "on"}).status_code == 302
    assert notes_in(world) == 1
    assert "Dana wrote to this room." in dana.get(path).content.decode()
    for who in (world.ana, world.cy, world.eli):
        assert browser(who).get(path).status_code == 404

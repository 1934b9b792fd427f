"""What somebody wished of one count is not taken for the next: they are asked again, and an undo restores what was."""

from datetime import time, timedelta

from community.foundation import clock
from community.milestones import services as milestones
from community.milestones.models import Run
from groups.celebrations import services as celebrations
from groups.celebrations.models import Celebration, Watch
from groups.celebrations.tasks import look_at_due
from groups.demo.services import World
from tests.doors import Script
from tests.groups.days import _early, focus_of, it_is  # noqa: F401 - the hour of every test

DAY = timedelta(hours=24)


def never_asks(world: World) -> None:
    celebrations.share(person=world.ana, focus=focus_of(world.ana), groups=[world.tuesday.pk], asks=False)


def anew(world: World) -> Run:
    return milestones.begin_anew(person=world.ana, focus=focus_of(world.ana))


def undone(world: World) -> Run:
    return milestones.undo_new_count(person=world.ana, focus=focus_of(world.ana))


def wished(world: World) -> dict[str, object]:
    """What their own door says of the count that goes on."""
    return dict(Script(world.ana).get(f"milestones/{focus_of(world.ana).pk}/sharing").json())


def test_whoever_did_not_want_to_be_asked_is_asked_again_after_a_new_count(world: World) -> None:
    never_asks(world)
    with it_is(world.ana, 0):
        look_at_due()
        assert not Celebration.objects.exists()
        fresh = anew(world)
        assert wished(world) == {"sharing": "private", "groups": [], "asks": True}
        look_at_due()
    assert Celebration.objects.get(run=fresh).code == "d1"


def test_undoing_the_new_count_restores_what_was_wished_before_exactly(world: World) -> None:
    never_asks(world)
    before = wished(world)
    assert before == {"sharing": "group", "groups": [str(world.tuesday.pk)], "asks": False}
    anew(world)
    undone(world)
    assert wished(world) == before
    with it_is(world.ana, 0, time(9)):
        look_at_due()
    assert not Celebration.objects.exists()


def test_what_was_wished_of_the_new_count_goes_with_it(world: World) -> None:
    before = wished(world)
    anew(world)
    never_asks(world)
    undone(world)
    assert wished(world) == before == {"sharing": "private", "groups": [], "asks": True}


def test_whatever_is_looked_at_meanwhile_an_undo_still_finds_it(world: World) -> None:
    never_asks(world)
    before = wished(world)
    anew(world)
    for hours in (1, 23):
        with clock.turned(by=timedelta(hours=hours)):
            celebrations.look_again(person_id=world.ana.pk)
            look_at_due()
    with clock.turned(by=DAY - timedelta(minutes=1)):
        undone(world)
        assert wished(world) == before


def test_two_new_counts_that_are_undone_restore_what_was_wished_first(world: World) -> None:
    never_asks(world)
    before = wished(world)
    with it_is(world.ana, 0):
        anew(world)
    with it_is(world.ana, 1, at=time(8)):
        anew(world)
        undone(world)
        assert wished(world)["asks"]
        undone(world)
        assert wished(world) == before


def test_when_no_undo_is_left_nothing_is_kept_of_the_old_count(world: World) -> None:
    never_asks(world)
    fresh = anew(world)
    with it_is(world.ana, 2):
        look_at_due()
    assert list(Watch.objects.of(world.ana.pk).values_list("run", flat=True)) == [fresh.pk]

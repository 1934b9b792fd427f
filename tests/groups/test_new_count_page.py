"""The page of a new count: what was shared stays and may be taken back, and whom somebody may turn to, if they like."""

from datetime import date

from community.foundation import clock
from community.matches.plans.codes import State as Stage
from community.milestones import services as milestones
from community.notices.models import Notice
from groups.celebrations import services as celebrations
from groups.celebrations.models import Celebration
from groups.celebrations.tasks import look_at_due
from groups.chat.models import Message
from groups.demo.services import World
from groups.pairs.models import PairRoom
from tests.community.matches import match_at
from tests.doors import browser
from tests.groups.days import _early, focus_of, it_is, says_yes  # noqa: F401 - the hour of every test

STAYS = "What you shared of this count stays where it is"
WRITE = "Write to Ben"


def path(world: World) -> str:
    return f"/my-path/{focus_of(world.ana).pk}/new-count/"


def today(world: World) -> date:
    return clock.today(world.ana.zone)


def page(world: World) -> str:
    return browser(world.ana).get(path(world)).content.decode()


def test_it_says_that_what_was_shared_stays_and_leads_to_where_it_is_taken_back(world: World) -> None:
    assert STAYS not in page(world)
    one = says_yes(world.ana, world.tuesday)
    assert STAYS not in page(world)  # it waits, and a new count lets go of it
    with it_is(world.ana, 1):
        look_at_due()
        shown = page(world)
        assert shown.count(STAYS) == 1
        assert f'href="/my-path/{focus_of(world.ana).pk}/sharing/"' in shown
        milestones.begin_anew(person=world.ana, focus=focus_of(world.ana))
        assert STAYS in page(world)
        celebrations.withdraw(person=world.ana, celebration=Celebration.objects.get(pk=one.pk))
        assert STAYS not in page(world)


def test_whoever_walks_with_a_mentor_may_turn_to_them_and_nothing_is_written_by_itself(world: World) -> None:
    assert WRITE not in page(world)
    match_at(world, Stage.ACTIVE)
    told, said = Notice.objects.count(), Message.objects.count()
    shown = page(world)
    assert shown.count(WRITE) == 1
    assert shown.index("Who leads my group") < shown.index(WRITE) < shown.index("I tell somebody myself")
    answer = browser(world.ana).post(path(world), {"start": str(today(world)), "tell": "write-0"})
    assert answer.headers["Location"] == f"/groups/{PairRoom.objects.get().group_id}/"
    assert focus_of(world.ana).runs.count() == 2
    assert (Notice.objects.count(), Message.objects.count()) == (told, said)


def test_a_choice_that_is_none_begins_nothing(world: World) -> None:
    answer = browser(world.ana).post(path(world), {"start": str(today(world)), "tell": "write-0"})
    assert answer.status_code == 422
    assert focus_of(world.ana).runs.count() == 1

"""Two who confirm in one moment: one does. A word that is said meanwhile is seen, or never there. On PostgreSQL."""

from collections.abc import Callable
from functools import partial

import pytest

from community.deaths import services as deaths
from community.deaths.models import Death
from community.foundation import clock
from community.foundation.errors import Missing
from community.notices import services as notices
from community.notices.models import Notice
from community.people.models import Person, Session
from community.programs.models import StaffRole
from groups.demo.services import World
from tests.community.deaths import said, second
from tests.community.test_on_call_at_once import at_once
from tests.doors import browser
from tests.groups.reports import worker

pytestmark = [pytest.mark.servers, pytest.mark.django_db(transaction=True)]
RUNS = 12


def did(verb: Callable[..., object], **asked: object) -> Callable[[], object]:
    """The verb, which may find that there is nothing left to do."""

    def do() -> object:
        try:
            return verb(**asked)
        except Missing:
            return None

    return do


def test_of_two_who_confirm_at_once_exactly_one_does(world: World) -> None:
    fay, gil = second(world), worker("Gil", world.evening, StaffRole.COORDINATOR)
    for _run in range(RUNS):
        death = said(world, world.ana)
        done = at_once(partial(deaths.confirm, death=death, by=fay), partial(deaths.confirm, death=death, by=gil))
        assert sorted(str(one) for one in done) == sorted([str(death.pk), "confirmed"])
        assert Death.objects.standing().get().confirmed_by in {fay, gil}
        deaths.doubt(death=death, by=fay)
        undone = at_once(did(deaths.undo, death=death, by=gil), did(deaths.undo, death=death, by=world.dana))
        assert sum(isinstance(one, Death) for one in undone) == 1
        assert Person.objects.open().filter(pk=world.ana.pk).exists()


def test_confirming_and_taking_back_at_once_come_to_one_of_the_two(world: World) -> None:
    fay = second(world)
    for _run in range(RUNS):
        death = said(world, world.ana)
        at_once(did(deaths.confirm, death=death, by=fay), did(deaths.take_back, death=death, by=world.dana))
        stands = Death.objects.standing().exists()
        assert stands is not Person.objects.open().filter(pk=world.ana.pk).exists()
        if stands:
            deaths.doubt(death=death, by=fay)
            deaths.undo(death=death, by=world.dana)


def test_no_word_and_no_device_slips_past_it(world: World) -> None:
    fay = second(world)
    for _run in range(RUNS):
        browser(world.ana)
        death = said(world, world.ana)
        tell = partial(notices.tell, person=world.ana, notice="words_released", about=world.tuesday.pk)
        at_once(partial(deaths.confirm, death=death, by=fay), tell, tell)
        assert not Notice.objects.of(world.ana.pk).unseen().exists()
        assert not Session.objects.live(clock.now()).of(world.ana.pk).exists()
        deaths.doubt(death=death, by=fay)
        deaths.undo(death=death, by=world.dana)

"""Two who take a shift in the same moment: one has it. Two workers and a page: it goes on once. On PostgreSQL."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from community.cases.models import StepKind
from community.foundation.errors import Conflict
from community.paging import services as paging
from community.paging.models import Page
from community.people.models import Person
from community.programs.models import StaffRole
from community.schedule import services as schedule
from community.schedule.models import Duty, Shift
from groups.demo.services import World
from tests.community.roster import after, on_call, paged, shift, waiting, worry
from tests.groups.reports import worker

pytestmark = [pytest.mark.servers, pytest.mark.django_db(transaction=True)]
RUNS = 40


def at_once(*verbs: Callable[[], object]) -> list[object]:
    """What each says that begins in the same moment."""
    together = Barrier(len(verbs))

    def begin(verb: Callable[[], object]) -> object:
        together.wait()
        try:
            return verb()
        except Conflict as conflict:
            return conflict.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(verbs)) as several:
        return [one.result() for one in [several.submit(begin, verb) for verb in verbs]]


def test_of_two_who_take_a_shift_at_once_exactly_one_has_it(world: World) -> None:
    fay = worker("Fay", world.evening, StaffRole.FACILITATOR)

    def take(made: Shift, who: Person) -> str:
        return str(schedule.take(shift=made, by=who).person_id)

    for _run in range(RUNS):
        made = shift(world.evening)
        said = at_once(lambda one=made: take(one, world.dana), lambda one=made: take(one, fay))  # type: ignore[misc]
        assert sorted(one == "taken" for one in said) == [False, True]
        assert str(Duty.objects.lasting().get(shift=made).person_id) in said


def test_a_page_that_two_workers_see_goes_on_once_and_an_answer_stops_it(world: World) -> None:
    fay = worker("Fay", world.evening, StaffRole.FACILITATOR)
    on_call(world.evening, world.dana)
    on_call(world.evening, fay)
    case = worry(world)
    (page,) = waiting(case)
    with after(minutes=3):
        said = at_once(*[lambda: paging.escalate(page_id=page.pk)] * 3)
        assert sorted(map(bool, said)) == [False, False, True]
        assert paged(case) == ["Dana", "Fay"]
    with after(minutes=8):
        at_once(lambda: paging.escalate(page_id=page.pk), lambda: paging.acknowledge(page=page, by=fay))
    assert Page.objects.of_case(case.pk).get().by == fay
    assert sorted(case.steps.values_list("number", flat=True)) == list(range(1, case.steps.count() + 1))
    assert case.steps.filter(kind=StepKind.TAKEN).count() == 1


def test_a_call_that_two_workers_see_is_made_by_one(world: World, settings: object) -> None:
    settings.PAGING_WEBHOOK_URL = "http://127.0.0.1:9/"  # type: ignore[attr-defined] # pytest-django's own
    on_call(world.evening, world.dana)
    worry(world)
    taken = [one for one in at_once(*[paging.claim] * 4) if one is not None]
    assert len({one.pk for one in taken}) == len(taken) == 1  # type: ignore[attr-defined] # the test page was answered

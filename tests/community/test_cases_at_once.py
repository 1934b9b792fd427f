"""Two who take a case in the same moment: one has it. On PostgreSQL, where both really run at once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from community.cases import services as cases
from community.cases.models import Case, StepKind
from community.cases.plans import Reason
from community.foundation.errors import Conflict
from community.people.models import Person
from groups.demo.services import World
from groups.moderation.models import Report
from tests.doors import say
from tests.groups.reports import told_of

pytestmark = [pytest.mark.servers, pytest.mark.django_db(transaction=True)]
RUNS = 200


def test_of_two_who_take_it_at_once_exactly_one_has_it_two_hundred_times(world: World) -> None:
    case = told_of(world.ana, say(world.ben, world.tuesday)).case
    said: Counter[str] = Counter()
    with ThreadPoolExecutor(2) as two:
        for _run in range(RUNS):
            case.refresh_from_db()
            version, together = case.version, Barrier(2)
            tries = [two.submit(_take, case, who, version, together) for who in (world.cy, world.dana)]
            outcomes = [one.result() for one in tries]
            said.update(outcomes)
            holder = Case.objects.select_related("holder").get(pk=case.pk).holder
            assert holder is not None
            cases.hand_on(case=case, by=holder, version=version + 1)
    assert said == {"taken": RUNS, "stale": RUNS}
    assert case.steps.filter(kind=StepKind.TAKEN).count() == RUNS


def _take(case: Case, by: Person, version: int, together: Barrier) -> str:
    together.wait()
    try:
        cases.take(case=case, by=by, version=version)
    except Conflict as conflict:
        return conflict.code
    finally:
        connection.close()
    return "taken"


def test_those_who_tell_us_the_same_at_once_are_one_case(world: World) -> None:
    message, together = say(world.ben, world.tuesday), Barrier(3)

    def tell(who: Person) -> None:
        together.wait()
        try:
            told_of(who, message, Reason.SELF_HARM)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as several:
        for done in [several.submit(tell, who) for who in (world.ana, world.cy, world.dana)]:
            done.result()
    assert (Case.objects.count(), Report.objects.count()) == (1, 3)
    steps = Case.objects.get().steps.order_by("number")
    assert [step.number for step in steps] == [*range(1, len(steps) + 1)]
    assert Counter(step.kind for step in steps) == {StepKind.TOLD: 1, StepKind.TOLD_AGAIN: 2, StepKind.OFF_HOURS: 3}

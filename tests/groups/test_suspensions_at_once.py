"""Two of staff who suspend, ban or lift the same person in one moment: one of each, and the door says what stands."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection, transaction

from community.audit import services as audit
from community.cases.models import Case
from community.foundation import clock
from community.people.models import Person
from community.programs.models import StaffRole
from community.sanctions import services as sanctions
from community.sanctions import tasks
from community.sanctions.models import Suspension
from groups.demo.services import World
from groups.moderation import services as moderation
from groups.moderation.models import Decision, Proposal
from groups.moderation.plans import WORDS, Action, Answer
from tests.browser.site import until
from tests.community.roster import HOUR, after
from tests.community.test_on_call_at_once import at_once
from tests.doors import say
from tests.groups.reports import taken, told_of, worker

pytestmark = [pytest.mark.servers, pytest.mark.django_db(transaction=True)]
RUNS = 6


def held_by(world: World, who: Person) -> Case:
    """Something Ben wrote, in ``who``'s hands."""
    return taken(told_of(world.ana, say(world.ben, world.tuesday, "You are nothing.")).case, who)


def suspend(case: Case, by: Person, hours: int = 24) -> object:
    words = str(WORDS[Action.SUSPEND])
    return moderation.decide(case=case, by=by, version=case.version, action="suspend", words=words, amount=hours)


def says_what_stands(world: World) -> bool:
    world.ben.refresh_from_db()
    stands = Suspension.objects.of(world.ben.pk).standing().exists()
    assert world.ben.suspended is stands
    return stands


def free(world: World) -> None:
    """Ben is back, and what was decided about him is long ago."""
    for one in Suspension.objects.standing():
        sanctions.end(decision_id=one.decision)
    Decision.objects.filter(person=world.ben).update(lifted=clock.now())
    assert not says_what_stands(world)


def test_of_two_who_suspend_somebody_at_once_one_does_and_the_other_needs_a_second(world: World) -> None:
    fay = worker("Fay", world.evening, StaffRole.FACILITATOR)
    for _run in range(RUNS):
        cases = [held_by(world, who) for who in (world.dana, fay)]
        done = at_once(*(partial(suspend, case, who) for case, who in zip(cases, (world.dana, fay), strict=True)))
        assert sorted(isinstance(one, Decision) for one in done) == [False, True]
        assert "second" in done
        assert Suspension.objects.of(world.ben.pk).standing().count() == 1
        assert says_what_stands(world)
        free(world)


@pytest.mark.parametrize("way", ["decide", "second"])
def test_who_waits_to_suspend_somebody_keeps_nothing_that_who_lets_them_back_needs(world: World, way: str) -> None:
    """Or the two wait for each other. Whoever lets somebody back holds their row, and then writes the audit."""
    case = held_by(world, world.dana)
    verb: Callable[[], object] = partial(suspend, case, world.dana)
    if way == "second":
        noor = worker("Noor", world.evening, StaffRole.COORDINATOR)
        row = moderation.propose(case=case, by=world.dana, version=case.version, action="ban", words="For good.")
        verb = partial(moderation.answer_proposal, proposal=row, by=noor, answer="yes")
    with ThreadPoolExecutor(1) as aside:
        with transaction.atomic():
            Person.objects.select_for_update(no_key=True).get(pk=world.ben.pk)
            waits = aside.submit(lambda: at_once(verb))
            until(somebody_waits, lambda: "nobody waits for the row")
            audit.record(action="person.restore", actor=None, subject=f"person:{world.ben.pk}")
        assert isinstance(waits.result()[0], Decision | Proposal)
    assert says_what_stands(world)


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def test_of_two_who_say_yes_at_once_one_bans_and_it_is_said_once(world: World) -> None:
    noor, rae = (
        worker(name, world.evening, StaffRole(role)) for name, role in (("Noor", "coordinator"), ("Rae", "reviewer"))
    )
    for _run in range(RUNS):
        case = held_by(world, world.dana)
        row = moderation.propose(case=case, by=world.dana, version=case.version, action="ban", words="For good.")
        yes = [partial(moderation.answer_proposal, proposal=row, by=who, answer="yes") for who in (noor, rae)]
        done = at_once(*yes)
        assert sum(isinstance(one, Proposal) for one in done) == 1
        assert "answered" in done
        assert Suspension.objects.of(world.ben.pk).standing().count() == 1
        free(world)


def test_of_two_who_answer_an_appeal_at_once_one_does(world: World) -> None:
    fay = worker("Fay", world.evening, StaffRole.FACILITATOR)
    for _run in range(RUNS):
        case = held_by(world, world.dana)
        made = suspend(case, world.dana)
        assert isinstance(made, Decision)
        moderation.appeal(decision=made, by=world.ben, words="It was a joke.")
        answers = ((world.cy, Answer.LIFTED), (fay, Answer.STANDS))
        said = [
            partial(moderation.decide_appeal, decision=made, by=who, answer=answer, words="So be it.")
            for who, answer in answers
        ]
        done = at_once(*said)
        assert done.count("again") == 1
        made.appeal.refresh_from_db()
        assert says_what_stands(world) is (made.appeal.answer == Answer.STANDS)
        free(world)


def test_what_is_lifted_while_another_begins_or_its_time_ends_leaves_the_door_as_it_stands(world: World) -> None:
    for _run in range(RUNS):
        first, until = uuid4(), clock.now() + HOUR
        sanctions.suspend(person_id=world.ben.pk, decision_id=first, until=until)
        further = partial(sanctions.suspend, person_id=world.ben.pk, decision_id=uuid4(), until=until)
        at_once(partial(sanctions.end, decision_id=first), further)
        assert says_what_stands(world)
        assert Suspension.objects.of(world.ben.pk).standing().count() == 1
        last = Suspension.objects.of(world.ben.pk).standing().get()
        with after(hours=2):
            at_once(partial(sanctions.end, decision_id=last.decision), tasks.end_over)
        assert not says_what_stands(world)

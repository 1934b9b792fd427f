"""Who decides waits for a room or an inbox with the end of the audit still free: nobody waits in a circle."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import transaction

from community.audit import services as audit
from community.notices.models import Inbox
from community.people.models import Person
from community.programs.models import StaffRole
from groups.demo.services import World
from groups.membership.models import Group
from groups.moderation import services as moderation
from groups.moderation.models import Appeal, AppealMessage, Decision
from groups.moderation.plans import WORDS, Action
from tests.browser.site import until
from tests.community.test_on_call_at_once import at_once
from tests.doors import say
from tests.groups.reports import decided, taken, told_of, worker
from tests.groups.test_suspensions_at_once import somebody_waits

pytestmark = [pytest.mark.servers, pytest.mark.django_db(transaction=True)]

AMOUNTS = {Action.HOLD: 3, Action.MUTE: 2, Action.SUSPEND: 5}
HELD: dict[str, Callable[[World], object]] = {
    "room": lambda world: Group.objects.locked_one(world.tuesday.pk),
    "inbox": lambda world: Inbox.objects.locked_for(world.ben.pk),
}


def deciding(world: World, action: Action) -> Callable[[], object]:
    case = taken(told_of(world.ana, say(world.ben, world.tuesday, "You are nothing.")).case, world.dana)
    said = {"words": str(WORDS[action]), "amount": AMOUNTS.get(action)}
    return partial(moderation.decide, case=case, by=world.dana, version=case.version, action=action, **said)


def looking_again(world: World, by: Person, answer: str, **more: object) -> Callable[[], object]:
    report = told_of(world.ana, say(world.ben, world.tuesday, "You are nothing."))
    made = decided(world, report, Action.SUSPEND, amount=48)
    moderation.appeal(decision=made, by=world.ben, words="It was a joke.")
    return partial(moderation.decide_appeal, decision=made, by=by, answer=answer, words="So be it.", **more)


def meets(world: World, verb: Callable[[], object], held: str) -> object:
    """What ``verb`` says, which waits for what somebody else holds, who then writes the audit."""
    with ThreadPoolExecutor(1) as aside:
        with transaction.atomic():
            HELD[held](world)
            waits = aside.submit(lambda: at_once(verb))
            until(somebody_waits, lambda: f"nobody waits for the {held}")
            audit.record(action="seat.restrict", actor=None, subject=f"group:{world.tuesday.pk}")
        return waits.result()[0]


@pytest.mark.parametrize("action", [Action.HIDE, Action.HOLD, Action.MUTE, Action.REMOVE, Action.SUSPEND])
def test_who_decides_and_who_changes_the_room_do_not_wait_for_each_other(world: World, action: Action) -> None:
    assert isinstance(meets(world, deciding(world, action), "room"), Decision)
    assert audit.verify().broken is None


def test_who_decides_and_who_tells_its_person_of_something_else_do_not_wait_for_each_other(world: World) -> None:
    assert isinstance(meets(world, deciding(world, Action.MUTE), "inbox"), Decision)


@pytest.mark.parametrize(
    ("answer", "more"),
    [
        ("lifted", {}),
        ("partly", {"instead": "mute", "amount": 2}),
        ("partly", {"instead": "suspend", "amount": 2}),
    ],
)
def test_who_looks_again_and_who_changes_the_room_do_not_wait_for_each_other(
    world: World, answer: str, more: dict[str, object]
) -> None:
    fay = worker("Fay", world.evening, StaffRole.FACILITATOR)
    assert isinstance(meets(world, looking_again(world, fay, answer, **more), "room"), Appeal)


def test_of_two_who_write_the_third_message_at_once_one_does_and_the_other_is_told(world: World) -> None:
    fay = worker("Fay", world.evening, StaffRole.FACILITATOR)
    made = appealed(world)
    moderation.ask_back(decision=made, by=world.cy, words="What happened before?")
    asking = [
        partial(moderation.ask_back, decision=made, by=who, words=f"{who.alias} asks.") for who in (world.cy, fay)
    ]
    done = at_once(*asking)
    assert sorted(isinstance(one, AppealMessage) for one in done) == [False, True]
    assert "most" in done
    assert sorted(AppealMessage.objects.values_list("number", flat=True)) == [1, 2]


def test_who_writes_while_somebody_decides_is_in_time_or_told_that_it_is_answered(world: World) -> None:
    made = appealed(world)
    writes = partial(moderation.write_on, decision=made, by=world.ben, words="One more thing.")
    decides = partial(moderation.decide_appeal, decision=made, by=world.cy, answer="stands", words="So be it.")
    said, answered = at_once(writes, decides)
    assert isinstance(answered, Appeal)
    assert isinstance(said, moderation.Said)
    assert (said.refusal is None) == AppealMessage.objects.exists()
    if said.message is not None:
        assert said.message.at <= (answered.decided or said.message.at)


def appealed(world: World) -> Decision:
    made = decided(world, told_of(world.ana, say(world.ben, world.tuesday, "You are nothing.")), Action.MUTE, amount=2)
    moderation.appeal(decision=made, by=world.ben, words="It was a joke.")
    return made

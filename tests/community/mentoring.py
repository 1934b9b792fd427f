"""What the tests of mentoring share: what people say of themselves, and a mentor at any step."""

from datetime import timedelta
from typing import Any

from community.foundation import clock
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor, MentorRequest
from community.mentoring.plans.codes import Action, State
from community.people.models import Person
from community.programs.models import Program
from groups.demo.services import World

TUESDAY = {"weekday": 1, "starts": "18:00", "ends": "21:00"}
SAID: dict[str, Any] = {"languages": ["en"], "hours": [TUESDAY]}
#: The verbs that lead to each state, in order.
WAYS: dict[State, tuple[Action, ...]] = {
    State.APPLIED: (),
    State.SCREENING: (Action.SCREEN,),
    State.TRAINING: (Action.SCREEN, Action.TRAIN),
    State.ACTIVE: (Action.SCREEN, Action.TRAIN, Action.APPROVE),
    State.PAUSED: (Action.SCREEN, Action.TRAIN, Action.APPROVE, Action.PAUSE),
    State.RETIRED: (Action.RETIRE,),
}


def applied(world: World, **more: Any) -> Mentor:
    """Ben, who finished the evening program, would like to be a mentor there."""
    return mentoring.apply(person=world.ben, program=world.evening, wanted={**SAID, **more}, agrees=True)


def cleared(world: World, mentor: Mentor, *, days: int = 300) -> Mentor:
    until = clock.today(world.evening.zone) + timedelta(days=days)
    return mentoring.clear(mentor=mentor, until=until, by=world.dana)


def mentor_at(world: World, state: State, **more: Any) -> Mentor:
    """Ben at this step, cleared; Dana took each."""
    row = cleared(world, applied(world, **more))
    if state == State.RENEWAL_DUE:
        row = mentor_on(row, world, State.ACTIVE)
        with clock.turned(by=timedelta(days=366)):
            assert mentoring.fall_due(mentor=row)
        return again(row)
    return mentor_on(row, world, state)


def mentor_on(row: Mentor, world: World, state: State) -> Mentor:
    for action in WAYS[state]:
        row = getattr(mentoring, action)(mentor=row, by=world.dana)
    return row


def active(world: World, **more: Any) -> Mentor:
    return mentor_at(world, State.ACTIVE, **more)


def asked(person: Person, program: Program, **more: Any) -> MentorRequest:
    return mentoring.ask(person=person, program=program, wanted={**SAID, **more}, agrees=True)


def again(row: Mentor) -> Mentor:
    """As it stands in the table now."""
    found: Mentor = Mentor.objects.to_show().get(pk=row.pk)
    return found

"""What the tests of matches share: two people at any point of their way, led there by the real verbs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from community.consent import services as consent
from community.consent.models import Purpose
from community.foundation import clock
from community.matches import services as matches
from community.matches.models import Match
from community.matches.plans.codes import WALKING, Action, State
from community.mentoring.models import Mentor, MentorRequest
from community.mentoring.rules.standing import agreement_subject
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Program, StaffRole
from groups.demo.services import World
from tests.community.mentoring import active, asked

EARLIER = timedelta(minutes=5)  # approved so long ago that nobody can take it back
TWELFTH_DAY = timedelta(days=12, hours=1)

#: Each action, done by who may.
ACTS: dict[Action, Callable[[World, Match], object]] = {
    Action.APPROVE: lambda w, m: matches.approve(match=m, by=w.dana),
    Action.REJECT: lambda w, m: matches.reject(match=m, by=w.dana),
    Action.CHOOSE: lambda w, m: matches.choose(match=m, by=w.ana),
    Action.DECLINE: lambda w, m: matches.decline(match=m, by=w.ana if m.state == State.SHORTLISTED else w.ben),
    Action.EXPIRE: lambda w, m: later(timedelta(days=15), lambda: matches.expire(match=m)),
    Action.ACCEPT: lambda _w, m: matches.accept(match=m, by=m.guide),
    Action.WITHDRAW: lambda w, m: matches.withdraw(match=m, by=w.ana),
    Action.CONFIRM: lambda w, m: later(
        TWELFTH_DAY, lambda: (matches.confirm(match=m, by=w.ana), matches.confirm(match=m, by=w.ben))
    ),
    Action.PAUSE: lambda w, m: matches.pause(match=m, by=w.ana),
    Action.RESUME: lambda w, m: matches.resume(match=m, by=w.dana),
    Action.END: lambda w, m: matches.end(match=m, by=w.ana),
}
#: The actions that lead to each state, in order.
WAYS: dict[State, tuple[Action, ...]] = {
    State.PROPOSED: (),
    State.SHORTLISTED: (Action.APPROVE,),
    State.OFFERED: (Action.APPROVE, Action.CHOOSE),
    State.INTRODUCTORY: (Action.APPROVE, Action.CHOOSE, Action.ACCEPT),
    State.ACTIVE: (Action.APPROVE, Action.CHOOSE, Action.ACCEPT, Action.CONFIRM),
    State.PAUSED: (Action.APPROVE, Action.CHOOSE, Action.ACCEPT, Action.CONFIRM, Action.PAUSE),
    State.ENDED: (Action.APPROVE, Action.CHOOSE, Action.ACCEPT, Action.END),
    State.DECLINED: (Action.APPROVE, Action.DECLINE),
    State.EXPIRED: (Action.APPROVE, Action.EXPIRE),
    State.WITHDRAWN: (Action.REJECT,),
}


def later(by: timedelta, verb: Callable[[], object]) -> object:
    with clock.turned(by=by):
        return verb()


def proposed(world: World, *, request: MentorRequest | None = None, mentor: Mentor | None = None) -> Match:
    """Ben is suggested for Ana."""
    return matches.propose(
        request=request or asked(world.ana, world.evening), mentor=mentor or active(world), by=world.dana
    )


def match_at(world: World, state: State, **people: Any) -> Match:
    """Ana and Ben at this point of their way."""
    row = proposed(world, **people)
    for action in WAYS[state]:
        turned = -EARLIER if action == Action.APPROVE else timedelta()
        with clock.turned(by=turned):
            ACTS[action](world, row)
        row = again(row)
    return row


def hoping(program: Program, person: Person) -> MentorRequest:
    """They hope for somebody there, as the rows stand."""
    now = clock.now()
    request: MentorRequest = MentorRequest.objects.create(
        person=person, program=program, asked_at=now, changed=now, zone=person.zone, languages=["en"],
        hours=[[1, 1080, 1260]],
    )  # fmt: skip
    consent.give(person=person, purpose=Purpose.MATCHED, subject=agreement_subject(program.pk))
    return request


def matched(request: MentorRequest, mentor: Mentor, state: State = State.ACTIVE, **more: Any) -> Match:
    """These two, as they stand in the table; for what only reads, or begins in the middle."""
    now = clock.now()
    stands = {"made": now, "since": now, "accepted": now - timedelta(days=3) if state in WALKING else None, **more}
    row: Match = Match.objects.create(
        request=request, mentor=mentor, mentee=request.person, guide=mentor.person, program=request.program,
        state=state, fit=500, **stands,
    )  # fmt: skip
    return row


def another(world: World, alias: str) -> Mentor:
    """One more mentor of the evening program, as the rows stand: what Ben is, under another name."""
    ben = Mentor.objects.of(world.ben.pk).get(program=world.evening)
    person: Person = Person.objects.create(alias=alias, zone=world.evening.zone, joined=clock.now(), password="!")
    run = world.ben.focuses.get().runs.get()
    focus = person.focuses.create(created=run.created)
    focus.runs.create(start=run.start, entered=run.entered, created=run.created)
    return _twin(ben, person=person)


def afternoons(world: World) -> Program:
    """One more program of the same kind, which Dana runs as well."""
    program = programs.open_program(name="Afternoon program", track=world.evening.track)
    programs.appoint(person=world.dana, program=program, role=StaffRole.COORDINATOR)
    return program


def also_in(mentor: Mentor, program: Program, **more: Any) -> Mentor:
    """The same person as a mentor of one more program, as the rows stand."""
    return _twin(mentor, program=program, **more)


def _twin(mentor: Mentor, **other: Any) -> Mentor:
    """One more row like this one, with what mentors agree to."""
    same = {field.name: getattr(mentor, field.name) for field in Mentor._meta.concrete_fields if field.name != "id"}
    twin: Mentor = Mentor.objects.create(**same | other)
    consent.give(person=twin.person, purpose=Purpose.MENTORING, subject=agreement_subject(twin.program_id))
    return twin


def again(row: Match) -> Match:
    """As it stands in the table now."""
    found: Match = Match.objects.to_show().get(pk=row.pk)
    return found

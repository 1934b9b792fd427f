"""Each of the eighteen rules is asked again at each step, of the rows as they stand then (G1)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.consent import services as consent
from community.consent.models import ConsentRecord, Purpose
from community.foundation import clock
from community.foundation.errors import Conflict
from community.matches import services as matches
from community.matches import tasks
from community.matches.desk import broken_between
from community.matches.desk.again import APART
from community.matches.models import Match
from community.matches.plans.codes import Need, Reason, State
from community.matches.reading.needs import by_match
from community.matching.codes import Code
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor, MentorRequest
from community.mentoring.rules.standing import agreement_subject
from community.milestones import services as milestones
from community.notices.models import Notice
from community.people import services as people
from community.people.models import Identity, Person
from community.programs import services as programs
from community.programs.models import Program, StaffRole
from groups.demo.services import World
from tests.community.desk import newcomer
from tests.community.matches import EARLIER, again, another, matched
from tests.community.mentoring import active, asked

type Break = Callable[[World, MentorRequest, Mentor], object]


def mentor_is(**changed: Any) -> Break:
    return lambda _w, _r, mentor: Mentor.objects.filter(pk=mentor.pk).update(**changed)


def request_is(**changed: Any) -> Break:
    return lambda _w, request, _m: MentorRequest.objects.filter(pk=request.pk).update(**changed)


def seventeen(person: Person) -> None:
    identity = Identity(person=person)
    identity.keep(birth_date=clock.today("UTC") - timedelta(days=17 * 365))
    identity.save()


def elsewhere(world: World, _request: MentorRequest, mentor: Mentor) -> None:
    other = Program.objects.create(name="Afternoons", track=world.evening.track, zone=world.evening.zone)
    consent.give(person=world.ben, purpose=Purpose.MENTORING, subject=agreement_subject(other.pk))
    Mentor.objects.filter(pk=mentor.pk).update(program=other)


def full(world: World, _request: MentorRequest, mentor: Mentor) -> None:
    matched(asked(newcomer(1, world.cohort), world.evening), mentor)
    Mentor.objects.filter(pk=mentor.pk).update(capacity=1)


BREAKS: dict[Code, Break] = {
    Code.SAME_PERSON: lambda w, _r, m: Mentor.objects.filter(pk=m.pk).update(person=w.ana),
    Code.ALREADY_MATCHED: lambda _w, r, m: matched(r, m),
    Code.OTHER_CLINIC: elsewhere,
    Code.NOT_OPTED_IN: lambda w, _r, _m: (
        ConsentRecord.objects.of(w.ana.pk).filter(purpose=Purpose.MATCHED).update(revoked=clock.now())
    ),
    Code.MENTOR_NOT_APPROVED: mentor_is(approved_until=None),
    Code.MENTOR_UNAVAILABLE: mentor_is(not_now=True),
    Code.CAPACITY_FULL: full,
    Code.MENTOR_TENURE: lambda w, _r, _m: milestones.begin_anew(person=w.ben, focus=w.ben.focuses.get()),
    Code.MENTOR_MINOR: lambda w, _r, _m: seventeen(w.ben),
    Code.YOUTH_CLEARANCE: lambda w, _r, _m: seventeen(w.ana),
    Code.GUARDIAN_CONSENT: lambda w, _r, _m: seventeen(w.ana),
    Code.TRACK: lambda w, _r, _m: mentoring.set_policy(program=w.evening, wanted={"mentor_tracks": ["dual"]}),
    Code.BLOCKED: lambda w, _r, _m: people.block(person=w.ben, other=w.ana),
    Code.NO_REMATCH: lambda _w, r, m: matched(r, m, State.ENDED, not_again=True),
    Code.CONFLICT_OF_INTEREST: lambda w, _r, _m: programs.appoint(
        person=w.ben, role=StaffRole.FACILITATOR, program=w.evening
    ),
    Code.GENDER_REQUIRED: request_is(wish_kind="need", wish_of=["woman"]),
    Code.LANGUAGE: request_is(languages=["ko"]),
    Code.TIME_OVERLAP: request_is(hours=[[1, 1260, 1320]]),
}
#: What cannot be broken alone: a person who is both is in care as well, and a minor needs both.
ALSO = {
    Code.SAME_PERSON: set(Code),
    Code.YOUTH_CLEARANCE: {Code.GUARDIAN_CONSENT},
    Code.GUARDIAN_CONSENT: {Code.YOUTH_CLEARANCE},
}
#: Before two people are matched another match of theirs may stand; afterwards the database holds them to one.
STEPS = {Code.ALREADY_MATCHED: ("propose",)}


def let_go(row: Match, state: State) -> bool:
    """Whether the worker takes what is suggested away at this state; it is put back afterwards."""
    Match.objects.filter(pk=row.pk).update(state=state)
    before = Notice.objects.count()
    assert tasks.broken() == (again(row).state != state)
    gone = again(row).reason == Reason.RULES
    assert Notice.objects.count() - before == (gone and state == State.OFFERED)
    Notice.objects.all().delete()
    Match.objects.filter(pk=row.pk).update(state=State.PROPOSED, since=row.since, until=row.until, reason="")
    return gone


OTHER_SIDE: dict[Code, Break] = {
    Code.NOT_OPTED_IN: lambda w, _r, _m: (
        ConsentRecord.objects.of(w.ben.pk).filter(purpose=Purpose.MENTORING).update(revoked=clock.now())
    ),
    Code.GENDER_REQUIRED: mentor_is(wish_kind="need", wish_of=["woman"]),
}


@pytest.mark.parametrize("code", OTHER_SIDE)
def test_what_the_mentor_needs_and_agrees_to_holds_as_the_mentees_does(world: World, code: Code) -> None:
    request, mentor = asked(world.ana, world.evening), active(world)
    OTHER_SIDE[code](world, request, mentor)
    mentor = Mentor.objects.to_show().get(pk=mentor.pk)
    assert broken_between(request, mentor) == {code}
    with pytest.raises(Conflict) as refused:
        matches.propose(request=request, mentor=mentor)
    assert refused.value.code == "rules"


def test_there_is_a_way_to_break_each_rule() -> None:
    assert set(BREAKS) == set(Code)


@pytest.mark.parametrize("code", Code)
def test_a_broken_rule_stops_each_step(world: World, code: Code) -> None:
    request, mentor = asked(world.ana, world.evening), active(world)
    assert broken_between(request, mentor) == frozenset()
    BREAKS[code](world, request, mentor)
    request, mentor = MentorRequest.objects.to_show().get(pk=request.pk), Mentor.objects.to_show().get(pk=mentor.pk)
    assert {code} <= broken_between(request, mentor) <= {code} | ALSO.get(code, set())
    with pytest.raises(Conflict) as refused:
        matches.propose(request=request, mentor=mentor)
    assert refused.value.code == "rules"
    if STEPS.get(code) == ("propose",):
        return
    now = clock.now()
    row: Match = Match.objects.create(
        request=request, mentor=mentor, mentee=world.ana, guide=world.ben, program=world.evening, fit=500,
        made=now, since=now - EARLIER, until=now + timedelta(days=1),
    )  # fmt: skip
    for state in (State.PROPOSED, State.SHORTLISTED, State.OFFERED):
        assert let_go(row, state) == (state != State.OFFERED or code in APART)
    with pytest.raises(Conflict) as refused:
        matches.approve(match=row)
    assert (refused.value.code, again(row).state) == ("rules", State.PROPOSED)
    Match.objects.filter(pk=row.pk).update(state=State.SHORTLISTED)
    with pytest.raises(Conflict) as refused:
        matches.choose(match=row, by=world.ana)
    assert (refused.value.code, again(row).state) == ("rules", State.SHORTLISTED)
    assert "rules" not in refused.value.problem()  # neither of the two is told which it was
    Match.objects.filter(pk=row.pk).update(state=State.OFFERED)
    matches.accept(match=row, by=world.ben)
    assert again(row).state == State.WITHDRAWN


@pytest.mark.parametrize(("code", "need"), [(Code.BLOCKED, Need.KEPT_APART), (Code.GUARDIAN_CONSENT, Need.UNDER_AGE)])
def test_a_rule_that_is_broken_while_two_walk_together_is_for_staff_and_parts_nobody(
    world: World, code: Code, need: Need
) -> None:
    row = matched(asked(world.ana, world.evening), active(world))
    assert by_match([again(row)])[row.pk] == []
    BREAKS[code](world, row.request, row.mentor)
    assert tasks.broken() == 0
    assert (by_match([again(row)])[row.pk], again(row).state) == ([need], State.ACTIVE)


def test_the_last_place_that_is_asked_for_takes_its_mentor_off_the_other_lists(world: World) -> None:
    mentor = active(world, capacity=1)
    asks = matched(asked(world.ana, world.evening), mentor, State.OFFERED)
    with CaptureQueriesContext(connection) as one:
        assert tasks.broken() == 0  # the place that is taken is its own
    others = [asked(newcomer(number, world.cohort), world.evening) for number in range(3)]
    with CaptureQueriesContext(connection) as many:
        for request in others:
            matched(request, another(world, request.person.alias), State.SHORTLISTED)
        asked_for_many = len(many)
        assert tasks.broken() == 0
    assert len(many) - asked_for_many == len(one)
    waits = matched(others[0], mentor, State.SHORTLISTED)
    assert tasks.broken() == 1
    assert (again(asks).state, again(waits).state) == (State.OFFERED, State.EXPIRED)

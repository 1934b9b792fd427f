"""Who is looked at for a proposal: everybody who waits in a program, and every mentor they might have."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from community.foundation import clock
from community.matches.models import Match
from community.matches.plans.codes import State
from community.matching.facts import MentorFacts, Policy
from community.mentoring.models import Mentor, MentorRequest
from community.mentoring.plans.codes import State as MentorState
from community.mentoring.querysets import MentorQuerySet, MentorRequestQuerySet
from community.programs.models import Program


def waiting_in(program: Program) -> list[MentorRequest]:
    """Who waits there and has neither a mentor nor a card, in the order of the line."""
    return list(with_nobody(MentorRequest.objects.filter(program=program)).in_line().to_show())


def with_nobody(requests: MentorRequestQuerySet) -> MentorRequestQuerySet:
    """Of these, who waits and has neither a mentor nor a card, and is suggested to nobody."""
    theirs = Match.objects.open().primary().filter(mentee=OuterRef("person"))
    return requests.open().filter(~Exists(theirs))


def settled_among(people: Iterable[UUID]) -> set[UUID]:
    """Who of these walks with a mentor already, in whatever program: one at a time, and the place in line is kept."""
    return set(Match.objects.settled().filter(mentee__in=list(people)).values_list("mentee", flat=True))


def offered_in(program: Program) -> MentorQuerySet:
    """Its own mentors, whatever step they are at, and those of other programs who would meet its people."""
    return Mentor.objects.open().filter(Q(program=program) | Q(across=True)).to_show().order_by("pk")


def offered_for(request: MentorRequest) -> MentorQuerySet:
    """The same for one who waits: of other programs nobody, unless they would meet somebody of theirs."""
    offered = offered_in(request.program)
    return offered if request.across else offered.filter(program=request.program)


def ready_for(request: MentorRequest, policy: Policy) -> list[Mentor]:
    """Of these those whom their own row does not keep away, in the order of their ids.

    It decides nothing, and saves reading who cannot be found anyway: every rule is asked of who is left.
    """
    now = clock.now()
    active = offered_for(request).filter(state=MentorState.ACTIVE, not_now=False, capacity__gt=0)
    return [
        one
        for one in active.filter(approved_until__gt=now, cleared_until__gt=now)
        if policy.serves(mentor=one.program.track, mentee=request.program.track)
        and not set(one.languages).isdisjoint(request.languages)
    ]


def once_each(mentors: Iterable[MentorFacts], program: Program) -> list[MentorFacts]:
    """One of each person: where they may have somebody, else in this program, else the first of their ids."""
    here = str(program.pk)
    ranked = sorted(mentors, key=lambda one: (not _ready(one), one.program != here, one.id), reverse=True)
    return sorted({one.person: one for one in ranked}.values(), key=lambda one: one.id)


def lists_of(people: Iterable[UUID]) -> dict[UUID, int]:
    """On how many lists each of these people stands already as a mentor, in every program: their places are one."""
    standing = Match.objects.at(State.PROPOSED, State.SHORTLISTED).filter(guide__in=list(people))
    return {one["guide"]: one["lists"] for one in standing.values("guide").annotate(lists=Count("pk"))}


def _ready(mentor: MentorFacts) -> bool:
    return mentor.approved and mentor.available and mentor.free > 0

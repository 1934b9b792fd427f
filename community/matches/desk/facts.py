"""From rows to what the rules and the fit are told. However many people are asked about, the questions stay as many."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q

from community.consent.models import ConsentRecord, Purpose
from community.foundation import clock
from community.foundation.registers import Among, Register, blocks, conflicts
from community.matches.models import Match
from community.matches.plans.codes import OPEN, PLACED, Kind
from community.matching.codes import Code, broken
from community.matching.facts import Bonds, MenteeFacts, MentorFacts, Policy, Two, Window, Wish, WishKind
from community.mentoring.models import Mentor, MentoringPolicy, MentorRequest, Said
from community.mentoring.plans.codes import State
from community.mentoring.rules import policies_of, policy_of, standings
from community.mentoring.rules.ages import birth_dates, minors
from community.mentoring.rules.standing import Standing, agreement_subject
from community.programs.models import Program


def mentees_of(requests: Iterable[MentorRequest]) -> list[MenteeFacts]:
    """What is known of who waits, in the order they come; their id is the request's. Needs ``to_show()``.

    Nobody keeps a guardian's record yet: nobody under age has one.
    """
    asked = list(requests)
    people = {one.person_id for one in asked}
    born, agreed = birth_dates(people), _agreed(people, Purpose.MATCHED)
    young = minors({one.person for one in asked}, born)
    return [
        MenteeFacts(
            **_said(one),
            opted_in=not one.person.suspended and (one.person_id, agreement_subject(one.program_id)) in agreed,
            birth_year=getattr(born.get(one.person_id), "year", None),
            minor=one.person_id in young,
            guardian_consent=False,
        )
        for one in asked
    ]


def mentors_of(mentors: Iterable[Mentor], *, besides: Match | None = None, covering: bool = False) -> list[MentorFacts]:
    """What is known of mentors today, in the order they come; their id is the mentor's. Needs ``to_show()``.

    Whom they have in another program takes a place in each. ``besides``: a match that takes no place here, to look
    again at who may have it. ``covering``: who may be asked to
    stand in has one place more.
    """
    asked = list(mentors)
    known, born = standings(asked), birth_dates({one.person_id for one in asked})
    policies, taken = policies_of({one.program for one in asked}), _taken(asked, besides)
    now, found = clock.now(), []
    for one in asked:
        standing, (placed, last) = known[one.pk], taken.get(one.person_id, (0, None))
        places = min(one.capacity, policies[one.program_id].capacity_most) + (covering and one.stands_in)
        found.append(
            MentorFacts(
                **_said(one),
                **_standing(one, standing),
                birth_year=getattr(born.get(one.person_id), "year", None),
                free=max(places - placed, 0),
                places=places,
                days_since_match=None if last is None else (now - last).days,
            )
        )
    return found


def bonds_among(people: Iterable[UUID], *, besides: Match | None = None) -> Bonds:
    """What stands between any two of these. ``besides``: a match that is no open one here."""
    asked = frozenset(people)
    between = Match.objects.among(asked).values_list("pk", "mentee_id", "guide_id", "state", "not_again")
    rows = list(between.filter(Q(state__in=OPEN) | Q(not_again=True)))
    left_out = None if besides is None else besides.pk
    return Bonds(
        open=frozenset(_two(one, other) for pk, one, other, state, _no in rows if state in OPEN and pk != left_out),
        blocked=_told(blocks, asked),
        no_rematch=frozenset(_two(one, other) for _pk, one, other, _state, not_again in rows if not_again),
        conflicts=_told(conflicts, asked),
    )


def policy_for(program: Program) -> Policy:
    """What the rules are told a program asks for those who wait in it."""
    return _policy(program, policy_of(program))


def policies_for(programs: Iterable[Program]) -> dict[str, Policy]:
    """The same for many, by their ids, in one question."""
    asked = list(programs)
    said = policies_of(asked)
    return {str(one.pk): _policy(one, said[one.pk]) for one in asked}


@dataclass(frozen=True, slots=True)
class Judged:
    """Two people, and every rule they would break today."""

    mentee: MenteeFacts
    mentor: MentorFacts
    broken: frozenset[Code]


def judged(request: MentorRequest, mentor: Mentor, *, besides: Match | None = None, covering: bool = False) -> Judged:
    """The eighteen rules asked of these two; both rows need ``to_show()``.

    ``besides``: their own match, which is no reason against itself. ``covering``: standing in, for which who agreed to
    that may bear one more than their places.
    """
    stands_in = covering or (besides is not None and besides.kind == Kind.COVER)
    (mentee,), (guide,) = mentees_of([request]), mentors_of([mentor], besides=besides, covering=stands_in)
    bonds = bonds_among([request.person_id, mentor.person_id], besides=besides)
    codes = broken(mentee, guide, bonds=bonds, policy=policy_for(request.program), week_of=coming_week())
    return Judged(mentee, guide, codes)


def broken_between(request: MentorRequest, mentor: Mentor, *, besides: Match | None = None) -> frozenset[Code]:
    """The codes alone."""
    return judged(request, mentor, besides=besides).broken


def coming_week() -> datetime:
    """From when the hours of the coming week are counted: this minute."""
    return clock.now().replace(second=0, microsecond=0)


def _policy(program: Program, row: MentoringPolicy) -> Policy:
    return Policy(
        tenure_days=row.tenure_days,
        mentor_tracks={program.track: frozenset(row.mentor_tracks)},
        minors=row.minors,
        floor=row.floor,
    )


def _said(row: Mentor | MentorRequest) -> dict[str, Any]:
    """What both sides say of themselves; own words are the same in whatever case they are typed."""
    return {
        "id": str(row.pk),
        "person": str(row.person_id),
        "program": str(row.program_id),
        "track": row.program.track,
        "across": row.across,
        "languages": tuple(row.languages),
        "gender": row.gender,
        "gender_wish": Wish(WishKind(row.wish_kind), frozenset(row.wish_of)),
        "pathways": frozenset(row.pathways),
        "life_stages": frozenset(map(str.casefold, row.life_stages)),
        "values": frozenset(map(str.casefold, row.values)),
        "style": row.style,
        "windows": _windows(row),
    }


def _windows(row: Said) -> tuple[Window, ...]:
    return tuple(Window(day, first, last, row.zone) for day, first, last in row.hours)


def _standing(row: Mentor, standing: Standing) -> dict[str, Any]:
    """Days that are too few for their own program are as good as none, wherever they would meet somebody."""
    alive = row.person.closed is None
    return {
        "opted_in": standing.agreed,
        "adult": standing.adult,
        "approved": standing.cleared and standing.approved,
        "available": alive
        and standing.state == State.ACTIVE
        and standing.open_to_new
        and not standing.in_care
        and not row.person.suspended,
        "youth_cleared": row.youth_cleared and standing.cleared,
        "tenure_days": standing.tenure_days if standing.tenured else None,
    }


def _agreed(people: set[UUID], purpose: Purpose) -> set[tuple[UUID, str]]:
    live = ConsentRecord.objects.live().filter(person__in=people, purpose=purpose)
    return set(live.values_list("person_id", "subject"))


def _taken(mentors: list[Mentor], besides: Match | None) -> dict[UUID, tuple[int, datetime | None]]:
    """Of each person who ever had somebody, in any program: how many they have, and when both said yes last."""
    placed = Q(state__in=PLACED)
    if besides is not None:
        placed &= ~Q(pk=besides.pk)
    counted = Match.objects.filter(guide__in={one.person_id for one in mentors}).values("guide").annotate(
        placed=Count("pk", filter=placed), last=Max("accepted")
    )  # fmt: skip
    return {one["guide"]: (one["placed"], one["last"]) for one in counted}


def _told(register: Register[Among], people: frozenset[UUID]) -> frozenset[Two]:
    return frozenset(_two(one, other) for among in register for one, other in among(people))


def _two(one: UUID, other: UUID) -> Two:
    return frozenset({str(one), str(other)})

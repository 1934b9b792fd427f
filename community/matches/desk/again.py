"""The eighteen rules asked again of who was suggested to whom: of many at once, in a few questions."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from community.foundation.registers import blocks, conflicts
from community.matches.desk.facts import bonds_among, coming_week, mentees_of, mentors_of, policies_for
from community.matches.desk.line import settled_among
from community.matches.models import Match
from community.matches.plans.codes import PLACED, Kind, Reason, State
from community.matching.codes import Code, broken
from community.matching.facts import MenteeFacts, MentorFacts
from community.mentoring.models import Mentor, MentorRequest

APART = frozenset({Code.BLOCKED, Code.CONFLICT_OF_INTEREST})


def broken_by_now(matches: Iterable[Match]) -> dict[UUID, frozenset[Code]]:
    """Every rule that each of these open matches would break today; none is as it should be.

    A match is no reason against itself: the database holds two people to one that is open, and where it takes a place
    already, that place is its own.
    """
    rows = list(matches)
    mentees = _mentees(rows)
    guides = {kind: _guides(rows, kind) for kind in Kind}
    bonds = bonds_among({person for one in rows for person in (one.mentee_id, one.guide_id)})
    policies, week = policies_for({one.program for one in rows}), coming_week()
    found = {}
    for one in rows:
        mentee, guide = mentees[one.request_id], guides[Kind(one.kind)][one.mentor_id]
        codes = broken(mentee, guide, bonds=bonds, policy=policies[mentee.program], week_of=week)
        own = {Code.ALREADY_MATCHED, *([Code.CAPACITY_FULL] if one.state in PLACED else [])}
        found[one.pk] = codes - own
    return found


def to_let_go(matches: Iterable[Match]) -> dict[UUID, Reason]:
    """Why each of these that cannot stay goes: somebody walks with its mentee by now, or it breaks a rule."""
    rows = list(matches)
    codes, settled = broken_by_now(rows), settled_among(one.mentee_id for one in rows)
    found = {one.pk: Reason.RULES for one in rows if goes(one, codes[one.pk])}
    return found | {one.pk: Reason.MATCHED for one in rows if one.kind == Kind.PRIMARY and one.mentee_id in settled}


def goes(match: Match, codes: frozenset[Code]) -> bool:
    """Whether what is suggested cannot stay. Who was asked answers in their own time, unless the two are kept apart."""
    return bool(codes & APART if match.state == State.OFFERED else codes)


def apart_among(people: Collection[UUID]) -> frozenset[frozenset[UUID]]:
    """Which two of these are kept apart: one does not want to meet the other, or there is a conflict of interest."""
    asked = frozenset(people)
    told = (among(asked) for register in (blocks, conflicts) for among in register)
    return frozenset(frozenset(two) for pairs in told for two in pairs)


def _mentees(rows: Iterable[Match]) -> Mapping[UUID, MenteeFacts]:
    asked = MentorRequest.objects.filter(pk__in={one.request_id for one in rows}).to_show()
    return {UUID(one.id): one for one in mentees_of(asked)}


def _guides(rows: Iterable[Match], kind: Kind) -> Mapping[UUID, MentorFacts]:
    asked = {one.mentor_id for one in rows if one.kind == kind}
    mentors = Mentor.objects.filter(pk__in=asked).to_show()
    return {UUID(one.id): one for one in mentors_of(mentors, covering=kind == Kind.COVER)} if asked else {}

"""The eighteen rules no pair may break, each with its code. All that are broken are told, not the first alone."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from community.matching import windows
from community.matching.facts import Bonds, MenteeFacts, MentorFacts, Policy, Side, WishKind

OVERLAP = 60  # minutes a week


class Code(StrEnum):
    """Why two people cannot be matched, for programs; the words for people stand with the pages."""

    SAME_PERSON = "same_person"
    ALREADY_MATCHED = "already_matched"
    OTHER_CLINIC = "other_clinic"
    NOT_OPTED_IN = "not_opted_in"
    MENTOR_NOT_APPROVED = "mentor_not_approved"
    MENTOR_UNAVAILABLE = "mentor_unavailable"
    CAPACITY_FULL = "capacity_full"
    MENTOR_TENURE = "mentor_tenure"
    MENTOR_MINOR = "mentor_minor"
    YOUTH_CLEARANCE = "youth_clearance"
    GUARDIAN_CONSENT = "guardian_consent"
    TRACK = "track"
    BLOCKED = "blocked"
    NO_REMATCH = "no_rematch"
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    GENDER_REQUIRED = "gender_required"
    LANGUAGE = "language"
    TIME_OVERLAP = "time_overlap"


class Viewer(StrEnum):
    """Who looks at why two people cannot be matched."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    STAFF = "staff"


BOTH = frozenset({Code.SAME_PERSON, Code.ALREADY_MATCHED, Code.LANGUAGE, Code.TIME_OVERLAP})
OF_THE_MENTOR = frozenset({Code.MENTOR_NOT_APPROVED, Code.MENTOR_UNAVAILABLE, Code.CAPACITY_FULL, Code.MENTOR_TENURE})
#: What staff are not told of a pair: how long somebody has been well, and what somebody needs the other to be.
NOT_FOR_STAFF = frozenset({Code.MENTOR_TENURE, Code.GENDER_REQUIRED})


def broken(
    mentee: MenteeFacts, mentor: MentorFacts, *, bonds: Bonds, policy: Policy, week_of: datetime
) -> frozenset[Code]:
    """Every rule these two would break, the hours counted in the week from ``week_of``. None: they may be matched."""
    return frozenset(
        {
            *of_the_mentor(mentor, policy),
            *_between(mentee, mentor, bonds),
            *of_their_programs(mentee, mentor, policy),
            *_fit(mentee, mentor),
        }
        | ({Code.TIME_OVERLAP} if _minutes(mentee, mentor, week_of) < OVERLAP else set())
    )


def seen(found: frozenset[Code], mentee: MenteeFacts, mentor: MentorFacts, *, by: Viewer) -> frozenset[Code]:
    """Those of the codes that somebody may be told. Neither side learns what staff alone know, or the other's own."""
    if by is Viewer.STAFF:
        not_now = {Code.MENTOR_UNAVAILABLE} if Code.MENTOR_TENURE in found else set()  # one "not now", whatever it is
        return (found - NOT_FOR_STAFF) | not_now
    own, other = (mentee, mentor) if by is Viewer.MENTEE else (mentor, mentee)
    shown = set(BOTH)
    if by is Viewer.MENTOR:
        shown |= OF_THE_MENTOR
    if not own.opted_in:
        shown.add(Code.NOT_OPTED_IN)
    if needs_another(own, other):
        shown.add(Code.GENDER_REQUIRED)
    return found & shown


def of_the_mentor(mentor: MentorFacts, policy: Policy) -> Iterator[Code]:
    """What keeps a mentor from everybody."""
    if not mentor.approved:
        yield Code.MENTOR_NOT_APPROVED
    if not mentor.available:
        yield Code.MENTOR_UNAVAILABLE
    if mentor.free < 1:
        yield Code.CAPACITY_FULL
    if mentor.tenure_days is None or mentor.tenure_days < policy.tenure_days:
        yield Code.MENTOR_TENURE
    if not mentor.adult:
        yield Code.MENTOR_MINOR


def _between(mentee: MenteeFacts, mentor: MentorFacts, bonds: Bonds) -> Iterator[Code]:
    two = frozenset({mentee.person, mentor.person})
    if len(two) == 1:
        yield Code.SAME_PERSON
    if two in bonds.open:
        yield Code.ALREADY_MATCHED
    if two in bonds.blocked:
        yield Code.BLOCKED
    if two in bonds.no_rematch:
        yield Code.NO_REMATCH
    if two in bonds.conflicts:
        yield Code.CONFLICT_OF_INTEREST


def of_their_programs(mentee: MenteeFacts, mentor: MentorFacts, policy: Policy) -> Iterator[Code]:
    """What is the same for all who wait in one program, of one track and age."""
    if mentee.program != mentor.program and not (mentee.across and mentor.across):
        yield Code.OTHER_CLINIC
    if not (mentee.opted_in and mentor.opted_in):
        yield Code.NOT_OPTED_IN
    if mentee.minor and not (policy.minors and mentor.youth_cleared):
        yield Code.YOUTH_CLEARANCE
    if mentee.minor and not (policy.minors and mentee.guardian_consent):
        yield Code.GUARDIAN_CONSENT
    if not policy.serves(mentor=mentor.track, mentee=mentee.track):
        yield Code.TRACK


def _fit(mentee: MenteeFacts, mentor: MentorFacts) -> Iterator[Code]:
    if needs_another(mentee, mentor) or needs_another(mentor, mentee):
        yield Code.GENDER_REQUIRED
    if not set(mentee.languages) & set(mentor.languages):
        yield Code.LANGUAGE


def needs_another(one: Side, other: Side) -> bool:
    """Whether somebody needs the other to be of a gender that they are not, or did not say."""
    return one.gender_wish.kind == WishKind.NEED and not one.gender_wish.met_by(other.gender)


def _minutes(mentee: MenteeFacts, mentor: MentorFacts, week_of: datetime) -> int:
    return windows.minutes(windows.together(mentee.windows, mentor.windows, week_of))

"""Why somebody is left, and what would help: a place, a rule that alone is in the way, a mentor of a kind."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from community.matching.codes import NOT_FOR_STAFF, Code, broken
from community.matching.facts import Bonds, MenteeFacts, MentorFacts, Policy, WishKind
from community.matching.solver.instance import Instance, Proposal

BETWEEN = frozenset({Code.SAME_PERSON, Code.ALREADY_MATCHED, Code.BLOCKED, Code.NO_REMATCH, Code.CONFLICT_OF_INTEREST})
OF_NO_PAIR = NOT_FOR_STAFF | BETWEEN | {Code.MENTOR_UNAVAILABLE}  # "not now" has reasons that staff are not told


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody left, and the mentors at any of whom one more place would let one more person be matched.

    Without any, nobody they could meet is among the mentors: ``nobody_fits``.
    """

    mentee: str
    one_more_place: tuple[str, ...]

    @property
    def nobody_fits(self) -> bool:
        return not self.one_more_place


def left(instance: Instance, proposal: Proposal) -> tuple[Left, ...]:
    """Everybody left, in the order of the line. A place helps also where people would have to change for it."""
    mentors, standing = tuple(instance.capacity), set(instance.existing)
    ways: defaultdict[str, set[str]] = defaultdict(set)
    for tail, head, _fit in zip(*instance.pairs, strict=True):
        mentee, mentor = instance.mentees[tail], mentors[head]
        if mentee != mentor and (mentor, mentee) not in standing:
            ways[mentee].add(mentor)
    beside: defaultdict[str, list[str]] = defaultdict(list)
    for match in proposal.matches:
        beside[match.mentor].append(match.mentee)
    return tuple(Left(mentee, _reached(mentee, ways, beside)) for mentee in proposal.unmatched)


def _reached(mentee: str, ways: Mapping[str, set[str]], beside: Mapping[str, list[str]]) -> tuple[str, ...]:
    """Whom a free place would have to be with, for a chain of changes to end with a place for this mentee."""
    found: set[str] = set()
    waiting = [mentee]
    while waiting:
        for mentor in ways.get(waiting.pop(), set()) - found:
            found.add(mentor)
            waiting += beside.get(mentor, [])
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class Alone:
    """A rule that alone stands between people and some mentor; for a language, which ones they speak."""

    code: Code
    about: tuple[str, ...]
    mentees: tuple[str, ...]


def alone(
    mentees: Iterable[MenteeFacts], mentors: Iterable[MentorFacts], *, bonds: Bonds, policy: Policy, week_of: datetime
) -> tuple[Alone, ...]:
    """Which single rule keeps how many of these from somebody, most first: whom to look for, or what to put right.

    What staff are not told of a pair, and what stands between two people, is in no row.
    """
    offered = tuple(mentors)
    found: defaultdict[tuple[Code, tuple[str, ...]], list[str]] = defaultdict(list)
    for mentee in mentees:
        codes = [broken(mentee, mentor, bonds=bonds, policy=policy, week_of=week_of) for mentor in offered]
        for code in sorted({next(iter(one)) for one in codes if len(one) == 1} - OF_NO_PAIR):
            found[code, mentee.languages if code is Code.LANGUAGE else ()].append(mentee.id)
    return ranked(found)


def ranked(found: Mapping[tuple[Code, tuple[str, ...]], Iterable[str]]) -> tuple[Alone, ...]:
    """The rule that keeps most people from somebody comes first."""
    rows = (Alone(code, about, tuple(ids)) for (code, about), ids in found.items())
    return tuple(sorted(rows, key=lambda row: (-len(row.mentees), row.code, row.about)))


@dataclass(frozen=True, slots=True)
class Kind:
    """A mentor who is not there: one more of this program and language would suit ``mentees``.

    ``gender`` is empty where nobody of them needs one.
    """

    program: str
    language: str
    gender: str
    mentees: tuple[str, ...]


def kinds(mentees: Iterable[MenteeFacts]) -> tuple[Kind, ...]:
    """Which kind of one more mentor would suit how many of these, most first."""
    everybody = tuple(mentees)
    genders = {"", *(gender for mentee in everybody if _needs(mentee) for gender in mentee.gender_wish.of)}
    asked = {(mentee.program, language) for mentee in everybody for language in mentee.languages}
    rows = []
    for program, language in asked:
        for gender in genders:
            suited = tuple(
                one.id
                for one in everybody
                if one.program == program
                and language in one.languages
                and (not _needs(one) or one.gender_wish.met_by(gender))
            )
            rows.append(Kind(program, language, gender, suited))
    plain = {(row.program, row.language): len(row.mentees) for row in rows if not row.gender}
    told = [row for row in rows if len(row.mentees) > (plain[row.program, row.language] if row.gender else 0)]
    return tuple(sorted(told, key=lambda row: (-len(row.mentees), row.program, row.language, row.gender)))


def _needs(mentee: MenteeFacts) -> bool:
    return mentee.gender_wish.kind == WishKind.NEED

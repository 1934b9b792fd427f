"""Who would be left in a program today, and what would let each of them have somebody."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from community.foundation import clock
from community.matches.desk.facts import coming_week, policy_for
from community.matches.desk.question import Question, question_of
from community.matching.codes import Code, broken
from community.matching.facts import Bonds, MenteeFacts, MentorFacts, Policy, Wish
from community.matching.solver import leftover
from community.matching.solver.solving import solve
from community.mentoring.models import Mentor, MentorRequest
from community.programs.models import Program

YEARS = 10 * 365  # days: more than any program asks of a mentor


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule that alone stands between somebody and some mentor; for a language, which ones they speak."""

    code: Code
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Locked:
    """Somebody who would have nobody. Without ``places`` nobody they could meet is there.

    ``places``: mentors at any of whom one more place would let one more person be matched. ``rules``: each that alone
    is in the way. ``mentors``: who is not there and would suit them, each a language and, where they need it, a gender;
    none where no mentor could help.
    """

    request: MentorRequest
    days: int
    places: tuple[Mentor, ...]
    rules: tuple[Rule, ...]
    mentors: tuple[leftover.Kind, ...]


@dataclass(frozen=True, slots=True)
class Unlocking:
    waiting: int
    matched: int
    left: list[Locked]


def unlocking(program: Program) -> Unlocking:
    """What staff may know and no more: never what stands between two people, nor why a mentor says not now."""
    question = question_of(program)
    proposal = solve(question.instance)
    rules = _rules(question, set(proposal.unmatched))
    places = {one.mentee: one.one_more_place for one in leftover.left(question.instance, proposal)}
    request = {str(one.pk): one for one in question.requests}
    facts = {one.person: one for one in question.mentees}
    mentor = _rows(question.offered, question.mentors)
    policy, now = policy_for(program), clock.now()
    left = []
    for person in proposal.unmatched:
        row = request[facts[person].id]
        left.append(
            Locked(
                request=row,
                days=(now - row.asked_at).days,
                places=tuple(mentor[one] for one in places[person]),
                rules=() if places[person] else tuple(rules[facts[person].id]),
                mentors=() if places[person] else _suiting(facts[person], policy),
            )
        )
    return Unlocking(len(question.instance.waiting), len(proposal.matches), left)


def _rules(question: Question, left: set[str]) -> dict[str, list[Rule]]:
    from community.matching.crowd.left import alone  # noqa: PLC0415 - numpy, where it is asked for alone

    found = defaultdict[str, list[Rule]](list)
    columns = question.columns
    for row in alone(columns, [place for place, one in enumerate(columns.mentees) if one.person in left]):
        for one in row.mentees:
            found[one].append(Rule(row.code, row.about))
    return found


def _rows(offered: Sequence[Mentor], mentors: Iterable[MentorFacts]) -> dict[str, Mentor]:
    """Of each person the row that is looked at."""
    row = {str(one.pk): one for one in offered}
    return {one.person: row[one.id] for one in mentors}


def _suiting(mentee: MenteeFacts, policy: Policy) -> tuple[leftover.Kind, ...]:
    """The kinds of one more mentor of whom one would do: where something else is in the way as well, there is none."""
    week = coming_week()

    def suits(kind: leftover.Kind) -> bool:
        return not broken(mentee, _somebody(mentee, kind), bonds=Bonds(), policy=policy, week_of=week)

    return tuple(one for one in leftover.kinds([mentee]) if suits(one))


def _somebody(mentee: MenteeFacts, kind: leftover.Kind) -> MentorFacts:
    """A mentor of that kind who has the time that the mentee has, and is good for everything."""
    return MentorFacts(
        id="", person="", program=mentee.program, track=mentee.track, opted_in=True, languages=(kind.language,),
        gender=kind.gender, gender_wish=Wish(), windows=mentee.windows, adult=True, approved=True, available=True,
        youth_cleared=True, free=1, places=1, tenure_days=YEARS,
    )  # fmt: skip

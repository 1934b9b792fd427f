"""What no proposal may do, counted: a broken rule (G1), a place too many (G2), a match that stands touched (G8)."""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from community.matching.codes import broken
from community.matching.crowd.instances import columns_of, instance_of
from community.matching.facts import Bonds, MenteeFacts, MentorFacts, Policy
from community.matching.solver.instance import Instance, Pair, Proposal
from community.matching.solver.shortlists import Shortlists
from tests.community.crowds import MONDAY, town

TRACKS = {"addiction": frozenset({"addiction", "dual"})}


@dataclass(frozen=True)
class Trial:
    """A town, what it asks, and the question that is put to the solver."""

    mentees: list[MenteeFacts]
    mentors: list[MentorFacts]
    bonds: Bonds
    policy: Policy
    question: Instance

    @property
    def standing(self) -> set[Pair]:
        return set(self.question.existing)


def trial(number: int, *, mentees: int = 40, mentors: int = 25) -> Trial:
    """The town of this number, up to so many people; some of them have a mentor, whose place is taken."""
    chance = random.Random(number)  # noqa: S311 - people who are made up
    waiting, offered, bonds = town(chance, chance.randint(0, mentees), chance.randint(0, mentors))
    tracks = chance.choice([{}, TRACKS])
    policy = Policy(tenure_days=chance.choice([0, 365]), minors=chance.random() < 0.5, mentor_tracks=tracks)
    columns = columns_of(waiting, offered, bonds=bonds, policy=policy, week_of=MONDAY)
    question = instance_of(columns)
    people, guides = list(question.mentees), list(question.capacity)
    chance.shuffle(people)
    taken = [Pair(one, chance.choice(guides)) for one in people[: len(people) // 5]] if guides else []
    taken = [pair for pair in taken if pair.mentee != pair.mentor]
    more = Counter(pair.mentor for pair in taken)
    capacity = {mentor: places + more[mentor] for mentor, places in question.capacity.items()}
    return Trial(waiting, offered, bonds, policy, replace(question, capacity=capacity, existing=tuple(taken)))


def violations(trial: Trial, found: Proposal, cards: Shortlists) -> dict[str, int]:
    """Of each promise, how often it is broken; the rules are asked of each two people alone, as no solver does."""
    proposed = [Pair(*match[:2]) for match in found.matches]
    dealt = [Pair(*card[:2]) for mine in cards.cards.values() for card in mine]
    having = {pair.mentee for pair in trial.standing}
    full = Counter(pair.mentor for pair in (*trial.standing, *proposed))
    new = Counter(pair.mentor for pair in proposed)
    return {
        "G1": sum(_breaks(trial, pair) for pair in (*proposed, *dealt)),
        "G2": sum(full[mentor] > trial.question.capacity[mentor] for mentor in new),
        "G8": sum(pair.mentee in having for pair in (*proposed, *dealt)) + _twice(proposed),
    }


def _breaks(trial: Trial, pair: Pair) -> bool:
    """Whether these two break a rule. The solver knows people, not rows: of a mentor with several it had the first."""
    mentee = next(one for one in trial.mentees if one.person == pair.mentee)
    mentor = min((one for one in trial.mentors if one.person == pair.mentor), key=lambda one: one.id)
    return bool(broken(mentee, mentor, bonds=trial.bonds, policy=trial.policy, week_of=MONDAY))


def _twice(proposed: Iterable[Pair]) -> int:
    return sum(times - 1 for times in Counter(pair.mentee for pair in proposed).values())

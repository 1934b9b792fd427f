"""A proposal for everybody who waits in a program, worked out from the rows; nothing is written here.

numpy and OR-tools load as it is worked out, in the worker. The solver has a process of its own and a deadline; past it
what still holds of the last good proposal stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from community.foundation import clock
from community.matches.desk.line import lists_of
from community.matches.desk.question import question_of
from community.matches.models import Batch
from community.matching.facts import MenteeFacts, MentorFacts
from community.matching.solver.apart import Attempt, solve_within
from community.matching.solver.instance import Eligible, Instance, Proposal
from community.matching.solver.leftover import kinds
from community.mentoring.models import MentorRequest
from community.programs.models import Program

SECONDS = 300.0
KINDS = 10  # of mentors who are not there, those who would help most


@dataclass(frozen=True, slots=True)
class Outcome:
    """``cards`` and ``figures`` as a batch keeps them; ``stands``: the solver did not come to an end in time.

    Figures: ``waiting`` and ``matched`` people, ``places`` that are free with mentors whom some of
    them could meet; ``left`` with why ("nobody_fits" or
    "places_taken"); ``longest_wait_left`` in days; ``worst_fit`` of 1,000; ``proven``: nothing better exists;
    ``alone``: each rule that alone is in the way, and for whom; ``kinds``: one more mentor of which program, language
    and, where somebody needs it, gender would suit how many; ``lifted``: whose only card is of a mentor on more lists
    than usual; ``failed``: something went wrong before anything was found.
    """

    cards: list[list[Any]]
    figures: dict[str, Any]
    stands: bool


def worked_out(program: Program, *, last: Batch | None = None, seconds: float = SECONDS) -> Outcome:
    """The proposal for who waits today."""
    from community.matching.crowd.left import alone  # noqa: PLC0415 - numpy, for the worker alone
    from community.matching.solver.shortlists import shortlists  # noqa: PLC0415 - as above

    question = question_of(program)
    mentees, mentors, instance, columns = question.mentees, question.mentors, question.instance, question.columns
    attempt = _solved(instance, _last(last, mentees, mentors), seconds)
    pairs = [match[:2] for match in attempt.proposal.matches]
    dealt = shortlists(instance, first=pairs, listed=_listed(mentors))
    found = _Found(question.requests, mentees, mentors, instance, attempt.proposal)
    left = set(attempt.proposal.unmatched)
    rules = alone(columns, [place for place, one in enumerate(columns.mentees) if one.person in left])
    figures = found.figures() | {
        "alone": [{"code": row.code, "about": list(row.about), "requests": list(row.mentees)} for row in rules],
        "lifted": [found.request[one] for one in dealt.lifted],
    }
    return Outcome(found.cards(dealt.cards), figures, attempt.stands)


def failed(last: Batch | None) -> Outcome:
    """Nothing could be worked out: the last one stands as it is, and taking it over looks at each pair again."""
    cards, figures = (last.cards, last.figures) if last is not None else ([], {})
    return Outcome(cards, figures | {"failed": True}, stands=True)


def _solved(instance: Instance, last: tuple[Eligible, ...], seconds: float) -> Attempt:
    if not instance.pairs[0]:
        return Attempt(Proposal((), instance.waiting, 0), stands=False)
    return solve_within(instance, seconds=seconds, last=last)


def _last(last: Batch | None, mentees: Sequence[MenteeFacts], mentors: Sequence[MentorFacts]) -> tuple[Eligible, ...]:
    """The pairs of a batch, by their people's ids, as far as they are still there."""
    waiting, offered = ({one.id: one.person for one in side} for side in (mentees, mentors))
    firsts = [(request, cards[0]) for request, cards in last.cards if cards] if last is not None else []
    return tuple(
        Eligible(waiting[request], offered[mentor], fit)
        for request, (mentor, fit) in firsts
        if request in waiting and mentor in offered
    )


def _listed(mentors: Sequence[MentorFacts]) -> dict[str, int]:
    return {str(person): lists for person, lists in lists_of(UUID(one.person) for one in mentors).items()}


class _Found:
    """A proposal, told by the ids of requests and mentors."""

    def __init__(
        self,
        requests: Sequence[MentorRequest],
        mentees: Sequence[MenteeFacts],
        mentors: Sequence[MentorFacts],
        instance: Instance,
        proposal: Proposal,
    ) -> None:
        self.request = {one.person: one.id for one in mentees}
        self.mentor = {one.person: one.id for one in mentors}
        self.asked_at = {str(one.pk): one.asked_at for one in requests}
        self.facts, self.instance, self.proposal = {one.person: one for one in mentees}, instance, proposal

    def cards(self, dealt: Any) -> list[list[Any]]:
        proposed = {match.mentee: match.mentor for match in self.proposal.matches}
        return [
            [self.request[mentee], [[self.mentor[one.mentor], one.fit] for one in _first(mine, proposed.get(mentee))]]
            for mentee in self.instance.waiting
            if (mine := dealt.get(mentee))
        ]

    def figures(self) -> dict[str, Any]:
        proposal, now = self.proposal, clock.now()
        met = {self.instance.mentees[place] for place in set(self.instance.pairs[0])}
        mentors = tuple(self.instance.capacity)
        wanted = {mentors[place] for place in set(self.instance.pairs[1])}
        left = [(self.request[one], "places_taken" if one in met else "nobody_fits") for one in proposal.unmatched]
        wanting = kinds(self.facts[one] for one in proposal.unmatched if one not in met)
        return {
            "waiting": len(self.instance.waiting),
            "matched": len(proposal.matches),
            "places": sum(self.instance.free[one] for one in wanted),
            "left": [{"request": request, "why": why} for request, why in left],
            "longest_wait_left": max(((now - self.asked_at[request]).days for request, _why in left), default=0),
            "worst_fit": min((match.fit for match in proposal.matches), default=None),
            "proven": proposal.proven and proposal.total == proposal.most,
            "kinds": [
                {"program": one.program, "language": one.language, "gender": one.gender, "people": len(one.mentees)}
                for one in wanting[:KINDS]
            ],
        }


def _first(mine: Sequence[Eligible], mentor: str | None) -> list[Eligible]:
    """The proposed one first, the others as they came: the best first."""
    return sorted(mine, key=lambda one: one.mentor != mentor)

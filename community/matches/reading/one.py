"""One of two people, as the other sees them."""

from community.matches.models import Match
from community.matches.plans.codes import State
from community.matches.reading.mine import Card
from community.matches.reading.reasons import Reasons, reasons_of
from community.people.models import Person


def card_of(match: Match, reader: Person) -> Card:
    """With the reasons while one of them may still say no."""
    return cards_of([match], reader, mentee=match.mentee_id == reader.pk)[0]


def cards_of(matches: list[Match], reader: Person, *, mentee: bool) -> list[Card]:
    """The same for many of one side, in as many questions."""
    undecided = [one for one in matches if one.state in {State.SHORTLISTED, State.OFFERED}]
    told = {one.pk: why for one, why in zip(undecided, reasons_of(undecided, mentee=mentee), strict=True)}
    return [Card(match=one, reader=reader, reasons=told.get(one.pk, Reasons())) for one in matches]

"""One of two people, as the other sees them."""

from django.utils.translation import gettext as _

from community.foundation.errors import Conflict
from community.matches.models import Match
from community.matches.plans.codes import State
from community.matches.reading.card import Card
from community.matches.reading.reasons import Reasons, reasons_of
from community.mentoring.rules import policies_of
from community.people.models import Person


def walking(match: Match) -> Match:
    """The two, now that the mentor said yes. Raises Conflict where a rule took the offer back in that moment."""
    if not match.is_walking:
        words = _("This cannot be just now. Whoever asked is told only that it could not be, and keeps their place.")
        raise Conflict(words, code="rules")
    return match


def card_of(match: Match, reader: Person) -> Card:
    """With the reasons while one of them may still say no."""
    return cards_of([match], reader, mentee=match.mentee_id == reader.pk)[0]


def cards_of(matches: list[Match], reader: Person, *, mentee: bool) -> list[Card]:
    """The same for many of one side, in as many questions."""
    undecided = [one for one in matches if one.state in {State.SHORTLISTED, State.OFFERED}]
    told = {one.pk: why for one, why in zip(undecided, reasons_of(undecided, mentee=mentee), strict=True)}
    known = policies_of({one.program for one in matches})
    return [
        Card(
            match=one,
            reader=reader,
            reasons=told.get(one.pk, Reasons()),
            sponsors=known[one.program_id].says_sponsor,
        )
        for one in matches
    ]

"""What two people write to each other here, as it is read for danger right now."""

from community.matches.models import Match
from community.people.models import Person
from community.safety.models import Sign
from community.safety.rules import Written, card_in


def aims_of(row: Match, words: str, by: Person) -> Written:
    """What one of the two wants from this."""
    return Written(person=by, words=words, about=f"match:{row.pk}", bound_to="matches_match:aims", program=row.program)


def sign_in(row: Match, by: Person) -> Sign | None:
    """What screening read in the words as they stand, if they are ``by``'s, while the card is open."""
    return card_in(aims_of(row, row.aims_wished, by)) if row.aims_wished_by_id == by.pk else None

"""One neutral word for whatever there is new between two people; the page says the rest."""

from collections.abc import Iterable

from community.matches.models import Match
from community.notices import services as notices
from community.people.models import Person

NEWS = "match_news"


def tell(row: Match, *people: Person) -> None:
    """Leave each a word, in the order of their ids."""
    tell_each((row, person) for person in people)


def tell_each(words: Iterable[tuple[Match, Person]]) -> None:
    """Leave a word about each match, in the order of the people's ids."""
    for row, person in sorted(words, key=lambda one: one[1].pk):
        notices.tell(person=person, notice=NEWS, about=row.pk)

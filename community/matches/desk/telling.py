"""One neutral word for whatever there is new between two people; the page says the rest, also one that is open."""

from collections.abc import Iterable
from uuid import UUID

from community.foundation.events import publish
from community.matches.events import NewsForOne
from community.matches.models import Match
from community.notices import services as notices
from community.people.models import Person

NEWS = "match_news"


def tell(row: Match, *people: Person) -> None:
    """Leave each a word, in the order of their ids. Publishes NewsForOne for each."""
    tell_each((row, person) for person in people)


def tell_each(words: Iterable[tuple[Match, Person]]) -> None:
    """Leave a word about each match, in the order of the people's ids. Publishes NewsForOne for each."""
    for row, person in sorted(words, key=lambda one: one[1].pk):
        leave(row, person, about=row.pk)


def leave(row: Match, person: Person, *, about: UUID) -> None:
    """Leave one word; again about the same it stays one. Publishes NewsForOne."""
    notices.tell(person=person, notice=NEWS, about=about)
    publish(NewsForOne(match_id=row.pk, person_id=person.pk))

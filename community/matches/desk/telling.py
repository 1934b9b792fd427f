"""One neutral word for whatever there is new between two people; the page says the rest."""

from community.matches.models import Match
from community.notices import services as notices
from community.people.models import Person

NEWS = "match_news"


def tell(row: Match, *people: Person) -> None:
    """Leave each a word, in the order of their ids."""
    for person in sorted(people, key=lambda one: one.pk):
        notices.tell(person=person, notice=NEWS, about=row.pk)

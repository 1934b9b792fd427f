"""Days that I shared or was asked about, in the copy of my own. What I said of one that was shared is a message."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.pieces import in_pages
from community.foundation.registers import Entry
from community.foundation.times import date_words
from community.milestones.rules import counts_days
from community.people.models import Person
from groups.celebrations.models import Celebration
from groups.celebrations.rules import celebrations_of


def has_something(person: Person) -> bool:
    """Whether there is such a part for this person: days are counted for them, or they finished where none are."""
    return counts_days(person, None) or celebrations_of(person).exists()


def _state(one: Celebration) -> str:
    if one.later is None:
        return str(one.get_state_display())
    return _("To be shared on %(day)s") % {"day": date_words(one.later)}


def celebrations(person: Person) -> Iterator[Entry]:
    """Each with its day, what I answered, and words of mine that still wait; no days where none are counted."""
    for one in in_pages(celebrations_of(person).order_by("due", "pk")):
        state = _state(one)
        yield Entry(
            data={
                "code": one.code,
                "due": one.due.isoformat(),
                "later": one.later.isoformat() if one.later else None,
                "state": one.state,
                "words": one.words,
                "posted": clock.moment(one.posted),
            },
            title=date_words(one.due),
            lines=(state, one.words) if one.words else (state,),
        )

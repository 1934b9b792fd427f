"""My safety plan, in the copy of my own: what it says, and what it said before."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.pieces import in_pages
from community.foundation.registers import Entry
from community.foundation.times import at_words
from community.people.models import Person
from community.safetyplan.models import PlanWords
from community.safetyplan.plans import Part


def plan(person: Person) -> Iterator[Entry]:
    """Every part as it stands, in its order; then earlier words."""
    mine = PlanWords.objects.of(person.pk)
    stands = {row.part: row for row in mine.standing()}
    yield from (_entry(person, stands[part]) for part in Part if part in stands)
    yield from (_entry(person, row) for row in in_pages(mine.earlier()))


def _entry(person: Person, row: PlanWords) -> Entry:
    before = (_("Until %(when)s") % {"when": at_words(row.replaced, person.zone)},) if row.replaced else ()
    return Entry(
        data={
            "part": row.part,
            "words": row.words,
            "at": clock.moment(row.at),
            "replaced": clock.moment(row.replaced),
        },
        title=str(Part(row.part).label),
        lines=(*before, row.words),
    )

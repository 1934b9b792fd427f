"""My emergency sheet, in the copy of my own."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.registers import Entry
from community.foundation.times import at_words
from community.people.models import Person
from community.sheets.plans import QUESTIONS
from community.sheets.rules import sheet_of


def sheet(person: Person) -> Iterator[Entry]:
    """What I answered, and when I last said that it is right."""
    one = sheet_of(person.pk)
    if one is None:
        return
    confirmed = _("Last looked at on %(when)s") % {"when": at_words(one.confirmed, person.zone)}
    said = [f"{QUESTIONS[name].asks}: {words}" for name, words in one.answers.items() if words]
    data = {**one.answers, "confirmed": clock.moment(one.confirmed)}
    yield Entry(data=data, title=_("Emergency sheet"), lines=(confirmed, *said))

"""How my days were, in the copy of my own."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community.checkins.models import CheckIn, Reminder
from community.checkins.reading import Row
from community.checkins.rules import today_of
from community.checkins.serializers import shape_reminder, shape_shared
from community.foundation.pieces import in_pages
from community.foundation.registers import Entry
from community.foundation.times import clock_time, date_words
from community.people.models import Person


def days(person: Person) -> Iterator[Entry]:
    """Each day I said something of, with my note; then when I am reminded."""
    today = today_of(person)
    for one in in_pages(CheckIn.objects.of(person.pk).order_by("day", "pk")):
        row = Row(one, today)
        said = tuple(words for words in (row.weather, *row.facts, one.note) if words)
        yield Entry(data=shape_shared(one), title=date_words(one.day), lines=said)
    reminder = Reminder.objects.of(person.pk).first()
    if reminder is not None:
        yield Entry(data={"reminder": shape_reminder(reminder)}, title=_("Reminder"), lines=(clock_time(reminder.at),))

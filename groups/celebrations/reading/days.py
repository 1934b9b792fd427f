"""On which days a person may have something shared, as the page offers them."""

from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.times import weekday_words
from community.people.models import Person
from groups.celebrations.models import Celebration
from groups.celebrations.rules import late_after_its_own, later_days


def days_to_choose(row: Celebration, person: Person) -> list[tuple[str, str]]:
    """Its own day, as long as that is not too far back, and those it may be put off to; each with its words."""
    today = clock.today(person.zone)
    later = [(day.isoformat(), _("Today") if day == today else weekday_words(day)) for day in later_days(row, person)]
    own = _("On its day") if row.due > today else _("Soon, between nine in the morning and nine in the evening")
    return [("", own), *later] if today <= late_after_its_own(row) else later

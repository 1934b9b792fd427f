"""My times in programs, in the copy of my own; and until when I was part of one."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.registers import Entry
from community.foundation.times import at_words, date_words
from community.people.models import Person
from community.programs.models import Appointment, Enrollment
from community.programs.serializers import shape_enrollment


def times(person: Person) -> Iterator[Entry]:
    """Each with its dates and phases. How it ended, and what staff called me on my card, are words of staff's."""
    for one in Enrollment.objects.of(person.pk).to_show().order_by("began", "pk"):
        names = {"program_name": one.program.name, "cohort_name": one.cohort.name, "alias": one.alias or None}
        yield Entry(
            data={**shape_enrollment(one, for_staff=False), **names},
            title=f"{one.program.name}: {one.cohort.name}",
            lines=tuple(_lines(one)),
        )


def _lines(one: Enrollment) -> Iterator[str]:
    if one.ended:
        yield _("%(first)s to %(last)s") % {"first": date_words(one.began), "last": date_words(one.ended)}
    else:
        yield _("Since {day}").format(day=date_words(one.began))
    if one.alias:
        yield _("Name here: %(name)s") % {"name": one.alias}
    for phase in one.phases.all():
        yield _("%(phase)s, from %(day)s") % {"phase": phase.get_kind_display(), "day": date_words(phase.began)}
    if one.away_since:
        yield _("Away since %(when)s") % {"when": at_words(one.away_since, one.person.zone)}
    if one.asked_back:
        yield _("Asked to come back on %(when)s") % {"when": at_words(one.asked_back, one.person.zone)}


def in_a_program(person: Person, now: datetime) -> datetime | None:
    """Now, while somebody is in a program or works for one; else the end of their last day in one."""
    if Enrollment.objects.open().of(person.pk).exists() or Appointment.objects.of(person.pk).standing(now).exists():
        return now
    last = Enrollment.objects.ended().of(person.pk).select_related("cohort").order_by("-ended").first()
    if last is None or last.ended is None:
        return None
    return clock.on_the_wall(last.ended + timedelta(days=1), time(), ZoneInfo(last.cohort.zone))

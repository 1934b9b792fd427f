"""What I count, in the copy of my own. Where no days are counted there is no count of days in it either."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community.foundation.registers import Entry
from community.foundation.times import date_words
from community.milestones.models import Focus, Run, Tally
from community.milestones.rules import counts_days
from community.people.models import Person


def has_counts(person: Person) -> bool:
    """Whether days are counted for this person at all."""
    return counts_days(person, None)


def counts(person: Person) -> Iterator[Entry]:
    """What I count days of: its name, how I like it shown, and from when to when each count went."""
    for one in Focus.objects.of(person.pk).to_show() if counts_days(person, None) else ():
        yield Entry(
            data={
                "name": one.name,
                "hides_count": one.hides_count,
                "says_day": one.says_day,
                "on_today": one.on_today,
                "runs": [
                    {"start": run.start.isoformat(), "ended": run.ended.isoformat() if run.ended else None}
                    for run in one.history
                ],
            },
            title=one.name or _("My days"),
            lines=tuple(_span(run) for run in one.history),
        )


def _span(run: Run) -> str:
    if run.ended is None:
        return _("Since {day}").format(day=date_words(run.start))
    return _("%(first)s to %(last)s") % {"first": date_words(run.start), "last": date_words(run.ended)}


def tallies(person: Person) -> Iterator[Entry]:
    """What else I count: how often, and no day of it."""
    for one in Tally.objects.of(person.pk).to_show():
        kind = str(one.get_kind_display())
        yield Entry(
            data={"kind": one.kind, "name": one.name, "count": one.count},
            title=one.name or kind,
            lines=(kind, str(one.count)),
        )

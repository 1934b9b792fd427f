"""What an administrator, and whoever runs the site, is told of the scan."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.registers import Reminder
from community.people.models import Person
from groups.celebrations.models import Celebration, Pulse, Watch
from groups.celebrations.rules import may_go_on

LATE = timedelta(minutes=10)  # a scan runs every minute; a restart of everything takes less


def is_late(pulse: Pulse | None, now: datetime) -> bool:
    """Whether the scan did not run for a while, and nothing made it stand still: then no worker runs.

    Where it never ran, somebody's count says so, once it waits for that long.
    """
    if pulse is None:
        return longest_wait() > LATE.total_seconds()
    return pulse.stopped is None and now - pulse.last > LATE


def waits_for_somebody(person: Person, now: datetime) -> list[Reminder]:
    """What an administrator finds at the desk while the scan stands still, or does not run."""
    pulse = Pulse.objects.first()
    stands, late = pulse is not None and pulse.stopped is not None, is_late(pulse, now)
    if not (stands or late) or not may_go_on(person, None):
        return []
    still = _("A clock seemed wrong, so nothing is shared until somebody looks.")
    away = _("Nothing was looked at for a while: the worker may not be running.")
    return [
        Reminder(
            icon="clock",
            title=_("Celebrations are waiting"),
            says=still if stands else away,
            link="desk_celebrations",
        )
    ]


def last_look() -> float:
    """The moment of the last scan, in seconds of the epoch; 0, long ago, where no worker ever ran."""
    last = Pulse.objects.values_list("last", flat=True).first()
    return last.timestamp() if last else 0.0


def failed_looks() -> int:
    """How many counts could not be looked at the last time, and are tried again within the hour."""
    return Watch.objects.failing().count()


def stands_still() -> int:
    return int(Pulse.objects.filter(stopped__isnull=False).exists())


def longest_wait() -> float:
    """Seconds that what came first waits, a count or a program that was finished; 0 where nothing is due."""
    now = clock.now()
    due = (rows.due(now).values_list("next_at", flat=True).first() for rows in (Watch.objects, Celebration.objects))
    return max(((now - first).total_seconds() for first in due if first), default=0.0)

"""The parts of the due scan's measurement that run inside the site: ``arrange PEOPLE`` and ``scan DUE``."""

import json
import resource
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
django.setup()

from community.foundation import clock  # noqa: E402 - models load once Django is set up
from community.milestones.models import Focus, Run  # noqa: E402
from community.notices.models import Inbox  # noqa: E402
from community.people.models import Person  # noqa: E402
from groups.celebrations.models import Celebration, Place, State, Watch  # noqa: E402
from groups.celebrations.tasks import look_at_due  # noqa: E402
from groups.membership.models import Group, Membership  # noqa: E402

ROWS = 5_000  # written at a time
FIRST = 20  # looked at before anything is measured


def arrange(people: int) -> dict[str, Any]:
    """So many who count days, ten to a room; nobody's time comes for a year."""
    now, today = clock.now(), clock.now().date()
    for first in range(Person.objects.count(), people, ROWS):
        ones = [
            Person(alias=f"Guest {number}", zone=zone_of_noon(), joined=now, password="!")  # noqa: S106 - one that opens nothing
            for number in range(first, min(first + ROWS, people))
        ]
        rooms = [Group(name=f"Room {number}", kind="interest", created=now) for number in range(0, len(ones), 10)]
        focuses = [Focus(person=one, created=now) for one in ones]
        runs = [Run(focus=one, start=today - timedelta(days=400), entered=today, created=now) for one in focuses]
        seats = [
            Membership(group=rooms[number // 10], person=one, alias=one.alias, began=now)
            for number, one in enumerate(ones)
        ]
        watches = [Watch(run=one, next_at=now + timedelta(days=365)) for one in runs]
        Person.objects.bulk_create(ones)
        Group.objects.bulk_create(rooms)
        Focus.objects.bulk_create(focuses)
        Run.objects.bulk_create(runs)
        Membership.objects.bulk_create(seats)
        Watch.objects.bulk_create(watches)
        Inbox.objects.bulk_create([Inbox(person=one) for one in ones])  # they heard of something before
    return {"people": Person.objects.count()}


def zone_of_noon() -> str:
    """Where it is noon now, so that no quiet hour puts anything off."""
    ahead = 12 - clock.now().hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/UTC"


def make_due(count: int) -> None:
    """Let the time of so many come who were not looked at yet: every other has said yes to today."""
    now, today = clock.now(), clock.today(zone_of_noon())
    runs = list(Run.objects.select_related("focus").filter(celebrations=None).order_by("pk")[:count])
    for number, one in enumerate(runs):
        one.start = one.entered = today - timedelta(days=29 + number % 2)
    Run.objects.bulk_update(runs, ["start", "entered"], batch_size=ROWS)
    asked = {"code": "d30", "due": today, "state": State.YES, "created": now}
    said = [Celebration(person_id=one.focus.person_id, run=one, **asked) for one in runs[1::2]]
    Celebration.objects.bulk_create(said)
    rooms = dict(Membership.objects.filter(person__in=[one.person_id for one in said]).values_list("person", "group"))
    Place.objects.bulk_create([Place(celebration=one, group_id=rooms[one.person_id]) for one in said])
    Watch.objects.filter(run__in=runs).look_at(now)


def scan(due: int) -> dict[str, Any]:
    """Let the time of so many come, and look at them all, as the worker does."""
    make_due(FIRST)
    look_at_due()  # the first looks alone load what all later ones use
    make_due(due)
    waiting = Celebration.objects.filter(state="yes").count()
    before, started, looked = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter(), 0
    while done := look_at_due():
        looked += done
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if looked != due or waiting != due // 2 or Celebration.objects.filter(state="yes").exists():
        raise SystemExit(f"{looked} were looked at, and {due} were due; {waiting} had said yes")
    return {"due": due, "seconds": seconds, "megabytes": (after - before) / 1024}


if __name__ == "__main__":
    part = {"arrange": arrange, "scan": scan}[sys.argv[1]]
    print(json.dumps(part(int(sys.argv[2]))))

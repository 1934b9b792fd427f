"""A thousand people's day, workers killed at any moment: each celebration stands in its room exactly once.

On PostgreSQL with eight of them, on a SQLite file with the one there is.
"""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.browser.site import until
from tests.copies import ROOT, database_of_its_own, manage, migrated_database, migrated_file
from tests.journeys.test_backup import back_up, restore

pytestmark = [pytest.mark.servers, pytest.mark.slow]

KILLS, PEOPLE = 4, 1000
WORKERS = {"postgresql": 8, "sqlite": 1}
ON_A_FILE = {"DATABASE_URL": "", "REDIS_URL": ""}
POSTED = "SELECT count(*) FROM celebrations_celebration WHERE state = 'posted'"

#: 330 rooms of three and one of ten; everybody's thirty days are today, and it is noon there. Every other one said yes
#: to this day; the others to whatever comes, and checked in: so their rows are made as they are posted.
ARRANGE = """
from datetime import timedelta
from community.checkins.models import CheckIn
from community.foundation import clock
from community.milestones.models import Focus, Run
from community.people.models import Person
from groups.celebrations.models import Celebration, Place, Standing, State, Watch
from groups.membership.models import Group, Membership
now = clock.now()
ahead = 12 - now.hour
zone = f"Etc/GMT{-ahead:+d}" if ahead else "Etc/UTC"
today = clock.today(zone)
start = today - timedelta(days=30)
Watch.objects.all().delete()
rooms = [Group(name=f"Room {number}", kind="interest", created=now) for number in range(331)]
Group.objects.bulk_create(rooms)
places = [room for room in rooms[:-1] for _ in range(3)] + [rooms[-1]] * 10
people = [Person(alias=f"Guest {number}", zone=zone, joined=now, password="!") for number in range(len(places))]
Person.objects.bulk_create(people)
Membership.objects.bulk_create(
    [Membership(group=room, person=one, alias=one.alias, began=now) for one, room in zip(people, places)]
)
focuses = [Focus(person=one, created=now) for one in people]
Focus.objects.bulk_create(focuses)
runs = [Run(focus=one, start=start, entered=start, created=now) for one in focuses]
Run.objects.bulk_create(runs)
Watch.objects.bulk_create([Watch(run=one, next_at=now) for one in runs])
days = [
    Celebration(person=one.focus.person, run=one, code="d30", due=today, state=State.YES, created=now)
    for one in runs[::2]
]
Celebration.objects.bulk_create(days)
Place.objects.bulk_create([Place(celebration=one, group=room) for one, room in zip(days, places[::2])])
Standing.objects.bulk_create([Standing(run=one, group=room, since=now) for one, room in zip(runs[1::2], places[1::2])])
CheckIn.objects.bulk_create(
    [CheckIn(person=one, day=today, weather="okay", changed=now, on_its_day=True) for one in people[1::2]]
)
"""

TELL = """
import json
from django.db.models import Count, F
from community.foundation import clock
from groups.celebrations.models import Celebration, Place, Watch
from groups.chat.models import Message
from groups.membership.models import Group
cards = Message.objects.filter(kind="celebration")
mine = Group.objects.filter(name__startswith="Room ").annotate(said=Count("messages"))
line = Message.objects.filter(group__name="Room 330", kind="system")
print(json.dumps({
    "due": Watch.objects.due(clock.now()).count(),
    "posted": Celebration.objects.filter(state="posted").count(),
    "places": Place.objects.posted().count(),
    "cards": cards.count(),
    "authors": cards.values("author").distinct().count(),
    "lines": list(line.values_list("body", flat=True)),
    "in_line": Place.objects.filter(message__in=line).count(),
    "gaps": mine.exclude(position=F("said")).count(),
}))
"""


class Hall:
    """The thousand, in a database of their own; workers come, are killed, and come again."""

    def __init__(self, environment: dict[str, str], folder: Path, most: int) -> None:
        self.environment, self.folder, self.most = environment, folder, most
        self.log = folder / "worker.log"
        self.workers: list[subprocess.Popen[bytes]] = []

    def manage(self, *words: str) -> str:
        return manage(self.environment, *words)

    def start(self) -> None:
        with self.log.open("ab") as log:
            command = [sys.executable, "manage.py", "worker"]
            self.workers.append(subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log))

    def kill(self, worker: "subprocess.Popen[bytes]") -> None:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        self.workers.remove(worker)

    def posted(self) -> int:
        if server := self.environment["DATABASE_URL"]:
            with psycopg.connect(server) as line:
                row = line.execute(POSTED).fetchone()
        else:
            with closing(sqlite3.connect(self.folder / "porchlight.sqlite3")) as file:
                row = file.execute(POSTED).fetchone()
        return int(row[0]) if row else 0

    def soon(self, posted: int) -> None:
        """Wait until so many stand."""
        until(
            lambda: self.posted() >= posted,
            lambda: f"{self.posted()} {self.log.read_text(encoding='utf-8', errors='replace')[-4000:]}",
        )

    def tell(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.manage("shell", "--no-imports", "--command", TELL))
        return found


def _stores(kind: str, folder: Path) -> AbstractContextManager[dict[str, str]]:
    if kind == "postgresql":
        return database_of_its_own(migrated_database())
    shutil.copy(migrated_file(), folder)
    return nullcontext(ON_A_FILE)


@pytest.fixture(params=WORKERS)
def hall(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hall]:
    with _stores(request.param, tmp_path) as stores:
        environment = {
            **os.environ,
            **stores,
            "DJANGO_SETTINGS_MODULE": "tests.faults.short_leases",
            "PORCHLIGHT_DATA": str(tmp_path),
        }
        hall = Hall(environment, tmp_path, WORKERS[request.param])
        hall.manage("shell", "--no-imports", "--command", ARRANGE)
        try:
            yield hall
        finally:
            for worker in list(hall.workers):
                hall.kill(worker)


def test_workers_that_are_killed_at_random_share_each_day_exactly_once(hall: Hall) -> None:
    chance = random.Random()  # noqa: S311 - whom to kill, not a secret
    for _worker in range(hall.most):
        hall.start()
    for _kill in range(KILLS):  # all the while, at any moment: in mid transaction, before it, after it
        hall.soon(hall.posted() + chance.randrange(5, 60))
        hall.kill(chance.choice(hall.workers))
        hall.start()
    hall.manage("upkeep")  # what killed workers let go is not left to the next minute
    hall.soon(PEOPLE)
    hall.manage("upkeep")  # once more changes nothing
    all_stand_once(hall)


def test_a_backup_from_the_middle_of_it_goes_on_where_it_stood(hall: Hall, tmp_path: Path) -> None:
    """What was posted after the backup is gone with it, and posted again; what was posted before is not."""
    copy = tmp_path / "copy"
    hall.start()
    hall.soon(100)
    back_up(hall, copy)
    hall.soon(hall.posted() + 50)
    for worker in list(hall.workers):
        hall.kill(worker)
    after = hall.posted()
    assert restore(hall, copy) == 0
    hall.manage("migrate", "--verbosity", "0")
    hall.manage("restored")
    assert 100 <= hall.posted() < after
    hall.start()
    hall.soon(PEOPLE)
    all_stand_once(hall)


def all_stand_once(hall: Hall) -> None:
    """Every day stands in its room exactly once, whatever happened, and nothing is left."""
    found = hall.tell()
    assert found == {
        "due": 0,
        "posted": PEOPLE,
        "places": PEOPLE,
        "cards": 993,
        "authors": 993,
        "lines": found["lines"],
        "in_line": 7,
        "gaps": 0,
    }
    (line,) = found["lines"]
    assert line.count("has 30 days") == len(set(line.removesuffix(".").split(": ")[1].split("; "))) == 7

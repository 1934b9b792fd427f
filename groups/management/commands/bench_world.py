"""`manage.py bench_world`: fresh people in fresh, empty rooms, and their tokens, for scripts that measure."""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import batched
from pathlib import Path
from typing import Any, override

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, models, transaction

from community.audit import services as audit
from community.foundation import clock
from community.integrations import services as integrations
from community.integrations.models import Token
from community.people.models import Person
from community.people.rules import clean_alias
from groups.membership.models import Group, Kind, Membership, Role

SCOPES = ("chat:read", "chat:write", "seats:write", "account", "bench")
DAYS = 7  # how long the tokens are good: longer than any measurement, no longer than needed
ROWS = 500  # in one transaction: whoever writes beside it waits for milliseconds
MOST = 100_000  # of anything: aliases stay short and free of what reads like a phone number


@dataclass(frozen=True, slots=True)
class Size:
    """How many people, how many rooms, and how many people in each."""

    people: int
    groups: int
    members: int

    def seated(self, room: int) -> list[int]:
        """Who sits in a room, by number: the next ``members`` in the ring of people, each of them once."""
        first = room * self.members
        return [(first + place) % self.people for place in range(min(self.members, self.people))]


class Command(BaseCommand):
    help = "Make fresh people in fresh rooms for a measurement; who they are and their tokens go to a JSON file."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, required=True, metavar="N")
        parser.add_argument("--groups", type=int, required=True, metavar="G")
        parser.add_argument("--members", type=int, required=True, metavar="M", help="people in each group")
        parser.add_argument("--json", type=Path, required=True, metavar="FILE", help="where the ids and tokens go")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        if not getattr(settings, "BENCH", True):
            raise CommandError("A live site makes no bench world: it needs PORCHLIGHT_BENCH=1.")
        size = Size(options["people"], options["groups"], options["members"])
        for name in ("people", "groups", "members"):
            if not 1 <= options[name] <= MOST:
                raise CommandError(f"--{name} is a number from 1 to {MOST}.")
        with written(options["json"]) as lines:
            try:
                lines.append(json.dumps(make(size)))
            except DatabaseError as error:
                why = str(error).strip().splitlines()[0]
                raise CommandError(f"The database does not take this ({why}); is it migrated?") from error
        self.stdout.write(f"{size.people} people and {size.groups} groups are in {options['json']}.")


@contextmanager
def written(path: Path) -> Iterator[list[str]]:
    """What is appended stands in the file afterwards, readable by its owner alone, since it holds tokens.

    The file is opened first, so that one that cannot be written changes nothing; if the rest fails, none is left.
    """
    before = path.exists()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    except (OSError, ValueError) as error:
        raise CommandError(f"The file {path} cannot be written.") from error
    lines: list[str] = []
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        try:
            yield lines
        except BaseException:
            if not before:
                path.unlink(missing_ok=True)
            raise
        if path.is_file():
            file.truncate()
        file.write("\n".join(lines) + "\n")


def make(size: Size) -> dict[str, Any]:
    """Make the world in short transactions, so that a running server keeps writing beside it."""
    staff, *people = _people(f"Bench {number}" for number in range(1 + size.people))
    made = [integrations.made(person=one, scopes=SCOPES, days=DAYS) for one in [staff, *people]]
    words = [said for said, _token in made]
    rooms = [_room(number, size) for number in range(size.groups)]
    _save(Person.objects, [staff, *people])
    _save(Token.objects, (token for _said, token in made))
    _save(Group.objects, rooms)
    _save(Membership.objects, _seats(size, rooms, staff, people))
    audit.record(action="bench.world", actor=None, subject=f"person:{staff.pk}")
    return {
        "people": [{"id": str(one.pk), "token": said} for one, said in zip(people, words[1:], strict=True)],
        "groups": [
            {"id": str(room.pk), "members": [str(people[index].pk) for index in size.seated(number)]}
            for number, room in enumerate(rooms)
        ],
        "staff": {"id": str(staff.pk), "token": words[0]},
    }


def _people(names: Iterable[str]) -> list[Person]:
    """People without an address, whom no password lets in; a number makes each name its own in any room."""
    now = clock.now()
    return [Person(alias=clean_alias(name), password=make_password(None), joined=now) for name in names]


def _room(number: int, size: Size) -> Group:
    """An empty room that has counted its seats. Nothing is published: nobody can have heard of it."""
    return Group(
        name=f"Bench room {number + 1}",
        kind=Kind.INTEREST,
        history_days=settings.HISTORY_DAYS,
        seats=1 + len(size.seated(number)),
        created=clock.now(),
    )


def _seats(size: Size, rooms: list[Group], staff: Person, people: list[Person]) -> Iterator[Membership]:
    for number, room in enumerate(rooms):
        yield _seat(room, staff, Role.MODERATOR)
        yield from (_seat(room, people[index], Role.MEMBER) for index in size.seated(number))


def _seat(room: Group, person: Person, role: Role) -> Membership:
    return Membership(group=room, person=person, role=role, alias=person.alias, began=room.created)


def _save[M: models.Model](kind: models.Manager[M], rows: Iterable[M]) -> None:
    for some in batched(rows, ROWS):
        with transaction.atomic():
            kind.bulk_create(some)

"""Run inside a live site (`manage.py shell`): a short room, a long one, Ben in both, and what his pages cost to make.

Prints one line of JSON: his cookie, the two rooms, queries by page.
"""

import json
import sys
from itertools import batched, cycle
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.people.models import Person
from groups.chat import services as chat
from groups.demo.services import World, people
from groups.membership.models import Group

SHORT, LONG = 50, 2_000
SENTENCES = (
    "Good evening. I made it through the whole shift without going out the back door.",
    "Thank you for saying that.",
    "The bus on Elm Street runs late again, so I walked, and it did me good. I want to remember that it passes.",
    "Same here.",
    "I wrote down the three people I can call, as we said on Tuesday. It is on the fridge now.",
    "See you at 6pm.",
)


def main() -> None:
    world = people()
    first = chat.post(author=world.dana, group=world.tuesday, key=uuid4(), body="First.")
    fill(world.tuesday, [world.ana, world.ben, world.cy, world.dana], SHORT)
    chat.post(author=world.ana, group=world.tuesday, key=uuid4(), body="Same here.", reply_to=first.pk)  # far back
    fill(world.alumni, [world.ben, world.cy, world.dana], LONG)
    chat.mark_read(person=world.ben, group_id=world.tuesday.pk, position=SHORT + 2)  # so that it opens at its end
    client = Client(headers={"Host": "localhost"})
    client.force_login(world.ben)
    room = reverse("room", kwargs={"group_id": world.tuesday.pk})
    found = {
        "cookie": [settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value],
        "short": room,
        "long": reverse("room", kwargs={"group_id": world.alumni.pk}),
        "queries": {name: most_queries(world, path) for name, path in pages(room).items()},
    }
    sys.stdout.write(json.dumps(found) + "\n")


def pages(room: str) -> dict[str, str]:
    return {"today": reverse("today"), "groups": reverse("groups"), "room": room}


def fill(group: Group, authors: list[Person], count: int) -> None:
    who, what = cycle(authors), cycle(SENTENCES)
    for some in batched(range(count), 200):
        drafts = [
            chat.draft(author_id=next(who).pk, group_id=group.pk, key=uuid4(), body=next(what)) for _number in some
        ]
        assert all(one.message for one in chat.post_all(drafts=drafts))


def most_queries(world: World, path: str) -> int:
    """The most that a page asks for anybody: who is new, who finished, who leads."""
    return max(queries(person, path) for person in (world.ana, world.ben, world.dana))


def queries(person: Person, path: str) -> int:
    """How often a page asks the database; what is asked once a process is asked before."""
    client = Client(headers={"Host": "localhost"})
    client.force_login(person)
    client.get(path, secure=True)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path, secure=True).status_code == 200, path
    return len(asked)

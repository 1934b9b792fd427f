"""How the demo's people say what is written for them: each step at its time, by the services everybody uses."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid5

from community.foundation import clock
from community.people.models import Person
from groups.chat import pins
from groups.chat import services as chat
from groups.chat.models import Message
from groups.demo.script import Line
from groups.membership.models import Group

type Step = tuple[datetime, Callable[[], object]]
AFTERWARDS = timedelta(minutes=2)  # until others react, or the author thinks again
SEEDED = UUID("6d0f1c0e-8f5b-5d0a-9a55-2f0c4b0d9e11")  # the name space of the demo's keys


def play(steps: Iterable[Step]) -> None:
    """Take each step at its time, earliest first; steps of one moment keep their order."""
    for at, step in sorted(steps, key=lambda pair: pair[0]):
        with clock.turned(by=at - clock.now()):
            step()


def key_of(room: str, line: Line) -> UUID:
    """The same words of the same person in the same room have the same key, each time."""
    return uuid5(SEEDED, f"{room}\0{line.author}\0{line.body}")


@dataclass(slots=True)
class Stage:
    """One room and who speaks in it, by alias. ``room`` names the keys."""

    room: str
    group: Callable[[], Group]
    cast: Mapping[str, Person]
    said: dict[int, Message] = field(default_factory=dict)
    last: dict[str, Message] = field(default_factory=dict)
    marked: set[UUID] = field(default_factory=set)

    def steps(self, told: Iterable[tuple[datetime, Line]], *, now: datetime) -> Iterator[Step]:
        """What it takes to say these lines, and what became of them by ``now``."""
        for number, (at, line) in enumerate(told):
            yield at, partial(self._say, number, line)
            yield min(at + AFTERWARDS, now), partial(self._what_became_of, number, line)

    def _say(self, number: int, line: Line) -> None:
        message = chat.post(
            author=self.cast[line.author],
            group=self.group(),
            key=key_of(self.room, line),
            body=line.body,
            content_note=line.note,
            reply_to=self.last[line.to].pk if line.to else None,
        )
        self.said[number] = self.last[line.author] = message

    def _what_became_of(self, number: int, line: Line) -> None:
        message = self.said[number]
        for name, given_by in line.reactions:
            for alias in given_by:
                chat.react(person=self.cast[alias], message=message, name=name)
        if line.changed:
            chat.edit(author=self.cast[line.author], message=message, body=line.changed)
        if line.pinned_by:
            pins.pin(person=self.cast[line.pinned_by], message=message)
        if line.taken_back:
            chat.remove(person=self.cast[line.author], message=message)
        for alias in line.read_by:
            reader = self.cast[alias]
            chat.mark_read(person=reader, group_id=message.group_id, position=message.position)
            self.marked.add(reader.pk)

    def read_on(self, *, until: datetime) -> None:
        """Who did not say how far they have read has read what was said until then, and to their own last words."""
        group = self.group()
        said = {message.position: message for message in self.said.values()}
        told = max((position for position, message in said.items() if message.created <= until), default=0)
        for seat in group.memberships.current().select_related("person"):
            own = max((position for position, one in said.items() if one.author_id == seat.person_id), default=0)
            if seat.person_id not in self.marked:
                chat.mark_read(person=seat.person, group_id=group.pk, position=max(told, own))

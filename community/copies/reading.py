"""The copy itself, a piece at a time: JSON for programs, a page for people, and both in one archive."""

import io
import json
import zipfile
from collections.abc import Buffer, Iterable, Iterator
from itertools import groupby
from typing import override

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from community.copies import texts
from community.copies.rules import may_copy
from community.foundation import clock, registers
from community.foundation.registers import Chapter, Further
from community.foundation.times import at_words
from community.people.models import Person

PIECE = 64 * 1024  # bytes; about what is held at once


def chapters_of(person: Person) -> list[tuple[str, Chapter]]:
    """What stands in somebody's copy, each by its name."""
    return [(name, chapter) for name, chapter in registers.copies.items() if chapter.has(person)]


def way_there(person: Person) -> list[Further]:
    """A line in Settings and beside one's time here, for as long as there is such a page."""
    if not may_copy(person, None):
        return []
    says = _("A copy of what you wrote and chose here, to take along")
    return [Further(icon="copy", title=_("Your data"), link="your_data", says=says)]


def file_name(person: Person, ending: str) -> str:
    """Neutral, with the day: it stands in a list of downloads that others may see."""
    return f"copy-{clock.today(person.zone).isoformat()}.{ending}"


def as_json(person: Person) -> Iterator[bytes]:
    """One object: when it was made, the notice, and each chapter with its entries."""
    head = {"person": str(person.pk), "made": clock.moment(clock.now()), "notice": [texts.SHORT, texts.LONG]}
    yield _json(head)[:-1] + b', "chapters": {'
    for number, (name, chapter) in enumerate(chapters_of(person)):
        yield (b", " if number else b"") + _json(name) + b": ["
        for place, entry in enumerate(chapter.tell(person)):
            yield (b", " if place else b"") + _json(entry.data)
        yield b"]"
    yield b"}}"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def as_page(person: Person) -> Iterator[bytes]:
    """The same to read, in the language that is active; it needs no network and holds no script."""
    chapters = chapters_of(person)
    made = at_words(clock.now(), person.zone)
    head = {"person": person, "made": made, "chapters": chapters, "notice": (texts.SHORT, texts.LONG)}
    yield render_to_string("copies/file_head.html", head).encode()
    for name, chapter in chapters:
        yield render_to_string("copies/file_chapter.html", {"name": name, "title": chapter.title}).encode()
        said = False
        for under, entries in groupby(chapter.tell(person), key=lambda entry: entry.under):
            if under:
                yield render_to_string("copies/file_under.html", {"under": under}).encode()
            for entry in entries:
                said = True
                yield render_to_string("copies/file_entry.html", {"entry": entry}).encode()
        yield b"</section>" if said else render_to_string("copies/file_nothing.html").encode()
    yield b"</main></body></html>"


class Pipe(io.RawIOBase):
    """Where an archive is written, to be sent on before it is whole."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    @override
    def writable(self) -> bool:
        return True

    @override
    def write(self, data: Buffer, /) -> int:
        self.waiting += data
        return len(memoryview(data))

    def taken(self) -> bytes:
        sent = bytes(self.waiting)
        self.waiting.clear()
        return sent


def as_archive(person: Person) -> Iterator[bytes]:
    """Both files in one ZIP, sent on in pieces of some 64 KiB; the whole of it is never held."""
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w") as archive:
        for name, parts in (("copy.html", as_page(person)), ("copy.json", as_json(person))):
            yield from _written(archive, pipe, name, parts)
    yield pipe.taken()


def _written(archive: zipfile.ZipFile, pipe: Pipe, name: str, parts: Iterable[bytes]) -> Iterator[bytes]:
    info = zipfile.ZipInfo(name, clock.now().timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(info, "w") as file:
        for part in parts:
            file.write(part)
            if len(pipe.waiting) >= PIECE:
                yield pipe.taken()


def gathered(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The same in fewer, larger pieces: each one sent costs something."""
    waiting = bytearray()
    for part in parts:
        waiting += part
        if len(waiting) >= PIECE:
            yield bytes(waiting)
            waiting.clear()
    if waiting:
        yield bytes(waiting)

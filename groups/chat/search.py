"""How words are found: what is kept of a message to find it by, what a question means, why something was found.

Words are folded here once, for both databases: no case, no accents, letters and digits only. So PostgreSQL needs no
dictionary and SQLite no tokenizer of its own, and both say what :func:`says` says. A question has no grammar: quotes
and operators are no words. Every word of it must begin a word of the message.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, override

from django.db.models import BooleanField, F, Func

WORD = re.compile(r"[^\W_]+")
AS_WRITTEN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")  # with the accents of letters that are written in parts
WORD_MOST = 40  # letters of a word that count
WORDS_MOST = 8  # words of a question that count
BEFORE, SHOWN = 60, 180  # characters before what was found, and in all


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of a message, as it is written; ``hit``: this is what was asked for."""

    words: str
    hit: bool


def words_of(text: str) -> list[str]:
    """The words of a text, each once, in their order."""
    apart = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()
    return list(dict.fromkeys(word[:WORD_MOST] for word in WORD.findall(plain)))


def sought(body: str | None, content_note: str | None) -> str | None:
    """What a message that stands is found by: the words it says, and what its note says it is about."""
    return None if body is None else " ".join(words_of(f"{content_note or ''} {body}"))


def question(asked: str) -> list[str]:
    """The words somebody looks for; none, if there is no letter and no digit in what they typed."""
    return words_of(asked)[:WORDS_MOST]


def says(text: str, words: Sequence[str]) -> bool:
    """Whether each of these words begins a word of ``text``."""
    said = words_of(text)
    return all(any(one.startswith(word) for one in said) for word in words)


class Says(Func):
    """Whether a message's kept words say all of these; by the index of whichever database it is."""

    output_field = BooleanField()

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(F("pk"), F("sought"))
        self.words = tuple(words)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, list[Any]]:
        kept, given = compiler.compile(self.source_expressions[1])
        asked = " & ".join(f"'{word}':*" for word in self.words)
        said = f"array_to_tsvector(string_to_array({kept}, ' ')) @@ %s::tsquery"
        return f"({kept} IS NOT NULL AND {said})", [*given, *given, asked]  # the first half names the partial index

    @override
    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, tuple[str | int, ...]]:
        key, given = compiler.compile(self.source_expressions[0])
        asked = " ".join(f'"{word}"*' for word in self.words)
        found = "SELECT place.message_id FROM chat_sought JOIN chat_sought_place place ON place.id = chat_sought.rowid"
        return f"{key} IN ({found} WHERE chat_sought MATCH %s)", (*given, asked)


def parts(text: str, words: Sequence[str]) -> list[Part]:
    """What was written around the first word that was asked for, in one line, cut where it is long."""
    line = " ".join(text.split())
    hits = [match for match in AS_WRITTEN.finditer(line) if _is_hit(match.group(), words)]
    start = _cut(line, hits[0].start() - BEFORE if hits else 0)
    end = len(line) if len(line) <= start + SHOWN else _end(line, start + SHOWN)
    found = [Part(words="…", hit=False)] if start else []
    at = start
    for match in hits:
        if match.end() > end:
            break
        found += [Part(words=line[at : match.start()], hit=False), Part(words=match.group(), hit=True)]
        at = match.end()
    found.append(Part(words=line[at:end] + ("…" if end < len(line) else ""), hit=False))
    return [part for part in found if part.words]


def _end(line: str, at: int) -> int:
    """The end of a word near ``at``."""
    space = line.rfind(" ", at - BEFORE, at)
    return space if space > 0 else at


def _is_hit(written: str, words: Sequence[str]) -> bool:
    return any(said.startswith(word) for said in words_of(written) for word in words)


def _cut(line: str, at: int) -> int:
    """The beginning of a word near ``at``."""
    if at <= 0:
        return 0
    return line.find(" ", at, at + BEFORE) + 1 or at

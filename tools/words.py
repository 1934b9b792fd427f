"""The words this place never says, looked for in templates, catalogs, README and docs (words.toml says what instead).

    python tools/words.py       one line a finding: where, the word, what to say

Code is not read: in documents what stands between backquotes, in templates tags, comments and the attributes no person
reads or hears. Fine phrases and law texts are taken out before a text is searched, so they hide nothing beside them.
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polib

ROOT = Path(__file__).resolve().parent.parent
LISTED: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
STAFF = tuple(LISTED["staff"]["places"])
DOCUMENTS = ("README.md", "CHANGELOG.md", "docs/*.md", "docs/**/*.md")
SCHEMAS = ("docs/openapi.json", "docs/asyncapi.json")

FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`|\]\([^)]*\)")
UNSAID = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->|<(script|style)\b.*?</\1>", re.DOTALL)
QUOTED = re.compile(r"{%\s*(?:blocktrans\w*|trans\w*|with|include)\b[^%]*%}")
WORDS_IN_QUOTES = re.compile(r'"([^"]*\s[^"]*)"')
TAG = re.compile(r"<[^>]*>")
SAID = re.compile(r"""\b(?:aria-label|aria-description|title|alt|placeholder|content|value|label)="([^"]*)\"""")
MARKUP = re.compile(r"{{.*?}}|{%.*?%}|<[^>]*>|%\(\w+\)[sd]|\{\w*\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Text:
    """Something said somewhere, in a language; ``line`` is where it begins."""

    place: str
    line: int
    language: str
    said: str
    staff: bool = False


@dataclass(frozen=True, slots=True)
class Never:
    """Words not said, and what is said instead."""

    words: dict[str, re.Pattern[str]]
    but: tuple[re.Pattern[str], ...]
    say: str
    staff: bool

    def found_in(self, text: Text) -> Iterator[tuple[int, str]]:
        """Line and word of each place in ``text`` that says it."""
        if self.staff and text.staff:
            return
        said = text.said
        for fine in self.but:
            said = fine.sub(_blank, said)
        for found in self.words[text.language].finditer(said):
            yield text.line + said.count("\n", 0, found.start()), found.group()


def _blank(found: re.Match[str]) -> str:
    """What is taken out leaves its line ends, so that lines are still counted right."""
    return "\n" * found.group().count("\n") or " "


@cache
def nevers() -> tuple[Never, ...]:
    law = tuple(_phrase(re.escape(row["text"])) for row in LISTED.get("law", ()))
    return tuple(
        Never(
            words={language: _whole(row[language], exact=row.get("exact", False)) for language in ("en", "es")},
            but=law + tuple(map(_phrase, row.get("but", ()))),
            say=row["say"],
            staff=row.get("staff", False),
        )
        for row in LISTED["never"]
    )


def _whole(words: str, *, exact: bool) -> re.Pattern[str]:
    """A hyphen or an underscore joins names of things (use-case, user_id): words that stand by themselves count."""
    return re.compile(rf"(?<![\w-])(?:{words.replace(' ', r'\s+')})(?![\w-])", 0 if exact else re.IGNORECASE)


def _phrase(words: str) -> re.Pattern[str]:
    return re.compile(words.replace("\\ ", " ").replace(" ", r"\s+"), re.IGNORECASE)


def texts() -> Iterator[Text]:
    yield from in_documents()
    yield from in_templates()
    yield from in_catalogs()
    yield from in_schemas()


def in_documents() -> Iterator[Text]:
    for path in sorted({path for pattern in DOCUMENTS for path in ROOT.glob(pattern)}):
        said = CODE.sub(_blank, FENCED.sub(_blank, path.read_text(encoding="utf-8")))
        yield Text(_place(path), 1, "en", said)


def in_templates() -> Iterator[Text]:
    for path in sorted((ROOT / "templates").rglob("*.*")):
        yield of_template(_place(path), path.read_text(encoding="utf-8"))


def of_template(place: str, source: str) -> Text:
    """What a person reads or hears of a template, on the lines where it stands."""
    said = UNSAID.sub(_blank, source)
    said = QUOTED.sub(lambda tag: "; ".join(WORDS_IN_QUOTES.findall(tag[0])) + "\n" * tag[0].count("\n"), said)
    said = TAG.sub(lambda tag: f" {'; '.join(SAID.findall(tag[0]))} " + "\n" * tag[0].count("\n"), said)
    return Text(place, 1, "en", MARKUP.sub(_blank, said), staff=place.startswith(STAFF))


def in_catalogs() -> Iterator[Text]:
    """English is what the code and pages say; each catalog says it again in its language."""
    for path in sorted(ROOT.glob("*/locale/*/LC_MESSAGES/*.po")):
        language = path.parts[-3]
        for entry in polib.pofile(str(path)):
            staff = all(place.startswith(STAFF) for place, _line in entry.occurrences)
            for spoken, said in _both(entry, language):
                yield Text(_place(path), entry.linenum or 1, spoken, MARKUP.sub(_blank, said), staff=staff)


def _both(entry: polib.POEntry, language: str) -> Iterator[tuple[str, str]]:
    for said in filter(None, (entry.msgid, entry.msgid_plural)):
        yield "en", said
    for said in filter(None, (entry.msgstr, *entry.msgstr_plural.values())):
        yield language, said


def in_schemas() -> Iterator[Text]:
    for name in SCHEMAS:
        for said in _told(json.loads((ROOT / name).read_text(encoding="utf-8"))):
            yield Text(name, 1, "en", CODE.sub(_blank, said))


def _told(node: Any) -> Iterator[str]:
    """The sentences of a schema; its names are code."""
    if isinstance(node, list):
        for one in node:
            yield from _told(one)
    elif isinstance(node, dict):
        for name, one in node.items():
            if name in {"description", "summary", "title"} and isinstance(one, str):
                yield one
            else:
                yield from _told(one)


def _place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def findings() -> list[str]:
    return [
        f"{text.place}:{line}: {' '.join(word.split())!r} - {never.say}"
        for text in texts()
        for never in nevers()
        for line, word in never.found_in(text)
    ]


def main() -> int:
    found = findings()
    sys.stdout.writelines(f"{line}\n" for line in found)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())

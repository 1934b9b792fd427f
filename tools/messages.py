"""Keeps the catalogs in step with the words on the pages.

    python tools/messages.py            read every template and module, add what is new, drop what is gone, compile
    python tools/messages.py --check    change nothing; fail on a missing or empty translation or a stale .mo

Needs polib (a development requirement) and no gettext programs. Nothing here runs on a server: the compiled .mo files
are kept beside the .po files.
"""

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
STOREYS = ("community", "groups", "realtime")
LANGUAGES = ("es",)
ROOM = re.compile(r"^templates/(chat/|components/(message|member|composer))")  # the room's own words live in groups/

SINGLE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
CALL = re.compile(r"(?<![\w.])(_|gettext|ngettext|pgettext|npgettext)\(")


@dataclass(frozen=True, slots=True)
class Message:
    words: str
    plural: str = ""
    context: str | None = None


def in_module(source: str) -> Iterator[Message]:
    """Every translated constant of a Python module."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        yield from message(name, [arg.value for arg in node.args if isinstance(arg, ast.Constant)])


def in_template(source: str, origin: str) -> Iterator[Message]:
    """Every translated constant of a template, by way of Django's own extraction."""
    code = templatize(source, origin=origin)
    for found in CALL.finditer(code):
        call = balanced(code, found.start())
        node = ast.parse(call, mode="eval").body
        if isinstance(node, ast.Call):
            yield from message(found[1], [arg.value for arg in node.args if isinstance(arg, ast.Constant)])


def balanced(code: str, start: int) -> str:
    """The call that begins at ``start``, up to the parenthesis that closes it; strings may hold parentheses."""
    reader = io.StringIO(code[start:])
    text, depth, quote = "", 0, ""
    while char := reader.read(1):
        text += char
        if quote:
            if char == "\\":
                text += reader.read(1)
            elif char == quote:
                quote = ""
        elif char in "'\"":
            quote = char
        else:
            depth += (char == "(") - (char == ")")
            if char == ")" and not depth:
                break
    return text


def message(name: str, constants: list[object]) -> Iterator[Message]:
    words = [constant for constant in constants if isinstance(constant, str)]
    if name in SINGLE and words:
        yield Message(words[0])
    elif name in PLURAL and len(words) > 1:
        yield Message(words[0], plural=words[1])
    elif name in CONTEXT and len(words) > 1:
        yield Message(words[1], context=words[0])


def sources() -> Iterator[tuple[str, Path]]:
    """Every file with words in it, with the storey whose catalog they belong to."""
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in {".html", ".txt"}:
            yield ("groups" if ROOM.match(path.relative_to(ROOT).as_posix()) else "community"), path
    for storey in STOREYS:
        for path in sorted((ROOT / storey).rglob("*.py")):
            yield storey, path


def collect() -> dict[str, dict[Message, list[str]]]:
    """What each storey says, and where."""
    said: dict[str, dict[Message, list[str]]] = {storey: {} for storey in STOREYS}
    for storey, path in sources():
        place = path.relative_to(ROOT).as_posix()
        text = path.read_text(encoding="utf-8")
        for found in in_module(text) if path.suffix == ".py" else in_template(text, place):
            places = said[storey].setdefault(found, [])
            if place not in places:
                places.append(place)
    return said


def catalog(storey: str, language: str) -> Path:
    return ROOT / storey / "locale" / language / "LC_MESSAGES" / "django.po"


def merged(old: polib.POFile, said: dict[Message, list[str]], language: str) -> polib.POFile:
    """The catalog with exactly what is said now, keeping what was translated before."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in old}
    new = polib.POFile(wrapwidth=116)
    new.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for found, places in sorted(said.items(), key=lambda row: (row[1][0], row[0].words)):
        entry = known.get((found.context, found.words)) or polib.POEntry(msgid=found.words, msgctxt=found.context)
        entry.msgid_plural = found.plural
        if found.plural and not entry.msgstr_plural:
            entry.msgstr_plural = {0: "", 1: ""}
        entry.occurrences = [(place, "") for place in places]
        entry.flags = ["python-format"] if "%(" in found.words else []
        new.append(entry)
    return new


def untold(entry: polib.POEntry) -> bool:
    return not all(entry.msgstr_plural.values()) if entry.msgid_plural else not entry.msgstr


def stale(compiled: Path, po: polib.POFile) -> bool:
    if not compiled.exists():
        return True
    had = {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in polib.mofile(str(compiled))}
    return had != {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in po if not untold(e)}


def main() -> int:
    parser = argparse.ArgumentParser(description="Keep the catalogs in step with the pages.")
    parser.add_argument("--check", action="store_true", help="change nothing, say what is wrong")
    parser.add_argument("--only", choices=STOREYS, help="one storey's catalogs")
    options = parser.parse_args()
    settings.configure(USE_I18N=True)
    wrong = []
    for storey, said in collect().items():
        if not said or options.only not in {None, storey}:
            continue
        for language in LANGUAGES:
            wrong += keep(catalog(storey, language), said, language, check=options.check)
    sys.stdout.writelines(f"{line}\n" for line in wrong or ["Catalogs are in step."])
    return 1 if wrong and options.check else 0


def keep(path: Path, said: dict[Message, list[str]], language: str, *, check: bool) -> list[str]:
    """Bring one catalog in step, or only look; return what is wrong with it."""
    place = path.relative_to(ROOT)
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    new = merged(old, said, language)
    wrong = [f"{place}: no words yet for {entry.msgid!r}" for entry in new if untold(entry)]
    if check:
        if {(e.msgctxt, e.msgid) for e in old} != {(e.msgctxt, e.msgid) for e in new}:
            wrong.append(f"{place}: out of step, run python tools/messages.py")
        if stale(path.with_suffix(".mo"), new):
            wrong.append(f"{path.with_suffix('.mo').relative_to(ROOT)}: stale, run python tools/messages.py")
        return wrong
    path.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(path))
    new.save_as_mofile(str(path.with_suffix(".mo")))
    return wrong


if __name__ == "__main__":
    sys.exit(main())

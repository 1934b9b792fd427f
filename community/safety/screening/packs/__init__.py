"""The word lists and frames as data, one file a language; dates are the version a case keeps."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LANGUAGES = ("en", "es")
GAP = re.compile(r"\.\.(\d)$")


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """Words and phrases of which one may stand; compared by identity, so that a message is searched once for it."""

    words: frozenset[str]
    phrases: dict[str, tuple[tuple[str, ...], ...]]  # by their first word
    openings: frozenset[str]  # the first words of the phrases
    firsts: frozenset[str]  # and the words


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    choice: Choice
    gap: int  # how many words may stand before it
    may_miss: bool


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """One way to say something, a piece after the other."""

    frame: str
    category: str
    pieces: tuple[Piece, ...]
    needs: tuple[Choice, ...]  # without each of which it cannot stand, the rarest first
    stands: bool  # holds its own negation, so a "no" before it lowers nothing
    soft: bool  # pages only where the model agrees
    unless: Choice  # words of its clause with which it says nothing
    cue: str  # "" for a whole frame; else the name of the half it is


@cache
def pack(language: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{language}.toml").read_text(encoding="utf-8"))


@cache
def version() -> str:
    return "+".join(f"{language}-{pack(language)['version']}" for language in LANGUAGES)


@cache
def patterns() -> dict[str, tuple[Pattern, ...]]:
    """Frames by anchor, a word without which they cannot stand."""
    return _by_anchor("frame", LANGUAGES)


@cache
def label_patterns() -> dict[str, tuple[Pattern, ...]]:
    """Content labels that are made of words, by anchor; their category is the label."""
    return _by_anchor("label", ("labels",))


@cache
def index() -> tuple[dict[str, tuple[Choice, ...]], dict[str, tuple[tuple[Choice, tuple[str, ...]], ...]]]:
    """The choices of all patterns by each word of theirs, and by the first word of each phrase."""
    tables = (patterns(), label_patterns())
    ways = {way: None for table in tables for some in table.values() for way in some}
    choices = {piece.choice: None for way in ways for piece in way.pieces}
    words: dict[str, list[Choice]] = {}
    phrases: dict[str, list[tuple[Choice, tuple[str, ...]]]] = {}
    for choice in choices:
        for word in choice.words:
            words.setdefault(word, []).append(choice)
        for first, some in choice.phrases.items():
            phrases.setdefault(first, []).extend((choice, phrase) for phrase in some)
    return (
        {word: tuple(found) for word, found in words.items()},
        {first: tuple(found) for first, found in phrases.items()},
    )


def _by_anchor(table: str, files: tuple[str, ...]) -> dict[str, tuple[Pattern, ...]]:
    found: dict[str, list[Pattern]] = {}
    for language in files:
        for frame in pack(language)[table]:
            for written in frame["say"]:
                pattern = _pattern(language, frame, written)
                for anchor in pattern.needs[0].firsts:
                    found.setdefault(anchor, []).append(pattern)
    return {anchor: tuple(some) for anchor, some in found.items()}


def _pattern(language: str, frame: dict[str, Any], written: str) -> Pattern:
    pieces: list[Piece] = []
    gap = 0
    for part in written.split():
        if skipped := GAP.match(part):
            gap = int(skipped[1])
            continue
        pieces.append(Piece(_choice(language, part.removesuffix("?")), gap, part.endswith("?")))
        gap = 0
    return Pattern(
        frame=frame["name"],
        category=frame["category"],
        pieces=tuple(pieces),
        needs=tuple(sorted((piece.choice for piece in pieces if not piece.may_miss), key=_common)),
        stands=frame.get("stands", False),
        soft=frame.get("soft", False),
        unless=_unless(frame.get("unless", "")),
        cue=frame.get("cue", ""),
    )


@cache
def _choice(language: str, part: str) -> Choice:
    slots = pack(language)["slots"]
    said = (word for one in part.split("|") for word in (slots[one[1:-1]].split() if one[0] == "{" else [one]))
    return either(said)


@cache
def _unless(words: str) -> Choice:
    return either(words.split())


def either(said: Iterable[str]) -> Choice:
    phrases: dict[str, list[tuple[str, ...]]] = {}
    single = set()
    for written in said:
        words = tuple(written.split("_"))
        if len(words) == 1:
            single.add(words[0])
        else:
            phrases.setdefault(words[0], []).append(words)
    return Choice(
        words=frozenset(single),
        phrases={first: tuple(some) for first, some in phrases.items()},
        openings=frozenset(phrases),
        firsts=frozenset(single | phrases.keys()),
    )


COMMON = frozenset(
    "i to my the a of it not do be am is me you he she they and that this in on for have was can will "  # noqa: SIM905
    "que de la el no yo se lo un una en mi y te quiero esta".split()
)


def _common(choice: Choice) -> tuple[int, int]:
    return (100 * len(choice.firsts & COMMON) + 1000 * ("#" in choice.firsts), len(choice.firsts))


@cache
def words_of(name: str) -> frozenset[str]:
    """A list of single words, from every language."""
    return frozenset(_listed(name))


@cache
def listed(name: str) -> Choice:
    """A list of words and phrases, from every language."""
    return either(_listed(name))


def _listed(name: str) -> list[str]:
    return [word for language in LANGUAGES for word in pack(language)["words"].get(name, "").split()]


@cache
def expansions() -> dict[str, tuple[str, ...]]:
    return {short: tuple(long.split()) for language in LANGUAGES for short, long in pack(language)["short"].items()}


@cache
def phrases() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Several words that mean one thing to the frames, by their first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for language in LANGUAGES:
        for said, meant in pack(language)["phrases"].items():
            found.setdefault(said.split()[0], []).append((tuple(said.split()), meant))
    return {first: tuple(sorted(some, key=lambda one: -len(one[0]))) for first, some in found.items()}


@cache
def core_words() -> frozenset[str]:
    return words_of("core")


@cache
def real_words() -> frozenset[str]:
    """Ordinary words that look like a mistyped core word."""
    return words_of("real")


@cache
def vocabulary() -> frozenset[str]:
    """Every word the packs know."""
    known: set[str] = set()
    for language in LANGUAGES:
        for words in (*pack(language)["slots"].values(), *pack(language)["words"].values()):
            known.update(words.replace("_", " ").split())
        for frame in pack(language)["frame"]:
            for written in frame["say"]:
                known.update(re.findall(r"[a-z]{2,}", written))
    return frozenset(known | {"i", "a", "y", "o"})

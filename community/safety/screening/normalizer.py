"""Brings words people hide, mistype or decorate back to plain ones, each with its place in the original.

Every step walks the text once, over at most ``LIMIT`` characters: no input is slow.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import override

from community.safety.screening.packs import core_words, expansions, phrases, real_words, vocabulary

LIMIT = 4000
LONGEST_JOINED = 60
KEPT = 4096  # folded signs, and words already read, that a process remembers

CONFUSABLE = str.maketrans(
    # Cyrillic and Greek letters that look Latin, then signs that stand for something
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb\u0442\u043a\u043c\u0432\u043d\u03b1\u03b5\u03b9\u03bf\u03c1\u03c4\u03c5\u03bd\u03ba\u0131\u0142\u0261"
    "\u2018\u2019\u02bc\u00b4`\u201c\u201d\u00ab\u00bb\u00bf\u00a1",
    "aeopcyxijsdhtkmbhaeioptuvkilg'''''\"\"\"\"  ",
)
PICTURED = {
    **dict.fromkeys("\U0001f602\U0001f923\U0001f480\U0001f606\U0001f61d\U0001f605", " lol "),
    "\U0001f52a": " knife ",
    "\U0001f5e1": " knife ",
    "\U0001f52b": " gun ",
    "\U0001f48a": " pills ",
    "\u26b0": " coffin ",
}
LEET = str.maketrans("0134578@$!|", "oieastbasil")
SPACED = re.compile(r"(?<![a-z0-9'])[a-z0-9@$](?:[ ._\-*/]{1,3}[a-z0-9@$](?![a-z0-9'])){2,}")
TOKEN = re.compile(r"[a-z0-9@$*](?:[a-z0-9@$*!|']{0,60}[a-z0-9@$*])?|[.!?;\n]+|,|\"")
QUOTED = re.compile(
    r"(?<![a-z0-9])'(?!(?:cause|til|bout|em|cuz|n|tis|twas)\b)(?=[a-z0-9])((?:[^'\n]|(?<=[a-z0-9])'(?=[a-z])){6,300}[a-z0-9.!?,])'(?![a-z0-9])"
)
RUN = re.compile(r"(.)\1{2,}")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class _Fold(dict[int, str]):
    """What a sign is read as: lower case Latin without accents, nothing for marks nobody sees."""

    @override
    def __missing__(self, code: int) -> str:  # type: ignore[misc]  # dict calls it without declaring it
        sign = chr(code)
        if sign in PICTURED:
            read = PICTURED[sign]
        else:
            wide = unicodedata.normalize("NFKC", sign).lower().translate(CONFUSABLE)
            read = "".join(part for part in unicodedata.normalize("NFD", wide) if _is_seen(part))[:8]
        if len(self) < KEPT:
            self[code] = read
        return read


def _is_seen(sign: str) -> bool:
    return sign.isascii() or unicodedata.category(sign) not in {"Mn", "Me", "Cf", "Cc", "Cn", "Co"}


FOLD = _Fold()


def plain(text: str) -> str:
    """Lower case Latin letters without accents, marks or invisible characters; at most LIMIT characters."""
    text = text[:LIMIT]
    folded = text.lower() if text.isascii() else text.translate(FOLD)[:LIMIT]
    return QUOTED.sub(r'"\1"', folded) if "'" in folded else folded


@dataclass(frozen=True)
class Reading:
    """Plain words and marks of a text; ``places`` are where each stands in its plain form."""

    text: str
    words: list[str]
    places: list[tuple[int, int]]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where words ``start`` to ``end`` stand in the text as it was sent (characters)."""
        first, last = self.places[start][0], self.places[end - 1][1]
        return (first, last) if self.text.isascii() else (self._back[first], self._back[last - 1] + 1)

    @cached_property
    def _back(self) -> list[int]:
        return [at for at, sign in enumerate(self.text[:LIMIT]) for _ in FOLD[ord(sign)]]


def tokens(text: str) -> list[str]:
    return read(text).words


def read(text: str) -> Reading:
    """The words and marks of ``text``, with short forms and phrases written out."""
    folded = plain(text)
    words: list[str] = []
    places: list[tuple[int, int]] = []
    at = 0
    for spaced in SPACED.finditer(folded):
        letters = "".join(sign for sign in spaced[0] if sign.isalnum() or sign in "@$").translate(LEET)
        joined = apart(letters[:LONGEST_JOINED]) if letters.isalpha() else []
        if joined:
            _tokens(folded, at, spaced.start(), words, places)
            words += joined
            places += [spaced.span()] * len(joined)
            at = spaced.end()
    _tokens(folded, at, len(folded), words, places)
    _write_out(words, places)
    return Reading(text, words, places)


def _tokens(folded: str, start: int, end: int, words: list[str], places: list[tuple[int, int]]) -> None:
    for found in TOKEN.finditer(folded, start, end):
        place = found.span()
        for word in _known(found[0]):
            words.append(word)
            places.append(place)


def _write_out(words: list[str], places: list[tuple[int, int]]) -> None:
    """Each phrase that only sounds like a "no" becomes what it means."""
    known = phrases()
    for at in range(len(words) - 2, -1, -1):
        for said, meant in known.get(words[at], ()):
            if tuple(words[at : at + len(said)]) == said:
                place = (places[at][0], places[at + len(said) - 1][1])
                words[at : at + len(said)] = meant.split()
                places[at : at + len(said)] = [place] * len(meant.split())
                break


@lru_cache(maxsize=2 * KEPT)
def _known(token: str) -> tuple[str, ...]:
    """The plain words a token stands for."""
    if not token[0].isalnum() and token[0] not in "@$*":
        return (token,)
    if not token.isalpha() and not token.isdigit():
        token = _unleet(token)
        if " " in token:
            return tuple(word for part in token.split() for word in _known(part))
    return _plain_words(_without_runs(token))


def _plain_words(token: str) -> tuple[str, ...]:
    short = expansions().get(token)
    if short or token in vocabulary() or token in real_words():
        return short or (token,)
    short = expansions().get(token.replace("'", ""))
    if short or token in typos():
        return short or (typos()[token],)
    if 7 <= len(token) <= LONGEST_JOINED and _core().search(token) and (words := apart(token)):
        return tuple(words)
    return (token.split("'", maxsplit=1)[0],)


def _unleet(token: str) -> str:
    if "*" in token:
        return _unstar(token)
    folded = token.translate(LEET)
    if any(sign.isalpha() for sign in token) and (_is_known(folded) or _is_known(_without_runs(folded))):
        return folded
    return re.sub(r"[@$!|]", " ", token).strip() or " "


def _is_known(word: str) -> bool:
    return word in vocabulary() or word in expansions() or word in typos()


def _unstar(token: str) -> str:
    """k*ll and s******e: the one core word the letters that are left can be."""
    bare = token.strip("*")
    if len(bare) < 2:
        return bare or " "
    fits = [
        word
        for word in core_words() | {"die", "kill", "dead", "gun", "cut"}
        if len(word) == len(token) and all(sign in {"*", own} for sign, own in zip(token, word, strict=True))
    ]
    return fits[0] if len(fits) == 1 else bare.replace("*", " ")


def _without_runs(token: str) -> str:
    if token.isdigit() or not RUN.search(token):
        return token
    twice = RUN.sub(r"\1\1", token)
    once = RUN.sub(r"\1", token)
    return once if once in vocabulary() or once in expansions() or twice not in vocabulary() else twice


@lru_cache(maxsize=1024)
def apart(joined: str) -> list[str]:
    """Words written as one, taken apart: the fewest known words that fill it, or none."""
    best: list[list[str] | None] = [[]] + [None] * len(joined)
    for end in range(1, len(joined) + 1):
        for start in range(max(0, end - 12), end):
            before, word = best[start], joined[start:end]
            if (
                before is None
                or (word not in vocabulary() and word not in expansions())
                or (end - start == 1 and word not in "iayo")
            ):
                continue
            so_far = best[end]
            if so_far is None or len(before) + 1 < len(so_far):
                best[end] = [*before, word]
    words = best[-1] or []
    return [plain for word in words for plain in expansions().get(word, (word,))]


@cache
def _core() -> re.Pattern[str]:
    return re.compile("|".join(sorted(core_words())))


@cache
def typos() -> dict[str, str]:
    """Each way to write one letter of a core word wrongly, and the word."""
    wrong: dict[str, str] = {}
    for word in sorted(core_words()):
        if len(word) < 6:
            continue
        cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
        forms = {left + right[1:] for left, right in cuts if right}
        forms |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
        forms |= {left + sign + right[1:] for left, right in cuts if right for sign in LETTERS}
        forms |= {left + sign + right for left, right in cuts for sign in LETTERS}
        wrong.update(dict.fromkeys(forms, word))
    return {form: word for form, word in wrong.items() if form not in vocabulary() and form not in real_words()}

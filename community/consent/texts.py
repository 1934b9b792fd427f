"""The words people are asked to agree to: data files, one a purpose, version and language, never edited once shown.

``texts/<purpose>.<version>.<language>.txt``. New words are a new version; a record keeps the digest of what was shown.
Where a thing goes by another word (``registers.wordings``), ``<purpose>-<wording>`` stands beside each version: it asks
for the same in that word, so who agreed in one is not asked again in the other.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

FOLDER = Path(__file__).parent / "texts"
NAMED = r"(?P<purpose>[a-z_]+)(?:-(?P<wording>[a-z]+))?"
FILE = re.compile(NAMED + r"\.(?P<version>[1-9][0-9]*)\.(?P<language>[a-z]{2})\.txt")
DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One wording. ``parts`` are its lines: what, who, how long, how to change your mind."""

    purpose: str
    version: int
    language: str
    words: str
    wording: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of the words, in hex."""
        return hashlib.sha256(self.words.encode()).hexdigest()

    @property
    def parts(self) -> list[str]:
        return [line for line in self.words.splitlines() if line.strip()]


@cache
def texts() -> dict[tuple[str, int, str, str], Text]:
    """Every text there is, by purpose, version, language and wording."""
    found = {}
    for path in sorted(FOLDER.glob("*.txt")):
        named = FILE.fullmatch(path.name)
        if named is None:
            raise ValueError(f"{path.name} is not named purpose[-wording].version.language.txt")
        key = named["purpose"], int(named["version"]), named["language"], named["wording"] or ""
        words = path.read_text(encoding="utf-8")
        found[key] = Text(purpose=key[0], version=key[1], language=key[2], wording=key[3], words=words)
    return found


def purposes() -> frozenset[str]:
    """What people can be asked to agree to: all that has words."""
    return frozenset(purpose for purpose, *_rest in texts())


def shown_in() -> str:
    """The language of this page."""
    return (get_language() or DEFAULT_LANGUAGE)[:2]


def current(purpose: str, language: str, wording: str = "") -> Text:
    """What is shown today for a purpose, in this language or else in English, and in this wording if it has that one.

    Raises KeyError for an unknown purpose.
    """
    versions = [version for about, version, *_rest in texts() if about == purpose]
    if not versions:
        raise KeyError(purpose)
    newest = max(versions)
    worded = wording if (purpose, newest, DEFAULT_LANGUAGE, wording) in texts() else ""
    return texts().get((purpose, newest, language, worded)) or texts()[purpose, newest, DEFAULT_LANGUAGE, worded]


def kept(purpose: str, version: int, language: str, digest: str) -> Text:
    """What somebody was shown then: the digest tells in which wording."""
    found = (text for key, text in texts().items() if key[:3] == (purpose, version, language))
    return next((one for one in found if one.digest == digest), texts()[purpose, version, language, ""])

"""The words people are asked to agree to: data files, one a purpose, version and language, never edited once shown.

``texts/<purpose>.<version>.<language>.txt``. New words are a new version; a record keeps the digest of what was shown.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

FOLDER = Path(__file__).parent / "texts"
FILE = re.compile(r"(?P<purpose>[a-z_]+)\.(?P<version>[1-9][0-9]*)\.(?P<language>[a-z]{2})\.txt")
DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One wording. ``parts`` are its lines: what, who, how long, how to change your mind."""

    purpose: str
    version: int
    language: str
    words: str

    @property
    def digest(self) -> str:
        """SHA-256 of the words, in hex."""
        return hashlib.sha256(self.words.encode()).hexdigest()

    @property
    def parts(self) -> list[str]:
        return [line for line in self.words.splitlines() if line.strip()]


@cache
def texts() -> dict[tuple[str, int, str], Text]:
    """Every wording there is."""
    found = {}
    for path in sorted(FOLDER.glob("*.txt")):
        named = FILE.fullmatch(path.name)
        if named is None:
            raise ValueError(f"{path.name} is not named purpose.version.language.txt")
        key = named["purpose"], int(named["version"]), named["language"]
        words = path.read_text(encoding="utf-8")
        found[key] = Text(purpose=key[0], version=key[1], language=key[2], words=words)
    return found


def purposes() -> frozenset[str]:
    """What people can be asked to agree to: all that has words."""
    return frozenset(purpose for purpose, _version, _language in texts())


def shown_in() -> str:
    """The language of this page."""
    return (get_language() or DEFAULT_LANGUAGE)[:2]


def current(purpose: str, language: str) -> Text:
    """What is shown today for a purpose, in this language or else in English. Raises KeyError for an unknown one."""
    versions = [version for (about, version, _language) in texts() if about == purpose]
    if not versions:
        raise KeyError(purpose)
    newest = max(versions)
    return texts().get((purpose, newest, language)) or texts()[purpose, newest, DEFAULT_LANGUAGE]

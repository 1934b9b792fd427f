"""Codes that people read from paper and type on a phone: few symbols, none that look alike, and a slip is noticed.

The alphabet is Crockford's base 32: no I, L, O and U. An O is read as 0, an I or L as 1; case does not matter, and what
stands between the symbols is passed over. The last symbol checks the others (Luhn, modulo 32): it finds every single
wrong symbol and nearly every two that changed places.
"""

import re
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BASE = len(ALPHABET)
READ_AS = str.maketrans("OIL", "011")
BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212_.]+")
TYPED_MOST = 64  # characters looked at; a code with every gap somebody may type is shorter


def make(symbols: int) -> str:
    """A fresh code of ``symbols``, the last of which checks the others: 5 random bits for each but the last."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(symbols - 1))
    return body + _check(body)


def read(typed: object, symbols: int) -> str | None:
    """The code that was meant, or None if what was typed cannot be one."""
    if not isinstance(typed, str) or len(typed) > TYPED_MOST:
        return None
    folded = BETWEEN.sub("", unicodedata.normalize("NFKC", typed)).upper().translate(READ_AS)
    if len(folded) != symbols or not set(folded) <= set(ALPHABET):
        return None
    return folded if _check(folded[:-1]) == folded[-1] else None


def shown(code: str, group: int) -> str:
    """As it is printed: groups of symbols with a dash between them."""
    return "-".join(code[at : at + group] for at in range(0, len(code), group))


def _check(body: str) -> str:
    total = 0
    for place, symbol in enumerate(reversed(body)):
        value = ALPHABET.index(symbol) * (1 if place % 2 else 2)
        total += value // BASE + value % BASE
    return ALPHABET[-total % BASE]

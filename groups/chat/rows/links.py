"""Addresses in what people write, to be followed. The script knows the same two patterns (conversation.js).

Only what is plainly an address of the web: it begins with http:// or https://, and its host is written out in plain
letters, so that where it leads is what one reads.
"""

import re
from dataclasses import dataclass

LINK = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?"
    r"(?:[/?#][^\s<>\"'`]*|(?=[.,;:!?)\]}\u00bb\u201d\u2019\u2026\"'`<>]*(?:\s|$)))",
    re.IGNORECASE,
)
CLOSING = re.compile(r"[.,;:!?)\]}\u00bb\u201d\u2019\u2026]+$")  # it belongs to the sentence around it


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some of the words; ``href`` where they are an address."""

    words: str
    href: str = ""


def pieces(body: str) -> list[Piece]:
    found: list[Piece] = []
    at = 0
    for match in LINK.finditer(body):
        address = CLOSING.sub("", match.group())
        found += [Piece(words=body[at : match.start()]), Piece(words=address, href=address)]
        at = match.start() + len(address)
    found.append(Piece(words=body[at:]))
    return [piece for piece in found if piece.words]

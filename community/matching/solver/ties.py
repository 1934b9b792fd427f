"""What decides between two pairs where nothing else does: 30 bits of the two ids, the same on every machine."""

from hashlib import blake2b

BITS = 30
ALL = 2**64 - 1
FIRST, SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB  # the last step of splitmix64


def digest(role: str, one: str) -> bytes:
    """Eight bytes of an id in a role: A with B is not B with A. Any text has some, also what is no valid Unicode."""
    return blake2b(one.encode("utf-8", "surrogatepass"), digest_size=8, person=role.encode()).digest()


def tie(mentee: str, mentor: str) -> int:
    """The number of one pair; market.py does the same to whole columns."""
    mixed = int.from_bytes(digest("mentee", mentee), "little") ^ int.from_bytes(digest("mentor", mentor), "little")
    mixed = ((mixed ^ (mixed >> 30)) * FIRST) & ALL
    mixed = ((mixed ^ (mixed >> 27)) * SECOND) & ALL
    return (mixed ^ (mixed >> 31)) >> (64 - BITS)

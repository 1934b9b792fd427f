"""Who has a tie of their own to whom, as the rooms above know it. Who has one decides nothing about the other."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from community.foundation.registers import apart, own_ties

_asked: ContextVar[dict[UUID, frozenset[UUID]] | None] = ContextVar("ties asked for on this page", default=None)


def of(person_id: UUID) -> frozenset[UUID]:
    """Everybody this person has a tie to, today: a question a register."""
    asked = _asked.get()
    if asked is None:
        return _ask(person_id)
    if person_id not in asked:
        asked[person_id] = _ask(person_id)
    return asked[person_id]


def own(person_id: UUID) -> frozenset[UUID]:
    """Of those, to whom somebody who works here has one for themselves: they lead no mentoring of theirs."""
    return frozenset(other for ties in own_ties for other in ties(person_id))


@contextmanager
def asked_once() -> Iterator[None]:
    """For a page that only reads, and whose parts each ask: inside, what was answered once is not asked again."""
    before = _asked.set({})
    try:
        yield
    finally:
        _asked.reset(before)


def _ask(person_id: UUID) -> frozenset[UUID]:
    return frozenset(other for ties in apart for other in ties(person_id))

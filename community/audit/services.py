"""Adding to the chain, and asking whether it still holds."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from community.audit.events import BackupRestored
from community.audit.models import GENESIS, AuditEntry, AuditHead
from community.foundation import clock
from community.foundation.events import publish
from community.foundation.models import Deployment

_unwritten: ContextVar[list[AuditEntry] | None] = ContextVar("audit_unwritten", default=None)


@contextmanager
def at_the_end() -> Iterator[None]:
    """Write what is recorded within when all of it is done: for services that call others, which record as well.

    Everybody writes at the end of the chain, so whoever holds it must wait for nothing any more. Goes directly inside
    the transaction. Of a block within that failed nothing is written.
    """
    outer = _unwritten.get()
    if outer is not None:
        before = len(outer)
        try:
            yield
        except BaseException:
            del outer[before:]
            raise
        return
    entries: list[AuditEntry] = []
    token = _unwritten.set(entries)
    try:
        yield
    finally:
        _unwritten.reset(token)
    if entries:
        _write(entries)


@transaction.atomic
def record(*, action: str, actor: UUID | None, subject: str, reason: str = "", words: str = "") -> AuditEntry:
    """Add one entry; call it last in a service, since it locks the head of the chain, or within :func:`at_the_end`.

    ``subject`` is ``kind:id``; of ``words`` only a digest is kept.
    """
    return _add([AuditEntry(action=action, actor=actor, subject=subject, reason=reason, digest=_digest(words))])[0]


@transaction.atomic
def record_all(*, action: str, actor: UUID | None, subjects: Iterable[str]) -> list[AuditEntry]:
    """One entry for each, in their order, in as many questions for many as for one; called last, as :func:`record`."""
    return _add([AuditEntry(action=action, actor=actor, subject=subject) for subject in subjects])


def _add(entries: list[AuditEntry]) -> list[AuditEntry]:
    waiting = _unwritten.get()
    if waiting is None:
        return _write(entries)
    waiting += entries
    return entries


def _write(entries: list[AuditEntry]) -> list[AuditEntry]:
    head = _head()
    for entry in entries:
        _next(head, entry)
    AuditEntry.objects.bulk_create(entries)
    head.save(update_fields=["number", "hash"])
    return entries


def _head() -> AuditHead:
    """The end of the chain, held."""
    AuditHead.objects.get_or_create(id=1)
    head: AuditHead = AuditHead.objects.select_for_update(no_key=True).get(id=1)
    return head


def _next(head: AuditHead, entry: AuditEntry) -> AuditEntry:
    """Hang it on the chain, whose end it is from now on."""
    entry.number, entry.at, entry.prev_hash = head.number + 1, clock.now(), head.hash
    entry.hash = entry.seal()
    head.number, head.hash = entry.number, entry.hash
    return entry


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest() if words else ""


@transaction.atomic
def restored() -> UUID:
    """This database came back from a backup: every client forgets what it kept, and whoever was let in proves it anew.

    Returns the new word for its history. Publishes BackupRestored.
    """
    history = uuid4()
    Deployment.objects.update_or_create(id=1, defaults={"history": history})
    publish(BackupRestored())
    record(action="deployment.restored", actor=None, subject=f"history:{history}")
    return history


@dataclass(frozen=True, slots=True)
class Verdict:
    """``broken`` is the number of the first row that does not hold; None when the chain is whole."""

    entries: int
    broken: int | None


def verify() -> Verdict:
    """Walk the chain up to its head; a changed row, a missing row and a cut tail are all found.

    The head is read first: what is added while the walk runs belongs to the next one, and nobody waits for it.
    """
    head = AuditHead.objects.filter(id=1).first()
    if head is None:  # nothing was ever written, or somebody took the head away
        return Verdict(entries=0, broken=1 if AuditEntry.objects.exists() else None)
    expected, last = 1, GENESIS
    for entry in AuditEntry.objects.filter(number__lte=head.number).order_by("number").iterator(chunk_size=2000):
        if entry.number != expected or entry.prev_hash != last or entry.hash != entry.seal():
            return Verdict(entries=expected - 1, broken=expected)
        expected, last = expected + 1, entry.hash
    after = AuditEntry.objects.filter(number__gt=head.number).order_by("number").first()
    whole = (head.number, head.hash) == (expected - 1, last) and (after is None or after.prev_hash == last)
    return Verdict(entries=expected - 1, broken=None if whole else expected)

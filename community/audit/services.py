"""Adding to the chain, and asking whether it still holds."""

import hashlib
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from community.audit.events import BackupRestored
from community.audit.models import GENESIS, AuditEntry, AuditHead
from community.foundation import clock
from community.foundation.events import publish
from community.foundation.models import Deployment


@transaction.atomic
def record(*, action: str, actor: UUID | None, subject: str, reason: str = "", words: str = "") -> AuditEntry:
    """Add one entry; call it last in a service, since it locks the head of the chain.

    ``subject`` is ``kind:id``; of ``words`` only a digest is kept.
    """
    AuditHead.objects.get_or_create(id=1)
    head = AuditHead.objects.select_for_update(no_key=True).get(id=1)
    entry = AuditEntry(
        number=head.number + 1,
        action=action,
        actor=actor,
        subject=subject,
        reason=reason,
        digest=hashlib.sha256(words.encode()).hexdigest() if words else "",
        at=clock.now(),
        prev_hash=head.hash,
    )
    entry.hash = entry.seal()
    entry.save(force_insert=True)
    head.number, head.hash = entry.number, entry.hash
    head.save(update_fields=["number", "hash"])
    return entry


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

"""The audit chain: who did what to whom, ids and digests only, each entry bound to the one before."""

import hashlib
import json
from typing import ClassVar, override

from django.db import models

GENESIS = "0" * 64


class AuditEntry(models.Model):
    """One act. ``actor`` is a plain id: no foreign key, so that erasing a person never touches the chain.

    ``subject`` names the thing as ``kind:id``; ``digest`` is a SHA-256 of what was said, never the words themselves.
    Rows are only ever added: a database trigger refuses UPDATE and DELETE.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    action = models.CharField(max_length=64)
    actor = models.UUIDField(null=True)
    subject = models.CharField(max_length=100)
    reason = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_entry"
        ordering: ClassVar = ["number"]

    @override
    def __str__(self) -> str:
        return f"{self.number} {self.action}"

    def seal(self) -> str:
        """The hash that binds this entry to the one before it."""
        told = [
            self.number, self.action, str(self.actor or ""), self.subject, self.reason, self.digest,
            self.at.isoformat(timespec="microseconds"), self.prev_hash,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(told, ensure_ascii=True).encode()).hexdigest()


class AuditHead(models.Model):
    """The end of the chain; its row lock is what puts entries in order, and it is always locked last."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        db_table = "audit_head"
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="audit_head_is_one")]

    @override
    def __str__(self) -> str:
        return str(self.number)

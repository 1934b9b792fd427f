"""Tokens: how scripts speak for a person, never for more than that person may do."""

import hashlib
import uuid
from typing import ClassVar, override

from django.db import models

from community.integrations.querysets import TokenQuerySet
from community.people.models import Person


def digest_of(words: str) -> str:
    """What is kept of a token's words."""
    return hashlib.sha256(words.encode()).hexdigest()


class Token(models.Model):
    """A scoped key, shown once. Only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    scopes = models.JSONField(default=list)
    label = models.CharField(max_length=60, blank=True)
    created = models.DateTimeField()
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "revoked"], name="token_person_revoked")]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    def allows(self, scope: str) -> bool:
        return scope in self.scopes

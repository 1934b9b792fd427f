"""What belongs to the deployment itself."""

import uuid
from typing import ClassVar, override

from django.db import models


class Deployment(models.Model):
    """One row: this site. ``history`` is new after a restored backup, so that clients forget their cursors."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    history = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="deployment_is_one")]

    @override
    def __str__(self) -> str:
        return str(self.history)


class FirstAnswer(models.Model):
    """The first answer to a request with an ``Idempotency-Key``, given again for 24 hours.

    ``asked`` is a digest of method, path and body, so that the same key with another content is told apart.
    """

    person = models.UUIDField()
    key = models.CharField(max_length=200)
    asked = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "key"], name="first_answer_once")]

    @override
    def __str__(self) -> str:
        return self.key

"""A word to somebody who is away. A row holds a kind and ids; what it says is looked up when it is read."""

import uuid
from typing import ClassVar, override

from django.db import models

from community.notices.querysets import InboxQuerySet, NoticeQuerySet
from community.people.models import Person


class Inbox(models.Model):
    """Where one person's notices are counted: ``version`` grows with each one written and each time some are seen.

    Its row is the lock under which both happen, so that versions become visible in their order. ``closed``: nothing is
    left there any more, since nobody reads it.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="+")
    version = models.PositiveBigIntegerField(default=0)
    closed = models.BooleanField(default=False)

    objects = InboxQuerySet.as_manager()

    @override
    def __str__(self) -> str:
        return str(self.pk)


class Notice(models.Model):
    """``number`` is the inbox's version when it was last said, ``version`` the one when it last changed.

    ``about`` is an id and nothing else: the column itself can hold no word that anybody wrote.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    about = models.UUIDField(null=True)
    number = models.PositiveBigIntegerField()
    version = models.PositiveBigIntegerField()
    created = models.DateTimeField()
    seen = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "number"], name="notice_number_once")]
        indexes: ClassVar = [
            models.Index(fields=["person", "version"], name="notice_changed"),
            models.Index(fields=["person"], name="notice_unseen", condition=models.Q(seen=None)),
            models.Index(fields=["seen"], name="notice_seen"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

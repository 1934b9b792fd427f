"""Times in which somebody is out of every room: what was decided about them, from when, until when."""

import uuid
from typing import ClassVar, override

from django.db import models
from django.db.models import F, Q

from community.people.models import Person
from community.sanctions.querysets import SuspensionQuerySet


class Suspension(models.Model):
    """From ``began`` until ``until`` (None: for good), unless it ``ended`` before.

    ``decision``: what was decided, in the words its person read, kept in the rooms above. While one stands,
    ``Person.suspended`` says so, from the same transaction on: that is what every door asks.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decision = models.UUIDField(unique=True)
    began = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("began")), name="suspension_lasts"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["until"], condition=Q(ended=None), name="suspension_standing_until"),
            models.Index(fields=["person"], condition=Q(ended=None), name="suspension_standing_of"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

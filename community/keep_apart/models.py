"""That two people are kept apart, or have a tie: since when, why, and when somebody looks at it again."""

import uuid
from datetime import datetime
from typing import ClassVar, override
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.foundation import crypto
from community.keep_apart.plans import APART
from community.keep_apart.querysets import KeepApartQuerySet
from community.people.models import Person


class Kind(models.TextChoices):
    """What stands between two people. All but the first let them share rooms: nobody is matched or decides there."""

    APART = APART, _("They must not meet")
    FAMILY = "family", _("They are family")
    HOUSEHOLD = "household", _("They live together")
    PARTNER = "partner", _("They are partners, or were")
    WORK = "work", _("There is work or money between them")


class KeepApart(models.Model):
    """``one`` and ``other`` in the order of their ids; ``kind``: whether they must not meet, or have a tie.

    ``review_by``: by when somebody says whether it is still needed; it stands until somebody lifts it. The reason is
    sealed, and read by who may set it alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=Kind, default=Kind.APART)
    reason_sealed = models.TextField(blank=True)
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    review_by = models.DateTimeField()
    lifted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    objects = KeepApartQuerySet.as_manager()
    reason = crypto.Sealed()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], condition=Q(lifted_at=None), name="keep_apart_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="keep_apart_two_in_order"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="keep_apart_kind_is_known"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="keep_apart_lifted_by_somebody",
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def two(self) -> tuple[UUID, UUID]:
        return self.one_id, self.other_id

    @property
    def meets(self) -> bool:
        """Whether the two may share a room."""
        return self.kind != Kind.APART

    def is_due(self, now: datetime) -> bool:
        """Whether somebody has to say again that it is needed."""
        return self.review_by <= now

"""The treatment tracks this organization runs."""

import uuid
from typing import ClassVar, override

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Track(models.TextChoices):
    """What kind of program it is; the code is for data, the label for people (PRODUCT.md 3)."""

    ADDICTION = "addiction", _("Addiction")
    MENTAL_HEALTH = "mental_health", _("Mental health")
    DUAL = "dual", _("Co-occurring")
    TEEN = "teen", _("Teens and young adults")
    EATING_DISORDER = "eating_disorder", _("Eating disorders")


class Program(models.Model):
    """One treatment track, walled from the others where its safety profile says so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80, unique=True)
    track = models.CharField(max_length=20, choices=Track)
    zone = models.CharField(max_length=64, default="America/New_York")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(track__in=Track.values), name="program_track_is_known")
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def history_days(self) -> int:
        """How many days before it began a new seat shows: 7, in teen programs 0 (settings)."""
        return settings.HISTORY_DAYS_TEEN if self.track == Track.TEEN else settings.HISTORY_DAYS

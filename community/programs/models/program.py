import uuid
from typing import ClassVar, override

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from community.programs.plans import NAME_MOST
from community.programs.profiles import SafetyProfile, profile_of
from community.programs.querysets import ProgramQuerySet


class Track(models.TextChoices):
    """What kind of program it is; the code is for data, the label for people."""

    ADDICTION = "addiction", _("Addiction")
    MENTAL_HEALTH = "mental_health", _("Mental health")
    DUAL = "dual", _("Co-occurring")
    TEEN = "teen", _("Teens and young adults")
    EATING_DISORDER = "eating_disorder", _("Eating disorders")


class AgeBand(models.TextChoices):
    """Whom a program for teens and young adults is for; it picks one."""

    MINORS = "13-17", _("13 to 17")
    YOUNG_ADULTS = "18-25", _("18 to 25")


class Program(models.Model):
    """One treatment track, walled from the others where its safety profile says so.

    ``language`` is what its rooms are told in, where nobody in particular reads.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=NAME_MOST)
    track = models.CharField(max_length=20, choices=Track)
    age_band = models.CharField(max_length=5, choices=AgeBand, blank=True, default="")
    zone = models.CharField(max_length=64, default="America/New_York")
    language = models.CharField(max_length=5, default="en")

    objects = ProgramQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("name"), name="program_name_once"),
            models.CheckConstraint(condition=Q(track__in=Track.values), name="program_track_is_known"),
            models.CheckConstraint(
                condition=Q(track=Track.TEEN, age_band__in=AgeBand.values) | (~Q(track=Track.TEEN) & Q(age_band="")),
                name="program_age_band_of_teens",
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def profile(self) -> SafetyProfile:
        return profile_of(self.track, self.age_band)

    @property
    def history_days(self) -> int:
        """How many days before it began a new seat shows: 7, in teen programs 0 (settings)."""
        return self.profile.history_days

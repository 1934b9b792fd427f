"""What a person counts the times of. All of it is theirs alone."""

import uuid
from typing import ClassVar, override

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.foundation import crypto
from community.milestones.querysets import TallyQuerySet
from community.people.models import Person

TALLY_MOST = 9_999


class TallyKind(models.TextChoices):
    SKILL = "skill", _("A skill I used")
    SHOWN_UP = "shown_up", _("A time I showed up")
    GOAL = "goal", _("A goal of my own")


class Tally(models.Model):
    """How often a person did something, by their own word: a number alone, and no day of any of it.

    What they call it is sealed; a goal has a name always.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tallies")
    kind = models.CharField(max_length=8, choices=TallyKind)
    name_sealed = models.TextField(blank=True, default="")
    count = models.PositiveIntegerField(default=0)
    created = models.DateTimeField()

    objects = TallyQuerySet.as_manager()
    name = crypto.Sealed()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=TallyKind.values), name="tally_kind_is_known"),
            models.CheckConstraint(condition=Q(count__lte=TALLY_MOST), name="tally_count_can_be_lived"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

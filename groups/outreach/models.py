"""The first day of somebody in their cohort's room."""

import uuid
from typing import ClassVar, override

from django.db import models
from django.db.models import Q

from community.programs.models import Enrollment
from groups.membership.models import Group
from groups.outreach.querysets import FirstDayQuerySet


class How(models.TextChoices):
    """What somebody did on their first day. No labels: nobody is shown them."""

    HELLO = "hello"
    LOOKED = "looked"


class FirstDay(models.Model):
    """One row for each time somebody begins. Until ``at`` nobody is told of them; then it says ``how`` they came.

    The room is told of a hello alone; who leads it, of either.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrollment = models.OneToOneField(Enrollment, on_delete=models.CASCADE, related_name="first_day")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    how = models.CharField(max_length=6, choices=How, blank=True, default="")
    at = models.DateTimeField(null=True)

    objects = FirstDayQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(at=None, how="") | Q(at__isnull=False, how__in=How.values), name="first_day_is_whole"
            )
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

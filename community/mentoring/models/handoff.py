from typing import override

from django.db import models

from community.mentoring.querysets import HandOffQuerySet
from community.programs.models import Enrollment


class HandOff(models.Model):
    """Before somebody's last day they were asked, once, whether they would like a mentor."""

    enrollment = models.OneToOneField(
        Enrollment, on_delete=models.CASCADE, primary_key=True, related_name="mentor_handoff"
    )
    asked = models.DateTimeField()

    objects = HandOffQuerySet.as_manager()

    @override
    def __str__(self) -> str:
        return str(self.pk)

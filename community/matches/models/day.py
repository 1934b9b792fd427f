import uuid
from typing import ClassVar, override

from django.db import models

from community.checkins.models import CheckIn
from community.matches.models.match import Match
from community.matches.querysets import SharedDayQuerySet


class SharedDay(models.Model):
    """The mentor of ``match`` may read this check-in of the mentee's, as it was when it was shared.

    Until the mentee takes that back or changes what they said, or the two walk together no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="days")
    check_in = models.ForeignKey(CheckIn, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    objects = SharedDayQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["match", "check_in"], name="match_day_once")]

    @override
    def __str__(self) -> str:
        return str(self.pk)

import uuid
from typing import ClassVar, override

from django.db import models
from django.db.models import F, Q

from community.matches.models.match import Match
from community.matches.querysets import SilenceQuerySet


class Silence(models.Model):
    """Nothing was heard of a mentor for a week: both of the two were told once, each of something else.

    ``heard``: the last sign there was. ``noticed``: when both were told. ``cover_wished``: when the mentee asked for
    somebody to stand in. ``ended``: when the mentor wrote or answered again; a visit alone answers nobody.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="silences")
    heard = models.DateTimeField()
    noticed = models.DateTimeField()
    cover_wished = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)

    objects = SilenceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["match"], condition=Q(ended=None), name="silence_open_once_a_match"),
            models.CheckConstraint(condition=Q(noticed__gt=F("heard")), name="silence_is_noticed_later"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

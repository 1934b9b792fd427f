"""Which room belongs to which two people."""

from typing import ClassVar, override

from django.db import models
from django.db.models import Q

from community.foundation import clock
from community.matches.models import Match
from groups.membership.models import Group
from groups.pairs.querysets import PairRoomQuerySet


class PairRoom(models.Model):
    """A match's room. ``heard``: up to which position it is known who wrote (tasks.py); ``closed``: read-only since."""

    match = models.OneToOneField(Match, on_delete=models.CASCADE, primary_key=True, related_name="room")
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="pair")
    heard = models.PositiveBigIntegerField(default=0)
    opened = models.DateTimeField()
    closed = models.DateTimeField(null=True)

    objects = PairRoomQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closed=None) | Q(closed__gte=models.F("opened")), name="pair_room_closes_after_it_opened"
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def parts_soon(self) -> bool:
        """Whether a word to say goodbye has its time."""
        return self.closed is None and self.match.parts_soon(clock.today(self.match.program.zone))

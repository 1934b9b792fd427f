"""Which offers wait for an answer, which seats are on their way out."""

from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from groups.passages.models import AlumniOffer, Leaving


class AlumniOfferQuerySet(models.QuerySet["AlumniOffer"]):
    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def waiting(self, now: datetime) -> Self:
        """To be shown: not answered, or "not now" and it is time to ask again, once."""
        return self.filter(Q(answer="") | Q(answer="not_now", asks_again__lte=now))

    def to_show(self) -> Self:
        return self.select_related("group", "person")


class LeavingQuerySet(models.QuerySet["Leaving"]):
    def open(self) -> Self:
        """Not done yet."""
        return self.filter(done=None)

    def due(self, now: datetime) -> Self:
        """Not done, and it is time. The seat of who has died stays."""
        return self.open().filter(due__lte=now, seat__person__closed=None)

    def of(self, person: UUID) -> Self:
        return self.filter(seat__person_id=person)

    def to_show(self) -> Self:
        """With the cohort that is left."""
        return self.select_related("enrollment__cohort")

from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import F

if TYPE_CHECKING:
    from community.sanctions.models import Suspension


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def standing(self) -> Self:
        """Not ended; one whose time is over stands until the program has ended it, within a minute."""
        return self.filter(ended=None)

    def over(self, now: datetime) -> Self:
        """Those that stand though their time is over."""
        return self.standing().filter(until__lte=now)

    def longest_first(self) -> Self:
        """For good first, then what ends last."""
        return self.order_by(F("until").desc(nulls_first=True), "pk")

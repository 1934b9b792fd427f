from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models

if TYPE_CHECKING:
    from community.letters.models import Letter


class LetterQuerySet(models.QuerySet["Letter"]):
    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def updates(self) -> Self:
        """Those that say that there is an update."""
        return self.filter(kind="update")

    def waiting(self) -> Self:
        return self.filter(state="waiting")

    def lost(self, now: datetime) -> Self:
        """Held by somebody who is gone: the lease has passed."""
        return self.filter(state="leased", lease__lte=now)

    def ready(self, now: datetime) -> Self:
        """What may be sent now, the longest due first: what waits and is due, and what somebody else left behind."""
        return (self.filter(state="waiting", due__lte=now) | self.lost(now)).order_by("due")

    def settled_before(self, moment: datetime) -> Self:
        return self.filter(settled__lt=moment)

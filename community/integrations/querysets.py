from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from community.integrations.models import Token


class TokenQuerySet(models.QuerySet["Token"]):
    def live(self, now: datetime) -> Self:
        """Not revoked, not past its time."""
        return self.filter(revoked=None, expires__gt=now)

    def usable(self, now: datetime) -> Self:
        """Live, and of somebody whose account is open."""
        return self.live(now).filter(person__closed=None)

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models

if TYPE_CHECKING:
    from community.recovery.models import RecoveryCode, Renewal

RENEWAL_LASTS = timedelta(minutes=15)


class RecoveryCodeQuerySet(models.QuerySet["RecoveryCode"]):
    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def unspent(self) -> Self:
        """Codes that still work."""
        return self.filter(spent=None)


class RenewalQuerySet(models.QuerySet["Renewal"]):
    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def usable(self, now: datetime) -> Self:
        """Opened within the last 15 minutes, and not used."""
        return self.filter(used=None, opened__gt=now - RENEWAL_LASTS)

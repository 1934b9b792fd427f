from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from community.addresses.models import Claim

GOOD_FOR = timedelta(days=3)


class ClaimQuerySet(models.QuerySet["Claim"]):
    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def live(self, now: datetime) -> Self:
        """Made within the last three days."""
        return self.filter(made__gt=now - GOOD_FOR)

    def waiting(self) -> Self:
        """Whose mail has not left yet."""
        return self.filter(token_digest=None)

    def due(self, now: datetime) -> Self:
        """Whose mail may be tried now: for the first time, or after a pause."""
        return self.filter(Q(mail_due=None) | Q(mail_due__lte=now))

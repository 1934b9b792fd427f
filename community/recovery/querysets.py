from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models

if TYPE_CHECKING:
    from community.recovery.models import RecoveryCode


class RecoveryCodeQuerySet(models.QuerySet["RecoveryCode"]):
    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def unspent(self) -> Self:
        """Codes that still work."""
        return self.filter(spent=None)

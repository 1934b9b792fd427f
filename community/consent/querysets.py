from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models

if TYPE_CHECKING:
    from community.consent.models import ConsentRecord


class ConsentQuerySet(models.QuerySet["ConsentRecord"]):
    def live(self) -> Self:
        """Given, not taken back, not replaced."""
        return self.filter(revoked=None, superseded=None)

    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def about(self, purpose: str, subject: str = "") -> Self:
        """For one purpose and thing."""
        return self.filter(purpose=purpose, subject=subject)

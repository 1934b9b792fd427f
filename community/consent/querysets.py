from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

if TYPE_CHECKING:
    from community.consent.models import ConsentRecord


class ConsentQuerySet(models.QuerySet["ConsentRecord"]):
    def live(self) -> Self:
        """Given, not taken back, not replaced."""
        return self.filter(revoked=None, superseded=None)

    def taken_back(self) -> Self:
        """Taken back, and not agreed to again since; one a purpose and thing."""
        same = self.model.objects.filter(
            person=OuterRef("person"), purpose=OuterRef("purpose"), subject=OuterRef("subject")
        )
        since = same.filter(Q(revoked=None, superseded=None) | Q(given__gt=OuterRef("given")))
        return self.exclude(revoked=None).exclude(Exists(since))

    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def about(self, purpose: str, subject: str = "") -> Self:
        """For one purpose and thing."""
        return self.filter(purpose=purpose, subject=subject)

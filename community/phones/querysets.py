from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models

if TYPE_CHECKING:
    from community.phones.models import PhoneKey


class PhoneKeyQuerySet(models.QuerySet["PhoneKey"]):
    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def latest_first(self) -> Self:
        """By when a page last asked for them."""
        return self.order_by("-used", "pk")

    def opened_in(self, sessions: Iterable[UUID]) -> Self:
        """Keys that pages of these sessions asked for last."""
        return self.filter(session__in=list(sessions))

    def unused_since(self, moment: datetime) -> Self:
        return self.filter(used__lt=moment)

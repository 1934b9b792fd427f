from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models

if TYPE_CHECKING:
    from groups.remembrance.models import Note


class NoteQuerySet(models.QuerySet["Note"]):
    def of(self, death: UUID) -> Self:
        return self.filter(death_id=death)

    def to_show(self) -> Self:
        return self.select_related("group", "by").order_by("at", "pk")

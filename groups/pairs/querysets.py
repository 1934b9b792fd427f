from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

if TYPE_CHECKING:
    from groups.pairs.models import PairRoom


class PairRoomQuerySet(models.QuerySet["PairRoom"]):
    def open(self) -> Self:
        return self.filter(closed=None)

    def of(self, person: UUID) -> Self:
        """One of the two is this person."""
        return self.filter(Q(match__mentee=person) | Q(match__guide=person))

    def parting(self, person: UUID) -> Self:
        """Open rooms of this person's whose two planned an end."""
        return self.open().of(person).exclude(match__planned_end=None).to_show()

    def unheard(self) -> Self:
        """Something was written since it was last looked at."""
        return self.open().filter(group__position__gt=F("heard"))

    def to_show(self) -> Self:
        return self.select_related("group", "match__mentee", "match__guide", "match__mentor", "match__program")

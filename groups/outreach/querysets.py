from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef

if TYPE_CHECKING:
    from groups.outreach.models import FirstDay


class FirstDayQuerySet(models.QuerySet["FirstDay"]):
    def of(self, person: UUID) -> Self:
        return self.filter(enrollment__person=person)

    def unanswered(self) -> Self:
        """Of people who neither said hello nor chose to look around, and whose time there goes on; they hold a seat."""
        seats = apps.get_model("membership", "Membership").objects.current()
        theirs = seats.filter(group=OuterRef("group"), person=OuterRef("enrollment__person"))
        return self.filter(Exists(theirs), at=None, enrollment__ended=None)

    def to_show(self) -> Self:
        """With the room and the cohort that meets there, the newest first."""
        return self.select_related("group", "enrollment__cohort").order_by("-enrollment__began", "pk")

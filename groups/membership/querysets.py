"""Which groups, which seats: said once for page, API, socket and rule alike."""

from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import F

if TYPE_CHECKING:
    from groups.membership.models import Group, Membership

#: Kinds whose people keep reading their own span after their seat ended, unless a moderator took it.
READABLE_AFTER = ("cohort", "alumni", "pair")
KEEPERS = ("moderator", "facilitator")


class GroupQuerySet(models.QuerySet["Group"]):
    def open_to(self, person: UUID) -> Self:
        """Groups in which this person has a seat today."""
        return self.filter(memberships__person=person, memberships__ended=None)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> Self:
        """Seats held today."""
        return self.filter(ended=None)

    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def keepers(self) -> Self:
        """Those who keep the room safe."""
        return self.filter(role__in=KEEPERS)

    def with_unread(self) -> Self:
        """Seats with how many messages came after the last one read; arithmetic, no rows counted."""
        return self.annotate(unread=F("group__position") - F("read"))

"""Which groups, which seats: said once for page, API, socket and rule alike."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import F

from community.foundation.errors import Missing

if TYPE_CHECKING:
    from groups.membership.models import Group, Membership

#: Kinds whose people keep reading their own span after their seat ended, unless a moderator took it.
READABLE_AFTER = ("cohort", "alumni", "pair")
KEEPERS = ("moderator", "facilitator")


class GroupQuerySet(models.QuerySet["Group"]):
    def open_to(self, person: UUID) -> Self:
        """Groups in which this person has a seat today."""
        return self.filter(memberships__person=person, memberships__ended=None)

    def locked(self, ids: Iterable[UUID]) -> dict[UUID, "Group"]:
        """Their rows, held against every other change of their counters, in the order of their ids: nobody waits in a

        circle. What is not there is left out.
        """
        rows = self.select_for_update(no_key=True).filter(pk__in=set(ids)).order_by("pk")
        return {group.pk: group for group in rows}

    def locked_one(self, group_id: UUID) -> "Group":
        """As :meth:`locked`, one of them. Raises Missing."""
        group = self.select_for_update(no_key=True).filter(pk=group_id).first()
        if group is None:
            raise Missing
        return group


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> Self:
        """Seats held today."""
        return self.filter(ended=None)

    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def keepers(self) -> Self:
        """Those who keep the room safe."""
        return self.filter(role__in=KEEPERS)

    def latest_of(self, person: UUID) -> "Membership | None":
        """The seat somebody holds, or held last."""
        return self.of(person).order_by("-began").first()

    def not_plain(self) -> Self:
        """Those who keep the room safe, or only read along."""
        return self.filter(role__in=[*KEEPERS, "observer"])

    def leading(self) -> Self:
        """Those who lead the room."""
        return self.filter(role="facilitator")

    def with_unread(self) -> Self:
        """Seats with how many messages came after the last one read; arithmetic, no rows counted."""
        return self.annotate(unread=F("group__position") - F("read"))

"""Which groups, which seats: said once for page, API, socket and rule alike."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Case, F, When

from community.foundation.errors import Missing

if TYPE_CHECKING:
    from groups.membership.models import Group, Membership

#: Kinds whose people keep reading their own span after their seat ended, unless a moderator took it.
READABLE_AFTER = ("cohort", "alumni", "pair")
KEEPERS = ("moderator", "facilitator")


class GroupQuerySet(models.QuerySet["Group"]):
    def open_to(self, person: UUID) -> Self:
        """Groups in which this person has a seat today: none while they are suspended."""
        return self.filter(memberships__person=person, memberships__ended=None, memberships__person__suspended=False)

    def seating(self, person: UUID) -> Self:
        """Groups in which this person has a seat today, shut or not."""
        return self.filter(memberships__person=person, memberships__ended=None)

    def locked(self, ids: Iterable[UUID]) -> dict[UUID, "Group"]:
        """Their rows, held against every other change of their counters, in the order of their ids: nobody waits in a

        circle. What is not there is left out.
        """
        rows = self.select_for_update(no_key=True, of=("self",)).filter(pk__in=set(ids)).order_by("pk")
        return {group.pk: group for group in rows.select_related("program")}

    def locked_one(self, group_id: UUID) -> "Group":
        """As :meth:`locked`, one of them. Raises Missing."""
        rows = self.select_for_update(no_key=True, of=("self",)).select_related("program")
        group = rows.filter(pk=group_id).first()
        if group is None:
            raise Missing
        return group


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> Self:
        """Seats held today."""
        return self.filter(ended=None)

    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def open_to(self, person: UUID) -> Self:
        """The seats through which this person reads and writes today: none while they are suspended."""
        return self.current().of(person).not_shut()

    def own_to_leave(self) -> Self:
        """Those somebody may leave by themselves, with their groups; a room of two ends with the match."""
        return self.exclude(group__kind="pair").select_related("group").order_by("group__created", "pk")

    def not_shut(self) -> Self:
        """Those of people who are not suspended; the seat of who is waits for them, and shows them nothing."""
        return self.filter(person__suspended=False)

    def keepers(self) -> Self:
        """Those who keep the room safe."""
        return self.filter(role__in=KEEPERS)

    def latest_of(self, person: UUID) -> "Membership | None":
        """The seat somebody holds, or held last."""
        return self.of(person).order_by("-began").first()

    def muting(self, person: UUID, group: UUID) -> Self:
        """The seat through which this person muted this room for themselves, if they did."""
        return self.current().of(person).filter(group=group, muted=True)

    def not_plain(self) -> Self:
        """Those who keep the room safe, or only read along."""
        return self.filter(role__in=[*KEEPERS, "observer"])

    def leading(self) -> Self:
        """Those who lead the room."""
        return self.filter(role="facilitator")

    def with_unread(self) -> Self:
        """Seats with how many messages came after the last one read, none where the room is muted; no rows counted."""
        return self.annotate(unread=Case(When(muted=True, then=0), default=F("group__position") - F("read")))

"""Which runs are to be looked at, which celebrations are whose."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models

if TYPE_CHECKING:
    from groups.celebrations.models import Celebration, Place, Standing, Watch


class WatchQuerySet(models.QuerySet["Watch"]):
    def of(self, person: UUID) -> Self:
        return self.filter(run__focus__person_id=person)

    def due(self, now: datetime) -> Self:
        """To be looked at, who waits longest first; by the index on ``next_at`` alone."""
        return self.filter(next_at__lte=now).order_by("next_at", "pk")

    def look_at(self, moment: datetime) -> int:
        """Have these looked at, from this moment on."""
        return self.update(next_at=moment)

    def failing(self) -> Self:
        """Those whose last look failed."""
        return self.filter(failed__isnull=False)

    def taken(self, run: UUID, now: datetime) -> "Watch | None":
        """One that is still due, held with its count; None if somebody else has either of them in hand.

        Every verb on a count holds its focus first: so a new count, or another look, comes before this one or after.
        """
        held = self.select_for_update(no_key=True, skip_locked=True, of=("self", "run__focus"))
        return held.select_related("run__focus__person").filter(pk=run, next_at__lte=now).first()


class StandingQuerySet(models.QuerySet["Standing"]):
    def of(self, person: UUID) -> Self:
        return self.filter(run__focus__person_id=person)


class CelebrationQuerySet(models.QuerySet["Celebration"]):
    def of(self, person: UUID) -> Self:
        return self.filter(run__focus__person_id=person)

    def open(self) -> Self:
        """Those that may still be answered and posted."""
        return self.filter(state__in=["asked", "yes"])

    def asking(self) -> Self:
        return self.filter(state="asked")

    def announced(self) -> Self:
        return self.filter(state__in=["posted", "withdrawn"])

    def in_focus(self, focus: UUID) -> Self:
        return self.filter(run__focus_id=focus)

    def due_from(self, day: date) -> Self:
        return self.filter(due__gte=day)

    def to_show(self) -> Self:
        """With its person and where it goes or stands."""
        return self.select_related("run__focus__person").prefetch_related("places__group", "places__message")


class PlaceQuerySet(models.QuerySet["Place"]):
    def posted(self) -> Self:
        return self.filter(message__isnull=False)

    def to_rewrite(self) -> Self:
        """With what stands there, of what, and what tells the language of the room."""
        return self.select_related("celebration", "message__seat", "group__program", "group__cohort__program")

    def waiting(self) -> Self:
        return self.filter(message=None)

    def of(self, person: UUID) -> Self:
        return self.filter(celebration__run__focus__person_id=person)

    def on(self, group: UUID, day: date) -> Self:
        """Posted in a group on its day, in the order they came."""
        return self.posted().filter(group_id=group, day=day).order_by("celebration__posted", "pk")

    def in_groups(self, groups: Iterable[UUID]) -> Self:
        return self.filter(group__in=list(groups))

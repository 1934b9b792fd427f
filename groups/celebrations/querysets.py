"""Which runs are to be looked at, which celebrations are whose."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Self, override
from uuid import UUID

from django.db import models
from django.db.models import Q

from community.programs.profiles import COUNTS_NO_DAYS

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

    def to_show(self) -> Self:
        """With the groups, in the order they were chosen."""
        return self.select_related("group").order_by("since", "pk")


class CelebrationQuerySet(models.QuerySet["Celebration"]):
    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def of_episodes(self) -> Self:
        """Those about finishing a program, and no count."""
        return self.filter(episode__isnull=False)

    def telling_days(self) -> Self:
        """Those of who counts days: of a count, or of a program that counts them."""
        return self.exclude(episode__program__track__in=COUNTS_NO_DAYS)

    def without_days(self) -> Self:
        """Those about a program that counts no days."""
        return self.filter(episode__program__track__in=COUNTS_NO_DAYS)

    def due(self, now: datetime) -> Self:
        """Of those about episodes, the ones to be looked at, who waits longest first."""
        return self.filter(next_at__lte=now).order_by("next_at", "pk")

    def taken(self, celebration: UUID, now: datetime) -> "Celebration | None":
        """One that is still due, held; None if somebody else has it in hand."""
        held = self.select_for_update(no_key=True, skip_locked=True, of=("self",)).select_related("person")
        return held.select_related("episode__program").filter(pk=celebration, next_at__lte=now).first()

    def open(self) -> Self:
        """Those that may still be answered and posted."""
        return self.filter(state__in=["asked", "yes"])

    def put_off(self) -> Self:
        """Those that their person wants shared on a later day."""
        return self.filter(later__isnull=False)

    def asking(self) -> Self:
        return self.filter(state="asked")

    def announced(self) -> Self:
        return self.filter(state__in=["posted", "withdrawn"])

    def in_focus(self, focus: UUID) -> Self:
        return self.filter(run__focus_id=focus)

    def due_from(self, day: date) -> Self:
        """Those of this day and later; what is about an episode is asked until it is let go."""
        return self.filter(Q(due__gte=day) | Q(episode__isnull=False))

    def to_show(self) -> Self:
        """With its person, what it is about, and where it goes or stands."""
        about = self.select_related("person", "run__focus__person", "episode__program")
        return about.prefetch_related("places__group", "places__message")


_Celebrations = models.Manager.from_queryset(CelebrationQuerySet)


class CelebrationManager(_Celebrations["Celebration"]):
    """Those there are: what a new count let go of is none, behind any door."""

    @override
    def get_queryset(self) -> CelebrationQuerySet:
        return CelebrationQuerySet(self.model, using=self._db).filter(let_go=None)


class LetGoManager(_Celebrations["Celebration"]):
    """Those a new count let go of, for as long as it can be undone."""

    @override
    def get_queryset(self) -> CelebrationQuerySet:
        return CelebrationQuerySet(self.model, using=self._db).filter(let_go__isnull=False)


class PlaceQuerySet(models.QuerySet["Place"]):
    def posted(self) -> Self:
        return self.filter(message__isnull=False)

    def to_rewrite(self) -> Self:
        """With what stands there, of what, and what tells the language of the room."""
        about = self.select_related("celebration__episode__program", "message__seat")
        return about.select_related("group__program", "group__cohort__program")

    def waiting(self) -> Self:
        return self.filter(message=None)

    def of(self, person: UUID) -> Self:
        return self.filter(celebration__person_id=person)

    def on(self, group: UUID, day: date) -> Self:
        """Posted in a group on its day, in the order they came."""
        return self.posted().filter(group_id=group, day=day).order_by("celebration__posted", "pk")

    def reaching_everybody(self) -> Self:
        """Posted where whoever is in a program that counts no days reads it, too."""
        return self.filter(message__tells_days=False)

    def in_line(self, group: UUID, day: date | None, *, tells_days: bool) -> Self:
        """Those that share a line of a group's day and stand, in the order they came."""
        lines = self.filter(group=group, day=day, message__kind="system", message__tells_days=tells_days)
        return lines.filter(celebration__state="posted").order_by("celebration__posted", "pk")

    def in_groups(self, groups: Iterable[UUID]) -> Self:
        return self.filter(group__in=list(groups))

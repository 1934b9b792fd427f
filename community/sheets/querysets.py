"""Whose openings of emergency sheets are whose to read and to look at: said once for page, task and rule alike."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from community.programs.querysets import held_by

if TYPE_CHECKING:
    from community.sheets.models import EmergencySheet, SheetOpening


class EmergencySheetQuerySet(models.QuerySet["EmergencySheet"]):
    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def not_confirmed_since(self, moment: datetime) -> Self:
        return self.filter(confirmed__lte=moment)


class SheetOpeningQuerySet(models.QuerySet["SheetOpening"]):
    def lasting(self, now: datetime) -> Self:
        """Those whose hour is not over."""
        return self.filter(at__lte=now, until__gt=now)

    def by(self, person: UUID) -> Self:
        return self.filter(by_id=person)

    def told_to(self, person: UUID) -> Self:
        """Of this person's sheet, as far as they were told, the newest first."""
        return self.filter(person_id=person).exclude(told=None).order_by("-at", "pk")

    def to_tell(self, now: datetime) -> Self:
        """Those that are over, and whose person may be told of it."""
        return self.filter(until__lte=now, told=None, held=None)

    def of_staff(self, person: UUID, now: datetime, *, apart: Collection[UUID]) -> Self:
        """Other people's openings, in programs this person runs, about nobody they have a tie to."""
        held = held_by(person, now).running()
        runs = Exists(held.filter(Q(program=OuterRef("case__program")) | Q(program=None)))
        return self.filter(runs).exclude(by_id=person).exclude(case__parties__person__in={person, *apart})

    def to_look_at(self) -> Self:
        """Those that nobody has looked at, or that their person may not be told of yet."""
        return self.filter(Q(looked=None) | Q(told=None, held__isnull=False))

    def newest_first(self) -> Self:
        return self.order_by("-at", "pk")

    def to_show(self) -> Self:
        return self.select_related("person", "by", "case__program", "looked_by")

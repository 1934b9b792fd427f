"""Whose counts are whose, and which ladders are a program's, said once."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models

if TYPE_CHECKING:
    from community.milestones.models import Focus, ProgramLadder, Run, Tally


class FocusQuerySet(models.QuerySet["Focus"]):
    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def on_today(self) -> Self:
        """Those whose person wants to see on Today what comes next."""
        return self.filter(on_today=True)

    def to_show(self) -> Self:
        """In the order they were begun, each with its person and its runs."""
        return self.order_by("created", "pk").select_related("person").prefetch_related("runs")


class TallyQuerySet(models.QuerySet["Tally"]):
    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def to_show(self) -> Self:
        """In the order they were begun."""
        return self.order_by("created", "pk")


class RunQuerySet(models.QuerySet["Run"]):
    def open(self) -> Self:
        """Those that go on."""
        return self.filter(ended=None)


class ProgramLadderQuerySet(models.QuerySet["ProgramLadder"]):
    def of(self, programs: Iterable[UUID]) -> Self:
        return self.filter(program__in=list(programs))

    def with_rungs(self) -> Self:
        return self.prefetch_related("rungs")

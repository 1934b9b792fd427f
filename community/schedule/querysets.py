"""Which shifts and turns count when, said once for room, roster, page and worker alike."""

from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, FilteredRelation, OuterRef, Q

from community.programs.querysets import LEADS, RUNS, held_by

if TYPE_CHECKING:
    from community.schedule.models import Duty, Shift


class ShiftQuerySet(models.QuerySet["Shift"]):
    def standing(self) -> Self:
        """Those that were not called off."""
        return self.filter(called_off=None)

    def of_program(self, program: UUID) -> Self:
        return self.filter(program=program)

    def between(self, first: datetime, last: datetime) -> Self:
        """Those of which a part lies between the two moments, the earliest first."""
        return self.filter(begins__lt=last, ends__gt=first).order_by("begins", "ends", "pk")

    def ahead(self, now: datetime) -> Self:
        """Those that are not over."""
        return self.filter(ends__gt=now)

    def with_turn(self) -> Self:
        """With ``turn``: who has it, with the person. A shift is one person's at a time."""
        lasting = FilteredRelation("duties", condition=Q(duties__ended=None))
        return self.annotate(turn=lasting).select_related("turn__person")

    def next_of(self, program: OuterRef, at: datetime) -> Self:
        """The first one of a program to begin after ``at`` that somebody has, or that is planned for somebody."""
        kept = Q(person__isnull=False) | Q(turn__isnull=False)
        coming = self.standing().annotate(turn=FilteredRelation("duties", condition=Q(duties__ended=None)))
        return coming.filter(kept, program=program, begins__gt=at).order_by("begins", "pk")[:1]

    def open_to(self, person: UUID, now: datetime) -> Self:
        """Those of programs in which this person may be on call: leads a group there, or runs it."""
        held = held_by(person, now).filter(role__in=(*LEADS, *RUNS))
        return self.filter(Exists(held.filter(Q(program=OuterRef("program")) | Q(program=None))))

    def locked_one(self, shift_id: UUID) -> "Shift | None":
        """That one, if it is among these, held against everybody else who would take or change it."""
        return self.select_for_update(no_key=True, of=("self",)).filter(pk=shift_id).first()

    def to_show(self) -> Self:
        """With program, whom it is planned for and who has it."""
        return self.select_related("program", "person").prefetch_related("duties__person")


class DutyQuerySet(models.QuerySet["Duty"]):
    def lasting(self) -> Self:
        return self.filter(ended=None)

    def to_ask(self, now: datetime) -> Self:
        """Those to whom a test page is due."""
        return self.lasting().filter(asks__lte=now, shift__ends__gt=now)

    def silent(self, now: datetime) -> Self:
        """Those whose test page was not answered in time."""
        return self.lasting().filter(answer_by__lte=now)

    def over(self, now: datetime) -> Self:
        return self.lasting().filter(shift__ends__lte=now)

    def claimed_one(self, duty_id: UUID) -> "Duty | None":
        """That one, if it is among these; None too while somebody sees to it."""
        return self.select_for_update(no_key=True, of=("self",), skip_locked=True).filter(pk=duty_id).first()

    def to_show(self) -> Self:
        return self.select_related("person", "shift", "shift__program")

"""Which days count in a program."""

import uuid
from typing import ClassVar, override

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.milestones.chips import COLOR_NAMES, DRAWING_NAMES
from community.milestones.ladders import (
    BY_TIMES,
    MOST,
    OF_DAYS,
    Ladder,
    LadderKind,
    Look,
    Step,
    Unit,
    year_before_further,
)
from community.milestones.plans import LABEL_MOST
from community.milestones.querysets import ProgramLadderQuerySet
from community.programs.models import Program, Track
from community.programs.profiles import COUNTS_NO_DAYS

KINDS = {
    LadderKind.DAYS: _("Days in recovery"),
    LadderKind.WEEKS: _("Weeks in the program"),
    LadderKind.SINCE: _("Time since finishing"),
    LadderKind.SKILL: _("Skills people used"),
    LadderKind.SHOWN_UP: _("Times they showed up"),
    LadderKind.GOAL: _("Goals of their own"),
}


class ProgramLadder(models.Model):
    """Which days count in a program, once somebody changed them; without a row they are the preset's.

    ``track`` is the program's, which never changes: so the database itself holds that a program which counts no days
    has no ladder of them. ``yearly``: it goes on with each year; ``yearly_since`` is the day that was put in later.
    ``finish_...``: how finishing the program looks at the end of its weeks.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="ladders")
    kind = models.CharField(max_length=8, choices=[(kind.value, label) for kind, label in KINDS.items()])
    track = models.CharField(max_length=20, choices=Track)
    finish_label = models.CharField(max_length=LABEL_MOST, blank=True, default="")
    finish_color = models.CharField(max_length=12, blank=True, default="")
    finish_drawing = models.CharField(max_length=12, blank=True, default="")
    yearly = models.BooleanField(default=False)
    yearly_since = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = ProgramLadderQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "kind"], name="ladder_once"),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in LadderKind]), name="ladder_kind_known"),
            models.CheckConstraint(condition=Q(track__in=Track.values), name="ladder_track_is_known"),
            models.CheckConstraint(
                condition=~Q(track__in=sorted(COUNTS_NO_DAYS)) | ~Q(kind__in=sorted(OF_DAYS)),
                name="ladder_of_days_where_they_count",
            ),
            models.CheckConstraint(
                condition=Q(yearly=False) | ~Q(kind__in=sorted({LadderKind.WEEKS, *BY_TIMES})),
                name="ladder_without_years_has_none",
            ),
            models.CheckConstraint(
                condition=Q(finish_color__in=["", *COLOR_NAMES], finish_drawing__in=["", *DRAWING_NAMES]),
                name="ladder_finish_looks_are_known",
            ),
            models.CheckConstraint(
                condition=Q(kind="weeks") | Q(finish_label="", finish_color="", finish_drawing=""),
                name="ladder_of_weeks_ends_with_finishing",
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    def as_ladder(self) -> Ladder:
        """As the date rules take it; needs ``with_rungs()``."""
        rungs = {rung.step: rung for rung in self.rungs.all()}
        return Ladder(
            steps=tuple(rungs),
            yearly=year_before_further(rungs) if self.yearly else None,
            looks={step: Look(rung.label, rung.color, rung.drawing) for step, rung in rungs.items()},
            finish=Look(self.finish_label, self.finish_color, self.finish_drawing),
            added={step: rung.since for step, rung in rungs.items() if rung.since is not None},
            yearly_added=self.yearly_since,
            version=self.version,
        )


class Rung(models.Model):
    """One step of a program's ladder: how it is called and drawn, and since when it counts if it was put in later."""

    ladder = models.ForeignKey(ProgramLadder, on_delete=models.CASCADE, related_name="rungs")
    unit = models.CharField(max_length=1)
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=LABEL_MOST, blank=True, default="")
    color = models.CharField(max_length=12, blank=True, default="")
    drawing = models.CharField(max_length=12, blank=True, default="")
    since = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ladder", "unit", "number"], name="rung_once"),
            models.CheckConstraint(condition=Q(unit__in=[unit.value for unit in Unit]), name="rung_unit_is_known"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=max(MOST.values())), name="rung_number_can_be_lived"
            ),
            models.CheckConstraint(condition=Q(color__in=["", *COLOR_NAMES]), name="rung_color_is_known"),
            models.CheckConstraint(condition=Q(drawing__in=["", *DRAWING_NAMES]), name="rung_drawing_is_known"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def step(self) -> Step:
        return Step(Unit(self.unit), self.number)

"""What a person counts days of, and from when: all of it is theirs alone. And which days count in a program."""

import uuid
from datetime import date, datetime, timedelta
from typing import ClassVar, override

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.foundation import crypto
from community.milestones.chips import COLOR_NAMES, DRAWING_NAMES
from community.milestones.ladders import (
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
from community.milestones.querysets import FocusQuerySet, ProgramLadderQuerySet, RunQuerySet
from community.people.models import Person
from community.programs.models import Program, Track
from community.programs.profiles import COUNTS_NO_DAYS

NAME_MOST = 40
UNDO_FOR = timedelta(hours=24)  # PRODUCT.md 3.7
KINDS = {
    LadderKind.DAYS: _("Days in recovery"),
    LadderKind.WEEKS: _("Weeks in the program"),
    LadderKind.SINCE: _("Time since finishing"),
}


class Focus(models.Model):
    """One thing a person counts days of. What they call it is sealed; ``hides_count`` shows them chips, no number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="focuses")
    name_sealed = models.TextField(blank=True, default="")
    hides_count = models.BooleanField(default=False)
    created = models.DateTimeField()

    objects = FocusQuerySet.as_manager()

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def name(self) -> str:
        """As its person calls it; empty where they call it nothing."""
        return crypto.unseal(self.name_sealed, bound_to=self._bound) if self.name_sealed else ""

    @name.setter
    def name(self, words: str) -> None:
        self.name_sealed = crypto.seal(words, bound_to=self._bound) if words else ""

    @property
    def history(self) -> list["Run"]:
        """Its runs, the one that goes on last."""
        return sorted(self.runs.all(), key=lambda run: (run.start, run.created))

    def lived(self, today: date) -> int:
        """All days counted in it up to ``today``; no new count makes them fewer."""
        return sum(run.days(today) for run in self.runs.all())

    @property
    def _bound(self) -> str:
        return f"milestones_focus:{self.pk}:name"


class Run(models.Model):
    """Days counted from one recovery date on. A new count ends it and begins another; none is ever taken away.

    ``entered`` is the date where the person lived when they wrote the start down: what was due before is not
    celebrated. ``after`` is the run this one follows.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    focus = models.ForeignKey(Focus, on_delete=models.CASCADE, related_name="runs")
    after = models.OneToOneField("self", on_delete=models.CASCADE, null=True, related_name="followed_by")
    start = models.DateField()
    entered = models.DateField()
    created = models.DateTimeField()
    ended = models.DateField(null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["focus"], condition=Q(ended=None), name="run_open_once"),
            models.CheckConstraint(condition=Q(ended=None) | Q(ended__gte=F("start")), name="run_ends_after_start"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    def days(self, today: date) -> int:
        """Whole days counted in it, up to ``today`` while it goes on."""
        return max(((self.ended or today) - self.start).days, 0)

    @property
    def undoes_until(self) -> datetime | None:
        """Until when a new count can be taken back; None for a first one."""
        return self.created + UNDO_FOR if self.after_id else None


class ProgramLadder(models.Model):
    """Which days count in a program, once somebody changed them; without a row they are the preset's.

    ``track`` is the program's, which never changes: so the database itself holds that a program which counts no days
    has no ladder of them. ``yearly``: it goes on with each year; ``yearly_since`` is the day that was put in later.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="ladders")
    kind = models.CharField(max_length=5, choices=[(kind.value, label) for kind, label in KINDS.items()])
    track = models.CharField(max_length=20, choices=Track)
    yearly = models.BooleanField(default=False)
    yearly_since = models.DateField(null=True)

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
            models.CheckConstraint(condition=Q(yearly=False) | ~Q(kind="weeks"), name="ladder_of_weeks_has_no_years"),
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
            added={step: rung.since for step, rung in rungs.items() if rung.since is not None},
            yearly_added=self.yearly_since,
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

"""What a person counts days of, and from when. All of it is theirs alone."""

import uuid
from datetime import date, datetime, timedelta
from typing import ClassVar, override

from django.db import models
from django.db.models import F, Q

from community.foundation import crypto
from community.milestones.querysets import FocusQuerySet, RunQuerySet
from community.people.models import Person

NAME_MOST = 40
UNDO_FOR = timedelta(hours=24)  # PRODUCT.md 3.7


class Focus(models.Model):
    """One thing a person counts days of. What they call it is sealed; ``hides_count`` shows them chips, no number.

    ``says_day``: the first day is called "Day 1"; what is reached when stays as it is. ``on_today``: Today shows what
    comes next, for who wants that.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="focuses")
    name_sealed = models.TextField(blank=True, default="")
    hides_count = models.BooleanField(default=False)
    says_day = models.BooleanField(default=False)
    on_today = models.BooleanField(default=False)
    created = models.DateTimeField()

    objects = FocusQuerySet.as_manager()
    name = crypto.Sealed()

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def history(self) -> list["Run"]:
        """Its runs, the one that goes on last."""
        return sorted(self.runs.all(), key=lambda run: (run.start, run.created))

    def lived(self, today: date) -> int:
        """All days counted in it up to ``today``; no new count makes them fewer."""
        return sum(run.days(today) for run in self.runs.all())

    def longest(self, today: date) -> int:
        """The days of the longest of its runs, the one that goes on among them."""
        return max(run.days(today) for run in self.runs.all())


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

import uuid
from datetime import datetime
from typing import ClassVar, override

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.programs.models.program import Program
from community.programs.plans import CAPACITY_MOST, NAME_MOST, SLOT_LEAST, SLOT_MOST, WHERE_MOST
from community.programs.querysets import CohortQuerySet
from community.programs.times import ClinicSession, hours_advice, next_session, weekly_minutes


class Admission(models.TextChoices):
    ROLLING = "rolling", _("People join at any time")
    CLOSED = "closed", _("Everybody starts together")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Cohort(models.Model):
    """People who start a program together, and when and where they meet. ``name`` is a neutral one: people see it.

    From ``starts`` to ``ends``, its first and last day in its ``zone``; a rolling one may go on without an end.
    ``where`` is the room or address as people read it. ``language`` is what its room is told in, empty: the program's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=NAME_MOST)
    admission = models.CharField(max_length=8, choices=Admission)
    starts = models.DateField()
    ends = models.DateField(null=True)
    capacity = models.PositiveSmallIntegerField()
    zone = models.CharField(max_length=64)
    where = models.CharField(max_length=WHERE_MOST, blank=True)
    language = models.CharField(max_length=5, blank=True, default="")
    created = models.DateTimeField()

    objects = CohortQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(admission__in=Admission.values), name="cohort_admission_is_known"),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=CAPACITY_MOST), name="cohort_capacity_is_small"
            ),
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=F("starts")), name="cohort_ends_after_start"),
            models.CheckConstraint(
                condition=Q(admission=Admission.ROLLING) | Q(ends__isnull=False), name="cohort_closed_one_ends"
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def spoken(self) -> str:
        """The language its room is told in."""
        return self.language or self.program.language

    def next_session(self, now: datetime) -> ClinicSession | None:
        """When the group meets next (or meets right now), on its own clock; None when nothing is to come."""
        return next_session(self.slots.all(), zone=self.zone, first=self.starts, last=self.ends, now=now)

    @property
    def weekly_minutes(self) -> int:
        return weekly_minutes(self.slots.all())

    @property
    def hours_advice(self) -> str | None:
        """ "few" or "many" hours a week for its program; None within what is usual."""
        return hours_advice(self.weekly_minutes, self.program.profile.weekly_hours)


class Slot(models.Model):
    """One time of the week at which a cohort meets, on the clock of its zone. It ends on the day it begins."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="slots")
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    starts = models.TimeField()
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["weekday", "starts"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cohort", "weekday", "starts"], name="slot_once"),
            models.CheckConstraint(condition=Q(weekday__in=Weekday.values), name="slot_weekday_is_one"),
            models.CheckConstraint(
                condition=Q(minutes__gte=SLOT_LEAST, minutes__lte=SLOT_MOST), name="slot_length_is_possible"
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

import uuid
from datetime import date, timedelta
from typing import ClassVar, override

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.foundation import crypto
from community.people.models import ALIAS_MOST, Person
from community.programs.models.cohort import Cohort
from community.programs.models.program import Program
from community.programs.querysets import EnrollmentQuerySet

ASKING_BACK = timedelta(days=90)  # after the end of one's own episode


class Outcome(models.TextChoices):
    """How an episode ended. Staff know; to everybody else every end looks the same."""

    GRADUATED = "graduated", _("Finished the program")
    WITHDRAWN = "withdrawn", _("Left before the end")
    TRANSFERRED = "transferred", _("Went on in another program or group")
    OTHER = "other", _("Another reason")


class Farewell(models.TextChoices):
    """What the room is told when somebody's time there ends; theirs to choose."""

    LINE = "line", _("A line that my time in this group has ended")
    NOTHING = "nothing", _("Nothing")


class PhaseKind(models.TextChoices):
    """The steps of care, from most to least."""

    RESIDENTIAL = "residential", _("Residential")
    PHP = "php", _("Partial hospitalization")
    IOP = "iop", _("Intensive outpatient")
    TAPER = "taper", _("Taper")
    OUTPATIENT = "outpatient", _("Outpatient")
    ALUMNI = "alumni", _("Alumni")


class Enrollment(models.Model):
    """One episode of a person in a program; they may have had several, and at most one is open in each program.

    ``began`` and ``ended`` are days in the cohort's zone. ``alias`` is the name somebody chose for the cohort's room
    alone; empty: their own. ``card_name_sealed`` is what staff called them on the card or mail they came in with, for
    staff of the program alone. ``outcome`` is for staff alone. ``farewell`` is what the
    person chose; empty: not chosen, and nothing is said. ``away_since``: in hospital, detox or elsewhere; the seat
    waits. ``asked_back``: since when somebody whose episode ended hopes to come back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrollments")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="enrollments")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrollments")
    alias = models.CharField(max_length=ALIAS_MOST, blank=True, default="")
    card_name_sealed = models.TextField(blank=True, default="")
    began = models.DateField()
    ended = models.DateField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True, default="")
    farewell = models.CharField(max_length=8, choices=Farewell, blank=True, default="")
    away_since = models.DateTimeField(null=True)
    asked_back = models.DateTimeField(null=True)

    objects = EnrollmentQuerySet.as_manager()
    card_name = crypto.Sealed()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "program"], condition=Q(ended=None), name="enrollment_open_once_a_program"
            ),
            models.CheckConstraint(
                condition=Q(ended=None, outcome="")
                | Q(ended__isnull=False, ended__gte=F("began"), outcome__in=Outcome.values),
                name="enrollment_ends_whole",
            ),
            models.CheckConstraint(
                condition=Q(farewell="") | Q(farewell__in=Farewell.values), name="enrollment_farewell_is_known"
            ),
            models.CheckConstraint(
                condition=Q(away_since=None) | Q(ended=None), name="enrollment_away_only_while_open"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["cohort", "ended"], name="enrollment_cohort_ended")]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def known_as(self) -> str:
        """The name they go by in the cohort's room."""
        return self.alias or self.person.alias

    @property
    def is_open(self) -> bool:
        return self.ended is None

    def may_ask_back(self, today: date) -> bool:
        """Whether it ended at most 90 days ago; ``today`` is on the cohort's clock."""
        return self.ended is not None and today - self.ended <= ASKING_BACK

    @property
    def is_away(self) -> bool:
        return self.away_since is not None


class Phase(models.Model):
    """From ``began`` on (a day in the cohort's zone), until the next one begins or the episode ends."""

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(max_length=12, choices=PhaseKind)
    began = models.DateField()

    class Meta:
        ordering: ClassVar = ["began"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["enrollment", "began"], name="phase_once_a_day"),
            models.CheckConstraint(condition=Q(kind__in=PhaseKind.values), name="phase_kind_is_known"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

"""Who is on call when: a roster of dated shifts, who has one, and what a program promises about its hours."""

import uuid
from datetime import datetime
from typing import ClassVar, override

from django.db import models
from django.db.models import F, Q

from community.foundation import crypto
from community.people.models import Person
from community.programs.models import Program
from community.schedule.plans import ASK_EVERY, CONTACT_MOST, PATIENCE, Ending, Hours, Way
from community.schedule.querysets import DutyQuerySet, ShiftQuerySet


class Coverage(models.Model):
    """What a program says of its hours, and whom it pages when nobody here answers.

    The contact is no account: a name staff know them by, an address for a wordless mail (encrypted), and whether the
    paging service rings for them. Without either of the two there is no contact.
    """

    program = models.OneToOneField(Program, on_delete=models.CASCADE, primary_key=True, related_name="coverage")
    hours = models.CharField(max_length=8, choices=Hours, default=Hours.STAFFED)
    contact_name = models.CharField(max_length=CONTACT_MOST, blank=True, default="")
    contact_mail_sealed = models.TextField(blank=True, default="")
    contact_rings = models.BooleanField(default=False)

    contact_mail = crypto.Sealed()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(hours__in=Hours.values), name="coverage_hours_are_known")
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def has_contact(self) -> bool:
        return bool(self.contact_mail_sealed) or self.contact_rings


class Shift(models.Model):
    """A time at which somebody is to be on call for a program. ``person``: whom it is planned for; None: nobody yet.

    That it stands in the roster says nothing to a room: only a :class:`Duty` that was taken and answered does.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="shifts")
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    called_off = models.DateTimeField(null=True)
    turn: "Duty"  # where ShiftQuerySet.with_turn() was asked

    objects = ShiftQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="shift_has_a_length")]
        indexes: ClassVar = [
            models.Index(fields=["program", "begins"], condition=Q(called_off=None), name="shift_of_program"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class Duty(models.Model):
    """Somebody who took a shift, with one press. They count from the answer to its test page, until ``good_until``.

    ``asks`` is when the next test page is due (None while one waits, or none is to come), ``answer_by`` until when the
    one that waits may be answered, ``rung`` when the paging service took the last one. Nothing else makes them count:
    where no worker asks any more, nobody is said to be there either.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="duties")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duties")
    taken = models.DateTimeField()
    asks = models.DateTimeField(null=True)
    asked = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)
    answered = models.DateTimeField(null=True)
    rung = models.DateTimeField(null=True)
    good_until = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    ending = models.CharField(max_length=12, choices=Ending, blank=True, default="")

    objects = DutyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["shift"], condition=Q(ended=None), name="shift_is_one_persons"),
            models.CheckConstraint(
                condition=Q(ended=None, ending="") | Q(ended__isnull=False, ending__in=Ending.values),
                name="duty_ends_whole",
            ),
            models.CheckConstraint(
                condition=Q(good_until=None) | Q(answered__isnull=False), name="duty_counts_once_answered"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["asks"], condition=Q(ended=None), name="duty_to_ask"),
            models.Index(fields=["person"], condition=Q(ended=None), name="duty_of_person"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    def ask(self, now: datetime) -> None:
        """A test page goes out; who counts goes on counting until its answer is due. The row is not saved here."""
        self.asks, self.asked, self.answer_by = None, now, now + PATIENCE
        if self.good_until is not None and self.good_until > now:
            self.good_until = self.answer_by

    def answer(self, now: datetime) -> None:
        """They are there, and are asked again in two hours if the shift lasts. The row is not saved here."""
        self.answered, self.answer_by, self.good_until = now, None, now + ASK_EVERY + PATIENCE
        again = now + ASK_EVERY
        self.asks = again if again < self.shift.ends - PATIENCE else None

    def end(self, ending: Ending, now: datetime) -> None:
        """The row is not saved here."""
        self.ended, self.ending, self.asks, self.answer_by = now, ending, None, None

    def counts_at(self, moment: datetime) -> bool:
        """Whether they answered lately enough to be named, for one with its shift; for many, rules.py asks the same."""
        here = self.shift.begins <= moment < self.shift.ends and self.shift.called_off is None
        return here and self.ended is None and self.good_until is not None and moment < self.good_until


class Heard(models.Model):
    """When somebody last answered a test page that came to them by this way."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=8, choices=Way)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "way"], name="heard_once_a_way")]

    @override
    def __str__(self) -> str:
        return f"{self.way} of {self.person_id}"

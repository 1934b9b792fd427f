"""What somebody wants to be known if their life is in danger; and each time it was opened."""

import uuid
from typing import ClassVar, override

from django.db import models
from django.db.models import F, Q

from community.cases.models import Case
from community.foundation import crypto
from community.people.models import Person
from community.sheets.plans import QUESTIONS
from community.sheets.querysets import EmergencySheetQuerySet, SheetOpeningQuerySet


class EmergencySheet(models.Model):
    """One a person, by its own agreement; each answer encrypted. ``confirmed``: when they last said it is right."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="+")
    confirmed = models.DateTimeField()
    name_sealed = models.TextField(blank=True, default="")
    phone_sealed = models.TextField(blank=True, default="")
    place_sealed = models.TextField(blank=True, default="")
    contact_sealed = models.TextField(blank=True, default="")
    relation_sealed = models.TextField(blank=True, default="")
    say_sealed = models.TextField(blank=True, default="")
    health_sealed = models.TextField(blank=True, default="")
    doctor_sealed = models.TextField(blank=True, default="")

    objects = EmergencySheetQuerySet.as_manager()
    name = crypto.Sealed()
    phone = crypto.Sealed()
    place = crypto.Sealed()
    contact = crypto.Sealed()
    relation = crypto.Sealed()
    say = crypto.Sealed()
    health = crypto.Sealed()
    doctor = crypto.Sealed()

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def answers(self) -> dict[str, str]:
        """What was answered, by name; unanswered ones are empty."""
        return {name: getattr(self, name) for name in QUESTIONS}


class SheetOpening(models.Model):
    """``by``, who held ``case``, opened the sheet of ``person`` and reads it until ``until``. No answer of it is here.

    ``told``: when its person heard of it. ``held``: since when telling them waits, because it could put somebody in
    danger; ``held_by`` says why, encrypted. ``looked``: when somebody else looked at it, and what they wrote down.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()
    told = models.DateTimeField(null=True)
    held = models.DateTimeField(null=True)
    held_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    why_sealed = models.TextField(blank=True, default="")
    looked = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    found_sealed = models.TextField(blank=True, default="")

    objects = SheetOpeningQuerySet.as_manager()
    why = crypto.Sealed()
    found = crypto.Sealed()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["until"], condition=Q(told=None, held=None), name="sheet_opening_to_tell"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="sheet_opening_lasts"),
            models.CheckConstraint(
                condition=Q(looked=None, looked_by=None) | Q(looked__isnull=False, looked_by__isnull=False),
                name="sheet_opening_is_looked_at_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(held=None, held_by=None) | Q(held__isnull=False, held_by__isnull=False),
                name="sheet_opening_is_held_by_somebody",
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

"""That a member has died: who said so, who confirmed it, and whom a person tells before anything is seen."""

import uuid
from datetime import datetime
from typing import ClassVar, override
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.deaths.plans import CARE_LASTS, CONFIRMED_WITHIN
from community.deaths.querysets import DeathQuerySet, TellingQuerySet
from community.foundation import crypto
from community.people.models import Person


class Death(models.Model):
    """``day``: the day somebody died, as staff know it. ``source``: from whom they know it, sealed; never a cause.

    One says so and another confirms it within a day; from then on the account is closed. Where it was an error, one
    says so (``doubted``) and another opens it again (``undone``). ``said`` without ``confirmed`` does nothing at all.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    source_sealed = models.TextField(blank=True, default="")
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed = models.DateTimeField(null=True)
    doubted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    doubted = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    undone = models.DateTimeField(null=True)

    objects = DeathQuerySet.as_manager()
    source = crypto.Sealed()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person"], condition=Q(undone=None), name="death_stands_once"),
            models.CheckConstraint(
                condition=Q(confirmed=None, confirmed_by=None)
                | (Q(confirmed__isnull=False) & ~Q(confirmed_by=F("said_by"))),
                name="death_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(undone=None, undone_by=None)
                | (Q(undone__isnull=False, confirmed__isnull=False) & ~Q(undone_by=F("doubted_by"))),
                name="death_undone_by_another",
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def stands(self) -> bool:
        return self.confirmed is not None and self.undone is None

    def waits_at(self, moment: datetime) -> bool:
        """Whether a second person may still confirm it."""
        return self.confirmed is None and moment < self.said + CONFIRMED_WITHIN

    def is_doubted_at(self, moment: datetime) -> bool:
        """Whether somebody said within a day that it was an error."""
        return self.stands and self.doubted is not None and moment < self.doubted + CONFIRMED_WITHIN

    @property
    def care_until(self) -> datetime | None:
        """Until when their rooms need more care."""
        return self.confirmed + CARE_LASTS if self.confirmed else None


class Why(models.TextChoices):
    """What two people were to each other, for who tells one of them."""

    MENTOR = "mentor", _("Their mentor")
    MENTEE = "mentee", _("They were their mentor")
    ASKED = "asked", _("Asked them to be their mentor")


class Telling(models.Model):
    """Somebody who hears of it from a person first; ``told_by`` ticks it off."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    death = models.ForeignKey(Death, on_delete=models.CASCADE, related_name="tellings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=6, choices=Why)
    told_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    told = models.DateTimeField(null=True)

    objects = TellingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["death", "person"], name="death_told_once_each")]

    @override
    def __str__(self) -> str:
        return f"{self.person_id}, {self.death_id}"


def subject(death: UUID) -> str:
    """What an audit entry is about."""
    return f"death:{death}"

"""Which deaths stand, which wait, and whose they are to look at."""

from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from community.deaths.plans import CARE_LASTS, CONFIRMED_WITHIN
from community.foundation.errors import Missing

if TYPE_CHECKING:
    from community.deaths.models import Death, Telling
    from community.programs.querysets import EnrollmentQuerySet


class DeathQuerySet(models.QuerySet["Death"]):
    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def current(self, now: datetime) -> Self:
        """Confirmed and no error, or said within the last day."""
        return self.filter(undone=None).exclude(confirmed=None, said__lte=now - CONFIRMED_WITHIN)

    def standing(self) -> Self:
        """Confirmed by two, and no error."""
        return self.filter(confirmed__isnull=False, undone=None)

    def waiting(self, now: datetime) -> Self:
        """Said by one within the last day."""
        return self.filter(confirmed=None, said__gt=now - CONFIRMED_WITHIN)

    def unconfirmed(self, now: datetime) -> Self:
        """Said by one, and by no second in a day."""
        return self.filter(confirmed=None, said__lte=now - CONFIRMED_WITHIN)

    def recent(self, now: datetime) -> Self:
        """Standing, and confirmed so lately that their rooms need more care."""
        return self.standing().filter(confirmed__gt=now - CARE_LASTS)

    def of_staff(self, person: UUID, now: datetime) -> Self:
        """Of people who are or were in cohorts this person leads or runs; never about themselves."""
        episodes: EnrollmentQuerySet = apps.get_model("programs", "Enrollment").objects.all()
        theirs = episodes.of_staff(person, now).filter(person=OuterRef("person"))
        return self.filter(Exists(theirs)).exclude(person=person)

    def to_see_to(self, now: datetime) -> Self:
        """Waiting, lately confirmed, or with somebody to tell; the newest on top."""
        left = apps.get_model("deaths", "Telling").objects.left().filter(death=OuterRef("pk"))
        return (
            self.current(now)
            .filter(Q(confirmed=None) | Q(confirmed__gt=now - CARE_LASTS) | Exists(left))
            .order_by("-said", "pk")
        )

    def to_show(self) -> Self:
        return self.select_related("person", "said_by", "confirmed_by", "doubted_by")

    def locked_one(self, death_id: UUID) -> "Death":
        """Its row, held against every other change, after its person's. Raises Missing."""
        found = self.filter(pk=death_id).values_list("person", flat=True).first()
        if found is None:
            raise Missing
        apps.get_model("people", "Person").objects.select_for_update(no_key=True).filter(pk=found).first()
        row = self.select_for_update(no_key=True, of=("self",)).select_related("person").filter(pk=death_id).first()
        if row is None:
            raise Missing
        return row


class TellingQuerySet(models.QuerySet["Telling"]):
    def left(self) -> Self:
        """Who was not told yet."""
        return self.filter(told=None)

    def to_show(self) -> Self:
        return self.select_related("person", "told_by").order_by("why", "pk")

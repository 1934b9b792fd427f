"""Which two are kept apart, and whose it is to know."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When

from community.keep_apart.plans import APART

if TYPE_CHECKING:
    from community.keep_apart.models import KeepApart
    from community.programs.querysets import AppointmentQuerySet, EnrollmentQuerySet


class KeepApartQuerySet(models.QuerySet["KeepApart"]):
    def standing(self) -> Self:
        return self.filter(lifted_at=None)

    def apart(self) -> Self:
        """Of two who must not meet; a tie keeps nobody out of a room."""
        return self.filter(kind=APART)

    def of(self, person: UUID) -> Self:
        return self.filter(Q(one=person) | Q(other=person))

    def between(self, one: UUID, other: UUID) -> Self:
        """Whichever way round."""
        first, second = sorted((one, other))
        return self.filter(one=first, other=second)

    def of_staff(self, person: UUID, now: datetime) -> Self:
        """Those of two people both of whom this person leads or runs, and who is neither of them.

        One of the two may be somebody who works, or worked, in a program this person runs.
        """
        episodes: EnrollmentQuerySet = apps.get_model("programs", "Enrollment").objects.all()
        appointments: AppointmentQuerySet = apps.get_model("programs", "Appointment").objects.all()
        led, run = episodes.of_staff(person, now), appointments.run_by(person, now)
        one, other = (Exists(led.filter(person=OuterRef(side))) for side in ("one", "other"))
        works, also_works = (Exists(run.filter(person=OuterRef(side))) for side in ("one", "other"))
        known = (one & (other | also_works)) | (other & works)
        return self.filter(known).exclude(Q(one=person) | Q(other=person))

    def to_show(self) -> Self:
        """What has to be looked at soonest on top."""
        return self.select_related("one", "other", "set_by").order_by("review_by", "pk")


def kept_from(person: UUID) -> Iterable[UUID]:
    """Whom somebody must not meet."""
    return _others(_standing().apart(), person)


def tied_to(person: UUID) -> Iterable[UUID]:
    """The same, and who has a tie to them: neither decides about the other."""
    return _others(_standing(), person)


def tied_among(people: Collection[UUID]) -> Iterable[tuple[UUID, UUID]]:
    """Who of these must not meet whom of them, or has a tie to them: none of the two mentors the other."""
    return _standing().filter(one__in=people, other__in=people).values_list("one_id", "other_id")


def _others(rows: KeepApartQuerySet, person: UUID) -> "models.QuerySet[KeepApart, UUID]":
    """A question of its own, or a part of one that is asked anyway."""
    other = Case(When(one=person, then=F("other")), default=F("one"))
    return rows.of(person).annotate(them=other).values_list("them", flat=True)


def _standing() -> KeepApartQuerySet:
    rows: KeepApartQuerySet = apps.get_model("keep_apart", "KeepApart").objects.all()
    return rows.standing()

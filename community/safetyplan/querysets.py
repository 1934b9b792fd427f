"""Whose plans are whose, and which of them somebody was shown: said once for page, API and rule alike."""

from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from community.matches.plans.codes import WALKING

if TYPE_CHECKING:
    from community.programs.querysets import AppointmentQuerySet
    from community.safetyplan.models import PlanShare, PlanWords, SafetyPlan


class SafetyPlanQuerySet(models.QuerySet["SafetyPlan"]):
    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def asking_craving(self) -> Self:
        """Those whose person wants to be asked how strong cravings are."""
        return self.filter(asks_craving=True)

    def not_looked_at_since(self, moment: datetime) -> Self:
        """Those that hold something, and that their person has not looked at again."""
        stands = apps.get_model("safetyplan", "PlanWords").objects.filter(plan=OuterRef("pk"), replaced=None)
        return self.filter(Exists(stands), looked__lte=moment)


class PlanWordsQuerySet(models.QuerySet["PlanWords"]):
    def standing(self) -> Self:
        """What the plan says now."""
        return self.filter(replaced=None)

    def earlier(self) -> Self:
        """What it said before, the newest first."""
        return self.exclude(replaced=None).order_by("-replaced", "-at", "pk")

    def of(self, person: UUID) -> Self:
        return self.filter(plan__person_id=person)


class PlanShareQuerySet(models.QuerySet["PlanShare"]):
    def standing(self, now: datetime) -> Self:
        """Those whose reader still leads the group of that episode, or still walks with its person."""
        appointments: AppointmentQuerySet = apps.get_model("programs", "Appointment").objects.all()
        held = appointments.live(now).leading().filter(person=OuterRef("reader"))
        theirs = held.filter(
            Q(cohort=OuterRef("enrollment__cohort")) | Q(cohort=None, program=OuterRef("enrollment__program"))
        )
        goes_on = Q(enrollment__isnull=False, enrollment__ended=None, enrollment__person=F("plan__person"))
        walks = Q(match__state__in=WALKING, match__mentee=F("plan__person"), match__guide=F("reader"))
        return self.filter((goes_on & Exists(theirs)) | walks)

    def read_by(self, person: UUID, now: datetime) -> Self:
        return self.standing(now).filter(reader_id=person)

    def of(self, person: UUID) -> Self:
        """Of this person's plan."""
        return self.filter(plan__person_id=person)

    def by(self, tie: UUID) -> Self:
        """For this episode, or this match."""
        return self.filter(Q(enrollment_id=tie) | Q(match_id=tie))

    def to_show(self) -> Self:
        return self.select_related("plan__person", "reader").order_by("at", "pk")

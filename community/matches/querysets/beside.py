"""What was asked of two people, when nothing was heard of one, and proposals for all who wait."""

from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from community.foundation.errors import Missing
from community.matches.plans.asking import HARD, NOT_YET
from community.matches.plans.codes import BATCH_LASTS, GOING, WALKING

if TYPE_CHECKING:
    from community.matches.models import Batch, MatchCheckIn, SharedDay, Silence


class MatchCheckInQuerySet(models.QuerySet["MatchCheckIn"]):
    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def asked_last(self) -> Self:
        """Of each match the newest question of each person; one that came after makes the ones before it pass."""
        later = self.model.objects.filter(
            match=OuterRef("match"), person=OuterRef("person"), asked__gt=OuterRef("asked")
        )
        return self.exclude(Exists(later))

    def unanswered(self) -> Self:
        return self.filter(answered=None)

    def for_staff(self) -> Self:
        """Somebody wants to talk to staff, and nobody has seen to it."""
        return self.filter(wants_staff=True, seen_to=None)

    def answered(self) -> Self:
        return self.exclude(answered=None)

    def heavy(self) -> Self:
        """Somebody's newest answer is that it is hard, or that the two have not talked and they have not by now.

        Of two who walk together, until somebody of staff has talked with them.
        """
        later = self.model.objects.filter(
            match=OuterRef("match"), person=OuterRef("person"), answered__gt=OuterRef("answered")
        )
        says = Q(answer=HARD) | Q(answer=NOT_YET, match__talked=None)
        return self.filter(says, match__state__in=WALKING, seen_to=None).exclude(Exists(later))

    def newest_first(self) -> Self:
        return self.order_by("-asked", "pk")

    def last_said_first(self) -> Self:
        return self.order_by("-answered", "pk")

    def locked_one(self, checkin_id: UUID) -> "MatchCheckIn":
        """Its row, held against every other change. Raises Missing."""
        found = self.select_for_update(no_key=True, of=("self",)).select_related("match").filter(pk=checkin_id).first()
        if found is None:
            raise Missing
        return found


class SilenceQuerySet(models.QuerySet["Silence"]):
    def open(self) -> Self:
        """The mentor has not written since, nor come back from a break of their own."""
        return self.filter(ended=None)

    def standing(self) -> Self:
        """Those of two who go on as they did then: whoever parted, or took a break, is not silent."""
        going = self.open().filter(match__state__in=GOING)
        return going.filter(noticed__gte=F("match__since"))

    def cover_wished(self) -> Self:
        return self.standing().exclude(cover_wished=None)


class SharedDayQuerySet(models.QuerySet["SharedDay"]):
    def of(self, person: UUID) -> Self:
        """Of this person's check-ins."""
        return self.filter(check_in__person_id=person)

    def read_by(self, person: UUID) -> Self:
        """Those this person may read: they are the mentor, and the two walk together."""
        return self.filter(match__guide_id=person, match__state__in=WALKING)


class BatchQuerySet(models.QuerySet["Batch"]):
    def of(self, program: UUID) -> Self:
        return self.filter(program_id=program)

    def asked(self) -> Self:
        """Those that are being worked out, or wait for that."""
        return self.filter(state="asked")

    def being_worked_out(self, now: datetime) -> Self:
        """Those asked for so lately that their task is not lost."""
        return self.asked().filter(asked__gt=now - BATCH_LASTS)

    def made_first(self) -> Self:
        """What was worked out, the newest first."""
        return self.exclude(made=None).order_by("-made", "pk")

    def locked_one(self, batch_id: UUID) -> "Batch":
        """Its row, held against every other change. Raises Missing."""
        rows = self.select_for_update(no_key=True, of=("self",)).select_related("program", "asked_by")
        found = rows.filter(pk=batch_id).first()
        if found is None:
            raise Missing
        return found

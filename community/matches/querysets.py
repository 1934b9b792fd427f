"""Whose matches are whose, and who may see them when: said once for page, API and rule alike."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from community.foundation.errors import Missing
from community.matches.plans.codes import OPEN, PLACED, UNDO_LASTS, WALKING, Kind, Reason, State

if TYPE_CHECKING:
    from community.matches.models import Batch, Match, MatchCheckIn
    from community.programs.querysets import ProgramQuerySet


def run_by(person: UUID, now: datetime) -> "ProgramQuerySet":
    programs: ProgramQuerySet = apps.get_model("programs", "Program").objects.all()
    return programs.run_by(person, now)


class MatchQuerySet(models.QuerySet["Match"]):
    def open(self) -> Self:
        """Neither over nor come to nothing."""
        return self.filter(state__in=OPEN)

    def on_the_board(self) -> Self:
        """Open ones, and those that ended while one of the two would like to talk with staff."""
        asks = apps.get_model("matches", "MatchCheckIn").objects.for_staff().filter(match=OuterRef("pk"))
        return self.filter(Q(state__in=OPEN) | Exists(asks))

    def placed(self) -> Self:
        """Those that take a place of their mentor's."""
        return self.filter(state__in=PLACED)

    def walking(self) -> Self:
        """Both said yes, and it has not ended."""
        return self.filter(state__in=WALKING)

    def at(self, *states: State) -> Self:
        return self.filter(state__in=states)

    def primary(self) -> Self:
        return self.filter(kind=Kind.PRIMARY)

    def covers(self) -> Self:
        return self.filter(kind=Kind.COVER)

    def accepted(self) -> Self:
        """Both said yes once."""
        return self.exclude(accepted=None)

    def of_mentee(self, person: UUID) -> Self:
        return self.filter(mentee_id=person)

    def of_guide(self, person: UUID) -> Self:
        return self.filter(guide_id=person)

    def between(self, one: UUID, other: UUID) -> Self:
        """In either direction."""
        return self.filter(Q(mentee=one, guide=other) | Q(mentee=other, guide=one))

    def among(self, people: Collection[UUID]) -> Self:
        """Between any two of these."""
        return self.filter(mentee__in=people, guide__in=people)

    def cards(self, now: datetime) -> Self:
        """What the mentee may choose from. What staff approved is shown once they can take it back no more."""
        return self.at(State.SHORTLISTED).filter(since__lte=now - UNDO_LASTS, until__gt=now)

    def shown_to(self, person: UUID, now: datetime) -> Self:
        """What somebody may see of their own: a mentee their cards and all after, a mentor from the offer on.

        A mentor who was not chosen never hears of it, and what came to nothing is gone for both.
        """
        mentee = Q(mentee=person) & (
            Q(state=State.SHORTLISTED, since__lte=now - UNDO_LASTS, until__gt=now) | Q(state__in=PLACED)
        )
        mentor = Q(guide=person, state__in=PLACED)
        walked = (Q(mentee=person) | Q(guide=person)) & Q(accepted__isnull=False)
        return self.filter(mentee | mentor | walked)

    def of_staff(self, person: UUID, now: datetime) -> Self:
        """Other people's, in programs this person runs today."""
        theirs = self.filter(program__in=run_by(person, now).values("pk"))
        return theirs.exclude(mentee=person).exclude(guide=person)

    def came_to_nothing(self) -> Self:
        """A mentor was asked, and it did not come to a yes; whoever asked took it back themselves in the rest."""
        return self.filter(asked__isnull=False, accepted=None).filter(
            Q(state__in=(State.DECLINED, State.EXPIRED))
            | Q(state=State.WITHDRAWN, reason__in=(Reason.RULES, Reason.MENTOR_LEFT))
        )

    def over(self, now: datetime) -> Self:
        """What has waited until its time was over."""
        return self.filter(until__lte=now)

    def to_ask(self, now: datetime) -> Self:
        """Both are to be asked how it goes."""
        return self.at(State.INTRODUCTORY, State.ACTIVE).filter(asks__lte=now)

    def to_remind(self, now: datetime, *, before: timedelta) -> Self:
        """Offers whose time is nearly over, and whose mentor was not reminded."""
        return self.at(State.OFFERED).filter(reminded=False, until__lte=now + before)

    def best_first(self) -> Self:
        return self.order_by("-fit", "pk")

    def oldest_first(self) -> Self:
        return self.order_by("since", "pk")

    def newest_first(self) -> Self:
        return self.order_by("-since", "pk")

    def ids(self) -> list[UUID]:
        """Their ids, in order."""
        return list(self.order_by("pk").values_list("pk", flat=True))

    def to_show(self) -> Self:
        return self.select_related("mentee", "guide", "program", "mentor", "request")

    def locked_one(self, match_id: UUID) -> "Match":
        """Its row, held against every other change. Raises Missing."""
        rows = self.select_for_update(no_key=True, of=("self",)).select_related("mentee", "guide", "program", "request")
        found = rows.filter(pk=match_id).first()
        if found is None:
            raise Missing
        return found


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

    def newest_first(self) -> Self:
        return self.order_by("-asked", "pk")

    def locked_one(self, checkin_id: UUID) -> "MatchCheckIn":
        """Its row, held against every other change. Raises Missing."""
        found = self.select_for_update(no_key=True, of=("self",)).select_related("match").filter(pk=checkin_id).first()
        if found is None:
            raise Missing
        return found


class BatchQuerySet(models.QuerySet["Batch"]):
    def of(self, program: UUID) -> Self:
        return self.filter(program_id=program)

    def asked(self) -> Self:
        """Those that are being worked out, or wait for that."""
        return self.filter(state="asked")

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

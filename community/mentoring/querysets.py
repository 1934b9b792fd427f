"""Whose mentors and requests are whose: said once for page, API and rule alike."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from community.foundation.errors import Missing
from community.foundation.registers import own_ties
from community.mentoring.plans.codes import State

if TYPE_CHECKING:
    from community.mentoring.models import HandOff, Mentor, MentoringPolicy, MentorRequest, SupervisionNote
    from community.programs.querysets import ProgramQuerySet

WAY_IN = (State.APPLIED, State.SCREENING, State.TRAINING)


def run_by(person: UUID, now: datetime) -> "ProgramQuerySet":
    programs: ProgramQuerySet = apps.get_model("programs", "Program").objects.all()
    return programs.run_by(person, now)


def worked_for(person: UUID, now: datetime) -> "ProgramQuerySet":
    programs: ProgramQuerySet = apps.get_model("programs", "Program").objects.all()
    return programs.of_staff(person, now)


def untied[Rows: models.QuerySet[Any]](rows: Rows, person: UUID, *whose: str) -> Rows:
    """Those that are about nobody to whom this person has a tie of their own, nor about themselves."""
    for name in whose:
        rows = rows.exclude(**{name: person})
        for ties in own_ties:
            rows = rows.exclude(**{f"{name}__in": ties(person)})
    return rows


class MentoringPolicyQuerySet(models.QuerySet["MentoringPolicy"]):
    def of(self, program: UUID) -> Self:
        return self.filter(program=program)


class MentorQuerySet(models.QuerySet["Mentor"]):
    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def open(self) -> Self:
        """Applied, and not retired."""
        return self.exclude(state=State.RETIRED)

    def retired(self) -> Self:
        return self.filter(state=State.RETIRED)

    def active(self) -> Self:
        return self.filter(state=State.ACTIVE, person__closed=None)

    def approval_over(self, now: datetime) -> Self:
        """Active, though what staff approved is over, or the clearance it stands on."""
        return self.active().filter(Q(approved_until__lte=now) | Q(cleared_until__lte=now))

    def needing_staff(self) -> Self:
        """Whose next step is for staff to take."""
        return self.filter(state__in=(*WAY_IN, State.RENEWAL_DUE))

    def run_by(self, person: UUID, now: datetime) -> Self:
        """Other people's, in programs this person runs today."""
        return untied(self, person, "person").filter(program__in=run_by(person, now).values("pk"))

    def of_staff(self, person: UUID, now: datetime) -> Self:
        """Other people's, in programs this person runs today, and those they supervise there."""
        ran, works = run_by(person, now).values("pk"), worked_for(person, now).values("pk")
        theirs = Q(program__in=ran) | Q(supervisor=person, program__in=works)
        return untied(self, person, "person").filter(theirs)

    def by_name(self) -> Self:
        return self.order_by(Lower("person__alias"), "pk")

    def newest_first(self) -> Self:
        return self.order_by("-applied", "pk")

    def longest_first(self) -> Self:
        """Who has been where they are for longest on top."""
        return self.order_by("since", "pk")

    def to_show(self) -> Self:
        return self.select_related("person", "program", "supervisor")

    def locked_one(self, mentor_id: UUID) -> "Mentor":
        """Its row, held against every other change, with its person and program. Raises Missing."""
        found = self._locked().filter(pk=mentor_id).first()
        if found is None:
            raise Missing
        return found

    def locked_whole(self, mentor_id: UUID) -> "Mentor":
        """The same, held with every row its person has in other programs: whoever gives a place away counts them all.

        Raises Missing.
        """
        found = self.locked_whole_many([mentor_id])
        if mentor_id not in found:
            raise Missing
        return found[mentor_id]

    def locked_whole_many(self, ids: Collection[UUID]) -> "dict[UUID, Mentor]":
        """The same for several, as far as they are there; all rows are held in the order of their ids."""
        people = self.filter(pk__in=ids).values("person")
        held = self._locked().filter(person__in=people).order_by("pk")
        return {one.pk: one for one in held if one.pk in ids}

    def _locked(self) -> Self:
        return self.select_for_update(no_key=True, of=("self",)).select_related("person", "program", "supervisor")


class MentorRequestQuerySet(models.QuerySet["MentorRequest"]):
    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def open(self) -> Self:
        return self.filter(closed=None)

    def closed(self) -> Self:
        return self.exclude(closed=None)

    def settled(self, program: Any) -> Self:
        """Those of a program that wait, or whose person has a mentor."""
        return self.filter(Q(closed=None) | Q(closing="matched"), program=program)

    def of_staff(self, person: UUID, now: datetime) -> Self:
        """Other people's, in programs this person runs today."""
        return untied(self, person, "person").filter(program__in=run_by(person, now).values("pk"))

    def in_line(self) -> Self:
        """Urgent ones first, then who asked first."""
        return self.order_by("-urgent", "asked_at", "pk")

    def newest_first(self) -> Self:
        return self.order_by("-asked_at", "pk")

    def to_show(self) -> Self:
        return self.select_related("person", "program")

    def locked_one(self, request_id: UUID) -> "MentorRequest":
        """Its row, held against every other change. Raises Missing."""
        rows = self.select_for_update(no_key=True, of=("self",)).select_related("person", "program")
        found = rows.filter(pk=request_id).first()
        if found is None:
            raise Missing
        return found


class SupervisionNoteQuerySet(models.QuerySet["SupervisionNote"]):
    def read_by(self, person: UUID, now: datetime) -> Self:
        """Those about mentors of this person's, as supervisor or as who runs the program; never about themselves."""
        mentors: MentorQuerySet = apps.get_model("mentoring", "Mentor").objects.all()
        theirs = mentors.of_staff(person, now).filter(pk=OuterRef("mentor"))
        return self.filter(Exists(theirs))

    def newest_first(self) -> Self:
        return self.order_by("-written", "pk")


class HandOffQuerySet(models.QuerySet["HandOff"]):
    def of(self, person: UUID) -> Self:
        return self.filter(enrollment__person=person)

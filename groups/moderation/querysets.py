"""Which reports are whose."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from community.cases.plans import Reach, State
from community.cases.querysets import looking
from community.programs.querysets import held_by, reviewed_by

if TYPE_CHECKING:
    from groups.moderation.models import Decision, Proposal, Report


class ReportQuerySet(models.QuerySet["Report"]):
    def of(self, person: UUID) -> Self:
        """What this person told us."""
        return self.filter(reporter_id=person)

    def of_open_cases(self) -> Self:
        return self.exclude(case__state=State.RESOLVED)

    def about(self, case: UUID) -> Self:
        """All that joined one case, in the order in which we were told."""
        return self.filter(case_id=case).order_by("made", "pk")

    def to_tell_back(self, now: datetime) -> Self:
        """Those whose reporters may hear by now that it was looked at."""
        return self.filter(tell_back__lte=now, told_back=None)

    def to_show(self) -> Self:
        return self.select_related("case", "group", "seat", "message", "reporter")


class DecisionQuerySet(models.QuerySet["Decision"]):
    def told_to(self, person: UUID, now: datetime) -> Self:
        """What was decided about this person, as far as they are told by now; the newest on top."""
        return self.filter(person_id=person, tell_at__lte=now).order_by("-at", "pk")

    def to_tell(self, now: datetime) -> Self:
        """Those whose people may hear of it by now."""
        return self.filter(tell_at__lte=now, told=None)

    def standing_beside(self, row: "Decision") -> Self:
        """What else was decided of this kind for the same person in the same room, and stands."""
        same = self.filter(person=row.person_id, seat__group=row.seat.group_id, action=row.action, lifted=None)
        return same.exclude(pk=row.pk)

    def appealed(self) -> Self:
        """Those that somebody asked to be looked at again, and nobody did; what is due first on top."""
        return self.filter(appeal__isnull=False, appeal__decided=None).order_by("appeal__due", "pk")

    def to_show(self) -> Self:
        shown = self.select_related("case", "seat__group", "message", "appeal", "person")
        return shown.prefetch_related("appeal__messages")

    def reviewed_by(self, person: UUID, now: datetime, *, apart: Collection[UUID]) -> Self:
        """Those in programs whose decisions this person reviews, that have to do with nobody of ``apart``.

        What waits, and what they answered themselves: what others answered is no business of somebody from outside.
        """
        theirs = Q(appeal__decided=None) | Q(appeal__decided_by=person)
        return self.filter(theirs & _reviewed(person, now)).exclude(case__parties__person__in={person, *apart})


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def to_second(self, person: UUID, now: datetime, *, apart: Collection[UUID]) -> Self:
        """Those of others that this person may say yes or no to by what they do here: who leads, runs or reviews.

        As with what needs a person itself: nothing of what has to do with them, or with anybody of ``apart``.
        """
        held = held_by(person, now)
        by_reach = looking(OuterRef("case__program"), OuterRef("case__cohort"))
        leads = Q(case__reach__gte=Reach.STAFF) & Exists(held.filter(by_reach[Reach.STAFF]))
        reviewed = (Q(answer="") | Q(answered_by=person)) & _reviewed(person, now)  # from outside: no past of others
        may = leads | Exists(held.filter(by_reach[Reach.LEAD])) | reviewed
        return self.filter(may).exclude(case__parties__person__in={person, *apart}).exclude(by=person)

    def of(self, person: UUID) -> Self:
        """What this person proposed."""
        return self.filter(by=person)

    def about(self, person: UUID) -> Self:
        return self.filter(report__seat__person_id=person)

    def waiting(self) -> Self:
        """Nobody answered, and their time is not known to be over."""
        return self.filter(answer="")

    def over(self, now: datetime) -> Self:
        """Nobody answered in time."""
        return self.waiting().filter(until__lte=now)

    def oldest_first(self) -> Self:
        return self.order_by("until", "pk")

    def to_show(self) -> Self:
        return self.select_related("case__subject", "report__seat__person", "report__group", "by", "answered_by")


def _reviewed(person: UUID, now: datetime) -> Q:
    theirs = reviewed_by(person, now).filter(Q(program=OuterRef("case__program")) | Q(program=None))
    return Q(Exists(theirs))

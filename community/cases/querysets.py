"""Which cases somebody may look into, said once for page, API, task and rule alike."""

from collections.abc import Collection
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from community.cases.plans import Priority, Reach, State
from community.programs.querysets import KEEPS, LEADS, RUNS, held_by

if TYPE_CHECKING:
    from community.cases.models import Case


def looking(program: Any, cohort: Any) -> dict[Reach, Q]:
    """Which appointments let somebody look into what happened there, by the reach it has at least."""
    here = Q(program=program) & (Q(cohort=None) | Q(cohort=cohort))
    return {
        Reach.LEAD: Q(role__in=RUNS) & (Q(program=program) | Q(program=None)),
        Reach.STAFF: Q(role__in=LEADS) & here,
        Reach.ROOM: Q(role__in=KEEPS) & here,
    }


class CaseQuerySet(models.QuerySet["Case"]):
    def open_to(self, person: UUID, now: datetime, *, apart: Collection[UUID]) -> Self:
        """Those this person may look into today by what they do here, and that have to do with nobody of ``apart``.

        Themselves are always apart: nobody decides about themselves, or about what they told.
        """
        held = held_by(person, now)
        by_reach = looking(OuterRef("program"), OuterRef("cohort")).items()
        may = reduce(or_, (Q(reach__gte=reach) & Exists(held.filter(theirs)) for reach, theirs in by_reach))
        return self.filter(may).exclude(parties__person__in={person, *apart})

    def told_of_danger(self, person: UUID) -> Self:
        """Those in which others told us that this person may be in danger right now."""
        return self.filter(subject=person, care=True, priority=Priority.P0, parties__part="reporter")

    def still_open(self) -> Self:
        return self.exclude(state=State.RESOLVED)

    def closed_since(self, moment: datetime) -> Self:
        return self.filter(state=State.RESOLVED, closed__gte=moment).order_by("-closed", "pk")

    def most_urgent_first(self) -> Self:
        """What cannot wait stands on top, and of the same urgency what waits longest."""
        return self.order_by("priority", "told", "pk")

    def held_too_long(self, now: datetime) -> Self:
        """Those whose holder gave no sign for too long."""
        return self.filter(held_until__lte=now)

    def nobody_has(self, now: datetime) -> Self:
        """Those that nobody has when somebody should, and of which the others were not told yet."""
        return self.filter(holder=None, second_told=None, second_due__lte=now).still_open()

    def claimed_one(self, case_id: UUID) -> "Case | None":
        """That one, if it is among these, held against every other change; None too while somebody sees to it."""
        return self.select_for_update(no_key=True, of=("self",), skip_locked=True).filter(pk=case_id).first()

    def to_show(self) -> Self:
        """With program, cohort, subject and holder."""
        return self.select_related("program", "cohort", "subject", "holder")

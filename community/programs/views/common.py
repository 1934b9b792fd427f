"""What somebody at the desk may fetch, said once: what is not theirs is not there."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from community.foundation import clock
from community.foundation.errors import Missing
from community.foundation.rules import Rule
from community.foundation.web import Request
from community.programs.models import Cohort, Program


def insist[T](rule: Rule[T], request: Request, thing: T) -> None:
    """What one may not do here is not here. Raises Missing."""
    if not rule(request.user, thing):
        raise Missing


def program_of(request: Request, program_id: UUID) -> Program:
    """A program this person works for. Raises Missing."""
    return _found(Program.objects.of_staff(request.user.pk, clock.now()).filter(pk=program_id))


def cohort_of(request: Request, cohort_id: UUID) -> Cohort:
    """A cohort this person leads or runs, with how many are in it and its times. Raises Missing."""
    found = Cohort.objects.of_staff(request.user.pk, clock.now()).with_people().to_show()
    return _found(found.filter(pk=cohort_id))


def _found[T: Any](rows: "QuerySet[T]") -> T:
    found = rows.first()
    if found is None:
        raise Missing
    return found

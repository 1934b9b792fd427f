"""What the clocks do by themselves, a case at a time; each may be done twice, or twice at once."""

from uuid import UUID

from django.db import transaction

from community.cases.desk.holding import step
from community.cases.desk.telling import tell_first, tell_second
from community.cases.models import Case, StepKind
from community.cases.plans import State
from community.foundation import clock


@transaction.atomic
def give_back(*, case_id: UUID) -> bool:
    """Free what somebody has had without a sign of life, and tell those who may take it; False if it is not so.

    Publishes CaseChanged.
    """
    row = Case.objects.held_too_long(clock.now()).claimed_one(case_id)
    if row is None:
        return False
    row.let_go(State.TRIAGED)
    step(row, StepKind.LAPSED, by=None)
    tell_first(row)
    return True


@transaction.atomic
def tell_others(*, case_id: UUID) -> bool:
    """Tell more people of what nobody has taken in time, once; False if it is not so. Publishes CaseChanged."""
    row = Case.objects.nobody_has(clock.now()).claimed_one(case_id)
    if row is None:
        return False
    row.second_told = clock.now()
    step(row, StepKind.SECOND, by=None)
    tell_second(row)
    return True

"""What the worker does about cases, one transaction each."""

from uuid import UUID

from community.cases import services as cases
from community.cases.models import Case
from community.cases.querysets import CaseQuerySet
from community.foundation import clock

MOST = 200  # of a kind at a time, so that other work is done too


def give_back() -> int:
    """Free what nobody gave a sign of; returns how many."""
    return sum(cases.give_back(case_id=key) for key in _keys(Case.objects.held_too_long(clock.now())))


def tell_others() -> int:
    """Tell more people of what nobody took; returns how many cases that were."""
    return sum(cases.tell_others(case_id=key) for key in _keys(Case.objects.nobody_has(clock.now())))


def _keys(rows: CaseQuerySet) -> list[UUID]:
    return list(rows.most_urgent_first().values_list("pk", flat=True)[:MOST])

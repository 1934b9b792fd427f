"""What the worker does about shifts, one transaction each."""

from uuid import UUID

from community.foundation import clock
from community.schedule import services as schedule
from community.schedule.models import Duty
from community.schedule.querysets import DutyQuerySet

MOST = 200


def ask() -> int:
    """Send the test pages that are due; returns how many."""
    return sum(schedule.ask(duty_id=key) for key in _keys(Duty.objects.to_ask(clock.now())))


def fall_silent() -> int:
    """Open the shifts of who did not answer in time; returns how many."""
    return sum(schedule.fall_silent(duty_id=key) for key in _keys(Duty.objects.silent(clock.now())))


def finish() -> int:
    """End what is over; returns how many."""
    return sum(schedule.finish(duty_id=key) for key in _keys(Duty.objects.over(clock.now())))


def _keys(rows: DutyQuerySet) -> list[UUID]:
    return list(rows.order_by("taken", "pk").values_list("pk", flat=True)[:MOST])

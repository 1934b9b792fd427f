"""What the clocks of a shift do by themselves, a duty at a time; each may be done twice, or twice at once."""

from uuid import UUID

from django.db import transaction

from community.foundation import clock
from community.schedule.desk import begin_asking, end, tell_it_is_open
from community.schedule.models import Duty, Shift
from community.schedule.plans import Ending
from community.schedule.querysets import DutyQuerySet


@transaction.atomic
def ask(*, duty_id: UUID) -> bool:
    """Send the test page that is due; False if none is. Publishes DutyAsked."""
    row = _held(duty_id, Duty.objects.to_ask(clock.now()))
    if row is None:
        return False
    begin_asking(row, clock.now())
    return True


@transaction.atomic
def fall_silent(*, duty_id: UUID) -> bool:
    """Nobody answered in time: the shift is open, and who runs the program hears of it; False if it is not so.

    Publishes RosterChanged.
    """
    row = _held(duty_id, Duty.objects.silent(clock.now()))
    if row is None:
        return False
    end(row, Ending.SILENT)
    tell_it_is_open(row.shift)
    return True


@transaction.atomic
def finish(*, duty_id: UUID) -> bool:
    """The shift is over; False if it is not. Publishes RosterChanged."""
    row = _held(duty_id, Duty.objects.over(clock.now()))
    if row is None:
        return False
    end(row, Ending.OVER)
    return True


@transaction.atomic
def rung(*, duty_id: UUID) -> bool:
    """The paging service took the test page; False if who has the shift is asked no more."""
    waiting = Duty.objects.lasting().filter(pk=duty_id).exclude(answer_by=None)
    return bool(waiting.update(rung=clock.now()))


def _held(duty_id: UUID, rows: DutyQuerySet) -> Duty | None:
    """That duty, if it is among these, with its shift locked first as everywhere; None while somebody sees to it."""
    shift = Shift.objects.filter(duties=duty_id).select_for_update(no_key=True, of=("self",), skip_locked=True).first()
    return rows.select_related("shift", "shift__program").claimed_one(duty_id) if shift else None

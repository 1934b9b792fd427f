"""Calls on their way: taken by one who sends, under a lease and in no transaction; tried again until they arrive.

Whoever is killed in between leaves a call to the next; then it may come twice, with the same Idempotency-Key.
"""

from typing import Any

from django.conf import settings
from django.db import transaction

from community.cases.desk.holding import write
from community.cases.models import Case, StepKind
from community.foundation import clock
from community.paging.models import Call, Page
from community.paging.plans import GIVEN_UP, KEPT, Channel, State, pause_after
from community.schedule import services as schedule


@transaction.atomic
def claim() -> Call | None:
    """Take the next call that may go, for as long as a lease; None when there is none."""
    now = clock.now()
    rows = Call.objects.ready(now).select_related("page", "page__duty", "page__case")
    row = rows.select_for_update(no_key=True, skip_locked=True, of=("self",)).first()
    if row is None:
        return None
    row.state, row.lease, row.tries = State.LEASED, now + settings.CALL_LEASE, row.tries + 1
    row.save(update_fields=["state", "lease", "tries"])
    return row


@transaction.atomic
def sent(*, call: Call) -> bool:
    """It was taken by who rings or mails. False when the lease had passed and the call is somebody else's now."""
    _lock_case(call)
    if not _settle(call, state=State.SENT, fault="", settled=clock.now()):
        return False
    if call.channel == Channel.RING and call.page.duty_id is not None:
        schedule.rung(duty_id=call.page.duty_id)
    if call.channel == Channel.RING and call.page.case is not None:
        write(call.page.case, StepKind.RUNG, by=None, what=call.level)
    return True


@transaction.atomic
def drop(*, call: Call) -> bool:
    """Somebody answered meanwhile."""
    return _settle(call, state=State.DROPPED, settled=clock.now())


@transaction.atomic
def fail(*, call: Call, fault: str) -> bool:
    """It did not arrive: again after a pause that grows to two minutes, for a day; the case says so once."""
    _lock_case(call)
    now = clock.now()
    if now - call.created >= GIVEN_UP:
        return _settle(call, state=State.DEAD, fault=fault, settled=now)
    left = _settle(call, state=State.WAITING, fault=fault, due=now + pause_after(call.tries))
    if left and call.tries == 1 and call.page.case is not None:
        write(call.page.case, StepKind.NOT_RUNG, by=None, what=call.level)
    return left


@transaction.atomic
def forget() -> int:
    """Drop the rows of pages that were settled 90 days ago. Returns how many."""
    gone, _kinds = Page.objects.settled_before(clock.now() - KEPT).delete()
    return gone


def _lock_case(call: Call) -> None:
    """A line in what was done about a case is numbered under its lock, which comes before every other."""
    if call.page.case_id is not None:
        list(Case.objects.select_for_update(no_key=True, of=("self",)).filter(pk=call.page.case_id))


def _settle(call: Call, **changes: Any) -> bool:
    held = Call.objects.filter(pk=call.pk, state=State.LEASED, lease=call.lease)
    return bool(held.update(lease=None, **changes))

"""The worker's part: counts whose time to be looked at has come."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from community.foundation import clock
from groups.celebrations import services as celebrations
from groups.celebrations.models import Celebration, Watch

log = logging.getLogger(__name__)
BATCH = 200  # at a time, in memory
MOST = 25  # batches a round, so that other work is done too
TRIED_AGAIN = timedelta(hours=1)
TRUSTED = timedelta(seconds=5)


class Clocks:
    """Whether the clocks are still right, for one round: asked before its first look, and then at a look that comes

    more than five seconds after the last time, by this very clock. So one that jumps is asked about before anything is
    posted by it, and a look costs no question more.
    """

    def __init__(self) -> None:
        self._asked: datetime | None = None

    def hold(self) -> bool:
        now = clock.now()
        if self._asked is None or abs(now - self._asked) > TRUSTED:
            if not celebrations.beat():
                log.error("celebrations stand still: a clock seems wrong; see manage.py celebrations")
                return False
            self._asked = now
        return True


def look_at_due() -> int:
    """Look at whatever is due, each in a transaction of its own. Returns how many were looked at here.

    Several may do this at once: whoever holds a count looks at it, the others pass on.
    """
    clocks, looked = Clocks(), 0
    if not clocks.hold():
        return 0
    for _batch in range(MOST):
        due = list(Watch.objects.due(clock.now()).values_list("pk", "next_at")[:BATCH])
        done = 0
        for run_id, since in due:
            if not clocks.hold():
                return looked + done
            done += _looked(run_id, since)
        looked += done
        if not done:
            break
    return looked + _look_at_finished(clocks)


def _look_at_finished(clocks: Clocks) -> int:
    """The same for those who finished a program."""
    due, looked = list(Celebration.objects.due(clock.now()).values_list("pk", flat=True)[: BATCH * MOST]), 0
    for celebration_id in due:
        if not clocks.hold():
            break
        try:
            looked += celebrations.look_at_finished(celebration_id=celebration_id)
        except Exception:
            log.exception("a finished program could not be looked at", extra={"celebration": str(celebration_id)})
            celebrations.postpone_finished(celebration_id=celebration_id, until=clock.now() + TRIED_AGAIN)
    return looked


def _looked(run_id: UUID, since: datetime) -> bool:
    try:
        return celebrations.look(run_id=run_id)
    except Exception:
        log.exception("a count could not be looked at", extra={"run": str(run_id)})
        celebrations.postpone(run_id=run_id, since=since, until=clock.now() + TRIED_AGAIN)
        return False

"""The worker's part: counts whose time to be looked at has come."""

import logging
from datetime import timedelta
from uuid import UUID

from community.foundation import clock
from groups.celebrations import services as celebrations
from groups.celebrations.models import Watch

log = logging.getLogger(__name__)
BATCH = 200  # at a time, in memory
MOST = 25  # batches a round, so that other work is done too
TRIED_AGAIN = timedelta(hours=1)


def look_at_due() -> int:
    """Look at whatever is due, each in a transaction of its own. Returns how many were looked at here.

    Several may do this at once: whoever holds a count looks at it, the others pass on.
    """
    if not celebrations.beat():
        log.error("celebrations stand still: a clock seems wrong; see manage.py celebrations")
        return 0
    looked = 0
    for _batch in range(MOST):
        due = list(Watch.objects.due(clock.now()).values_list("pk", flat=True)[:BATCH])
        done = sum(_looked(run_id) for run_id in due)
        looked += done
        if not done:
            break
    return looked


def _looked(run_id: UUID) -> bool:
    try:
        return celebrations.look(run_id=run_id)
    except Exception:
        log.exception("a count could not be looked at", extra={"run": str(run_id)})
        celebrations.postpone(run_id=run_id, until=clock.now() + TRIED_AGAIN)
        return False

"""What happens to seats by itself."""

import logging

from community.foundation import clock
from groups.passages import services as passages
from groups.passages.models import Leaving

log = logging.getLogger(__name__)


def tidy_seats() -> int:
    """Let every seat whose time has come become what was planned, one transaction each; returns how many.

    One that fails is logged and tried again the next time, and keeps no other waiting.
    """
    done = 0
    for leaving in Leaving.objects.due(clock.now()).order_by("due", "pk"):
        try:
            done += passages.finish(leaving=leaving)
        except Exception:
            log.exception("a seat could not be tidied", extra={"enrollment": str(leaving.pk)})
    return done

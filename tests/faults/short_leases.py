"""The demo's settings, with leases that pass while a test waits."""

from datetime import timedelta

from community.settings.demo import *  # noqa: F403

LETTER_LEASE = CALL_LEASE = timedelta(seconds=3)
EVENING = False

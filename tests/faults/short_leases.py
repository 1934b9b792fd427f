"""The demo's settings, with a lease that passes while a test waits."""

from datetime import timedelta

from community.settings.demo import *  # noqa: F403

LETTER_LEASE = timedelta(seconds=3)
EVENING = False

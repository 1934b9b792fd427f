"""The demo as browser tests see it: the same pages, with limits that a quick hand does not meet."""

from community.settings.demo import *  # noqa: F403
from community.settings.demo import LIMITS

LIMITS = {
    **LIMITS,
    **dict.fromkeys(("posts", "changes", "tries", "door_tries", "connects_a_minute"), 10_000),
    "sockets": 1_000,
}
ACCOUNT_RATE_LIMITS = False
EVENING = False

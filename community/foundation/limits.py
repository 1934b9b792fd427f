"""How much of something one person may do in a while: fixed windows in the cache, shared by every door."""

import hashlib
import time

from django.conf import settings
from django.core.cache import cache

from community.foundation.errors import TooMany

#: What is limited for every door alike, and the settings that say how much in how many seconds.
WINDOWS = {
    "post": ("posts", "post_seconds"),
    "change": ("changes", "change_seconds"),
    "try": ("tries", "try_seconds"),
    "door_try": ("door_tries", "try_seconds"),
    "copy": ("copies", "copy_seconds"),
    "search": ("searches", "search_seconds"),
}


def spend_a(*, what: str, who: str) -> None:
    """Count one of ``what`` (a name in WINDOWS) against the settings. Raises TooMany."""
    most, seconds = (settings.LIMITS[name] for name in WINDOWS[what])
    spend(what=what, who=who, most=most, seconds=seconds)


def spend(*, what: str, who: str, most: int, seconds: int, cost: int = 1) -> None:
    """Count ``cost`` against ``most`` in the current window of ``seconds``. Raises TooMany with the seconds left.

    ``who`` is hashed: no address or id of a person stands in the cache's keys.
    """
    window, into = divmod(time.time(), seconds)
    mark = hashlib.sha256(who.encode()).hexdigest()[:24]
    key = f"limit:{what}:{mark}:{int(window)}"
    if cache.add(key, cost, timeout=seconds + 1):
        used = cost
    else:
        try:
            used = cache.incr(key, cost)
        except ValueError:  # it expired between the two questions
            cache.set(key, cost, timeout=seconds + 1)
            used = cost
    if used > most:
        raise TooMany(int(seconds - into) + 1)

"""What holds for a while and ends by itself: leases in the cache, shared by every process.

Redis may be flushed at any moment: a lost lease is taken again by whoever still holds it. No id stands in a key.
"""

import hashlib
from collections.abc import Iterable

from django.core.cache import cache


def hold(*, what: str, who: Iterable[str], seconds: int) -> None:
    """Say that ``what`` holds for each of ``who`` from now on, for ``seconds``."""
    cache.set_many({_key(what, one): 1 for one in who}, timeout=seconds)


def take(*, what: str, who: str, seconds: int) -> bool:
    """Hold ``what`` for one of them alone; False when another does. It ends by itself, or by :func:`give_back`."""
    return cache.add(_key(what, who), 1, timeout=seconds)


def give_back(*, what: str, who: str) -> None:
    cache.delete(_key(what, who))


def standing(*, what: str, who: Iterable[str]) -> set[str]:
    """Those of ``who`` for whom ``what`` holds now; one question to the cache."""
    keys = {_key(what, one): one for one in who}
    return {keys[key] for key in cache.get_many(list(keys))} if keys else set()


def _key(what: str, who: str) -> str:
    return f"lease:{what}:{hashlib.sha256(who.encode()).hexdigest()[:24]}"

"""A cache that never takes the site down with it: if Redis is away, this process remembers for itself.

Limits kept here then hold per process instead of for the whole site; they never turn into "allow".
"""

import logging
import time
from typing import Any, override

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
REST = 5.0  # seconds Redis is left alone after a failure, so that no request waits for it again


class SturdyRedisCache(RedisCache):
    """Redis, with memory as the stand-in while Redis cannot be reached."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._stand_in = LocMemCache("stand-in", {"OPTIONS": {"MAX_ENTRIES": 100_000}})
        self._back_at = 0.0

    def _ask(self, name: str, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self._back_at:
            try:
                return getattr(super(), name)(*args, **kwargs)
            except (RedisError, OSError):
                self._back_at = time.monotonic() + REST
                log.warning("cache is away; limits hold per process")
        return getattr(self._stand_in, name)(*args, **kwargs)

    @override
    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._ask("get", key, default, version)

    @override
    def set(self, key: Any, value: Any, timeout: Any = 300, version: int | None = None) -> None:
        self._ask("set", key, value, timeout, version)

    @override
    def add(self, key: Any, value: Any, timeout: Any = 300, version: int | None = None) -> bool:
        return bool(self._ask("add", key, value, timeout, version))

    @override
    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        return int(self._ask("incr", key, delta, version))

    @override
    def delete(self, key: Any, version: int | None = None) -> bool:
        return bool(self._ask("delete", key, version))

    @override
    def get_many(self, keys: Any, version: int | None = None) -> Any:
        return self._ask("get_many", keys, version)

    @override
    def set_many(self, data: Any, timeout: Any = 300, version: int | None = None) -> Any:
        return self._ask("set_many", data, timeout, version)

    @override
    def touch(self, key: Any, timeout: Any = 300, version: int | None = None) -> bool:
        return bool(self._ask("touch", key, timeout, version))

    @override
    def has_key(self, key: Any, version: int | None = None) -> bool:
        return bool(self._ask("has_key", key, version))

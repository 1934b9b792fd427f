"""The event loop never touches the ORM: a few threads do, each with its own connection."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import InterfaceError, OperationalError, connection

from community.foundation.errors import Busy

THREADS = 4
DEADLINE = 10.0  # seconds a socket's question may take before it is answered "busy"


def rest() -> None:
    """Give the connection back between jobs: to the pool on PostgreSQL; a SQLite file stays open, unless it broke."""
    if connection.vendor == "sqlite":
        connection.close_if_unusable_or_obsolete()
    else:
        connection.close()


class Threads:
    """Runs questions to the database off the loop."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="realtime")

    async def run[T](self, job: Callable[[], T]) -> T:
        """The answer of ``job``, asked in a thread. Raises Busy when the database is away or too slow."""
        loop = asyncio.get_running_loop()
        try:
            return await asyncio.wait_for(loop.run_in_executor(self._pool, self._rested, job), DEADLINE)
        except (OperationalError, InterfaceError, TimeoutError) as error:
            raise Busy from error

    def _rested[T](self, job: Callable[[], T]) -> T:
        try:
            return job()
        finally:
            rest()

    def leave(self) -> None:
        """End once what runs is done, without waiting for it."""
        self._pool.shutdown(wait=False)

    def stop(self) -> None:
        """Wait for what runs, and close each thread's connection."""
        for future in [self._pool.submit(_close_slowly) for _ in range(THREADS)]:
            future.result(timeout=DEADLINE)
        self._pool.shutdown(wait=True)


def _close_slowly() -> None:
    connection.close()

"""One server where there must be one: an embedded database or SINGLE_PROCESS refuses a second, in a sentence.

On SQLite it is a lock on a file beside the database, on PostgreSQL an advisory lock held by a connection of its own.
Both end with the process, however it ends. Commands may write beside the server.
"""

import fcntl
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

REFUSED = "Another Porchlight server already runs on this data. Stop it first, or give this one other data."
ADVISORY = 0x506F726368  # "Porch"

_held: list[Any] = []


def take_the_lock() -> None:
    """Take it for as long as this process lives. Raises ImproperlyConfigured when another server has it."""
    if not settings.SINGLE_PROCESS or _held:
        return
    _held.append(_lock_file() if connection.vendor == "sqlite" else _lock_in_database())


def _lock_file() -> Any:
    path = Path(str(settings.DATABASES["default"]["NAME"])).with_suffix(".lock")
    try:
        handle = path.open("a")  # kept open on purpose: the lock lives as long as it
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise ImproperlyConfigured(REFUSED) from error
    except OSError as error:
        raise ImproperlyConfigured(f"The data folder {path.parent} cannot be written to.") from error
    return handle


def _lock_in_database() -> Any:
    params = connection.get_connection_params()
    params.pop("pool", None)
    plain = {name: params[name] for name in ("host", "port", "user", "password", "dbname") if params.get(name)}
    own = psycopg.connect(**plain, autocommit=True)
    row = own.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY]).fetchone()
    if row is None or not row[0]:
        own.close()
        raise ImproperlyConfigured(REFUSED)
    return own

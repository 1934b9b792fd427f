"""The one place that asks what time it is, so that tests can turn it and nobody reads a naive time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import DEFAULT_DB_ALIAS, connections

MOMENT = {"sqlite": "SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')", "postgresql": "SELECT clock_timestamp()"}

_shift = timedelta()


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC) + _shift


def of_database() -> datetime:
    """This moment by the clock of the database, turned as ours is."""
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.execute(MOMENT[connection.vendor])
        (found,) = cursor.fetchone()
    return (datetime.fromisoformat(found).replace(tzinfo=UTC) if isinstance(found, str) else found) + _shift


def today(zone: str) -> date:
    """The calendar date in the IANA ``zone``; days are a person's own, never the server's."""
    return now().astimezone(ZoneInfo(zone)).date()


def moment(at: datetime | None) -> str | None:
    """RFC 3339 in UTC with ``Z``, to the millisecond: how every door says a time."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None


def on_the_wall(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment the clock on the wall of ``zone`` shows ``at``: the first one where it shows it twice, and where the

    clock is put forward over it, as long after as was skipped. A day that never was counts as skipped whole.
    """
    return datetime.combine(day, at, zone).astimezone(UTC).astimezone(zone)


@contextmanager
def turned(by: timedelta) -> Iterator[None]:
    """Live ``by`` later (or earlier) inside the block; for tests and for the demo's past weeks."""
    global _shift  # noqa: PLW0603 - one clock a process is the point
    before, _shift = _shift, _shift + by
    try:
        yield
    finally:
        _shift = before

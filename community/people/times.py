"""How long a device stays signed in: members for weeks, who works here for minutes (SAFETY.md 3)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from community.people.models import Session

IDLE = timedelta(days=14)  # PRODUCT.md 3.7: a member is signed out after 14 quiet days; staff: ``STAFF_IDLE``
TABLET_IDLE = timedelta(minutes=5)
TABLET_NOBODY = timedelta(minutes=15)  # somebody reads what they are asked to agree to
LOCKED_AFTER = timedelta(minutes=15)  # PRODUCT.md 3.7: where its person chose so
QUIET, LONG, LOCKED = "quiet", "long", "locked"  # why a session was over that ends sooner than others


def idle_of(row: "Session") -> timedelta:
    """How long this device may stay quiet."""
    if row.tablet:
        return TABLET_IDLE if row.person_id else TABLET_NOBODY
    idle: timedelta = settings.STAFF_IDLE if row.staff_since else IDLE
    return min(idle, LOCKED_AFTER) if row.locks else idle


def longest_of(row: "Session") -> datetime:
    """When this device is signed out however busy it is: SAFETY.md 3, 30 days; for staff 12 hours."""
    if row.staff_since:
        most: timedelta = settings.STAFF_MOST
        return row.staff_since + most
    return row.created + timedelta(seconds=settings.SESSION_COOKIE_AGE)


def expires_of(row: "Session", now: datetime) -> datetime:
    """When a device that is in use ``now`` is signed out if nobody uses it any more."""
    return min(now + idle_of(row), longest_of(row))


def over_of(row: "Session") -> str:
    """Why somebody finds themselves signed out, for the page that says it: "quiet", "long", "locked", or nothing."""
    if row.ended is not None or row.tablet or not (row.staff_since or row.locks):
        return ""
    if row.expires >= longest_of(row):
        return LONG if row.staff_since else ""
    return LOCKED if row.locks else QUIET

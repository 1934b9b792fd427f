"""Who may take a copy of what is theirs, and until when."""

from datetime import timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext as _

from community.foundation import clock, registers
from community.foundation.errors import Missing, NotAllowed
from community.foundation.rules import rule
from community.people.models import Person

STAYS_FOR = timedelta(days=90)  # PRODUCT.md 3.7, after the last seat, episode or duty ended


@rule
def may_copy(person: Person, _everything: None) -> bool:
    """Is part of something here, suspended or not, or was in the last 90 days; who never was, from when they came."""
    if person.closed is not None:
        return False
    now = clock.now()
    asked = (last_here(person, now) for last_here in registers.last_here)
    return any(at is not None and now - at <= STAYS_FOR for at in asked) or now - person.joined <= STAYS_FOR


def require_open(person: Person) -> None:
    """Raises Missing for who may not any more: then there is no such page."""
    if not may_copy(person, None):
        raise Missing


def refuse_on_tablets(session: SessionBase) -> None:
    """Raises NotAllowed on the clinic's tablet, which keeps nothing of anybody."""
    if getattr(session, "tablet", False):
        raise NotAllowed(_("This tablet is used by many people. Please take your copy on a device of your own."))

"""How soon a page goes on, and how often a call is tried again; as data (SAFETY 1 and 2)."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.cases.plans import Priority

#: Unanswered for so long, a page goes to the next on call. What is not here pages nobody.
NEXT_AFTER: Mapping[int, timedelta] = MappingProxyType(
    {Priority.P0: timedelta(minutes=3), Priority.P1: timedelta(minutes=60)}
)
CONTACT_AFTER = timedelta(minutes=8)  # then the program's emergency contact; for P0 alone
ANEW_AFTER = timedelta(minutes=15)  # a further sign pages anew unless somebody has it, and was paged since
PAUSES = tuple(timedelta(seconds=n) for n in (5, 10, 20, 40, 60, 120))  # the last one for as long as it takes
GIVEN_UP = timedelta(hours=24)  # an unanswered call is tried no more; its case stays open
KEPT = timedelta(days=90)  # after it was settled


class Why(models.TextChoices):
    """What made it ring."""

    OPENED = "opened"
    CRY = "cry"
    ASKED = "asked"
    FREE = "free"
    CAME = "came"
    TEST = "test"


#: What each further thing we were told of pages once, whoever asks for it.
TELLING = frozenset({Why.OPENED, Why.CRY, Why.ASKED})


class Level(models.TextChoices):
    """Whom a call is for."""

    ON_CALL = "on_call", _("On call")
    NEXT = "next", _("The next on call")
    LEAD = "lead", _("Who runs the program")
    CONTACT = "contact", _("The program’s emergency contact")


class Channel(models.TextChoices):
    UPDATE = "update"
    RING = "ring"
    MAIL = "mail"


class State(models.TextChoices):
    WAITING = "waiting"
    LEASED = "leased"
    SENT = "sent"
    DROPPED = "dropped"
    DEAD = "dead"


def pause_after(tries: int) -> timedelta:
    """How long to wait after this many tries that failed."""
    return PAUSES[min(tries, len(PAUSES)) - 1]

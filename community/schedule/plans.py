"""How a shift is kept honest, as data (SAFETY 1, "On duty"), and what may stand in a roster."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ASK_EVERY = timedelta(hours=2)
PATIENCE = timedelta(minutes=10)  # for the answer to a test page; after that nobody is said to be there
THIS_WEEK = timedelta(days=7)  # how long a channel that passed a test page counts as tried
SHIFT_LEAST, SHIFT_MOST = timedelta(minutes=30), timedelta(hours=24)
AHEAD_MOST = timedelta(days=92)  # how far ahead a shift may be planned
WEEKS_MOST = 8  # how often the same shift may be planned at once, a week apart
CONTACT_MOST = 60
BOTH = 2  # people on call, and channels, that round the clock asks for


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """When a shift is, on the clock of its program: from and until (before the start: the day after), and how often,

    a week apart.
    """

    day: date
    starts: time
    ends: time
    weeks: int = 1


class Hours(models.TextChoices):
    """When a program says that somebody reads."""

    STAFFED = "staffed", _("Staffed hours only")
    ROUND = "round", _("Round the clock")


class Way(models.TextChoices):
    """How somebody on call is reached; a test page passes each by itself."""

    UPDATE = "update", _("An update here, and mail")
    RING = "ring", _("The paging service, which rings")


class Ending(models.TextChoices):
    """Why somebody is on call no more."""

    OVER = "over", _("The shift is over")
    HANDED_BACK = "handed_back", _("Handed back")
    SILENT = "silent", _("No answer to the test page")
    CALLED_OFF = "called_off", _("The shift was called off")
    LEFT = "left", _("Works there no more")


def lack_words(missing: str) -> str | Promise:
    """What round the clock still needs, as a sentence."""
    if missing == Way.UPDATE:
        return _("Nobody answered a test page among their updates this week.")
    if missing == Way.RING:
        return _("The paging service rang for nobody’s test page this week.")
    return _("Two people must have answered a test page this week.")

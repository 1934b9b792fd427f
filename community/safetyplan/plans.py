"""The six steps of a safety plan (Stanley and Brown) and one reason, in their order: what each asks, as data."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AGAIN = timedelta(days=30)  # after which it is worth another look
WORDS_MOST = 2000
EARLIER_MOST = 50  # of a step; older words give way


class Part(models.TextChoices):
    """From what one can do alone to what others do, as the plan is used; the reason stands apart."""

    SIGNS = "warning_signs", _("Warning signs")
    ALONE = "alone", _("Things I can do on my own")
    AROUND = "around", _("People and places that take my mind off it")
    PEOPLE = "people", _("People I can ask for help")
    HELPERS = "professionals", _("Professionals and places to turn to")
    PLACE = "place", _("Making the place around me safe")
    REASON = "reason", _("One reason")


HINTS: Mapping[Part, Promise] = MappingProxyType(
    {
        Part.SIGNS: _("Thoughts, feelings, or things you do, by which you notice that a hard time is coming."),
        Part.ALONE: _("What has helped you get through before, without anybody else: a walk, a shower, a song."),
        Part.AROUND: _("Who you can be with, or where you can go, without talking about it."),
        Part.PEOPLE: _("Whom you would tell that you need help. Write down how to reach them."),
        Part.HELPERS: _("Who treats you, a clinic, a line to call. 988 answers day and night."),
        Part.PLACE: _("What you move out of reach, hand to somebody, or lock away, and who helps you with it."),
        Part.REASON: _("What is worth staying for. One is enough."),
    }
)


def number_of(part: Part) -> int | None:
    """Which of the six steps it is; the reason is none of them."""
    return None if part == Part.REASON else list(Part).index(part) + 1


def after(part: Part) -> Part | None:
    """What comes next."""
    parts = list(Part)
    place = parts.index(part) + 1
    return parts[place] if place < len(parts) else None

"""What people agreed to: which words, for which purpose, when, and when they took it back."""

import uuid
from typing import ClassVar, override

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.consent.querysets import ConsentQuerySet
from community.consent.texts import Text, kept
from community.people.models import Person

SUBJECT_MOST = 80


class Purpose(models.TextChoices):
    """What an agreement is for. Each has its words in texts/."""

    AGREEMENT = "agreement", _("How we are with each other here")
    ROOM = "room", _("Who reads what you write")
    DUTY = "duty", _("What the team must act on")
    ALUMNI_ROOM = "alumni_room", _("A seat in an alumni room")
    MENTORING = "mentoring", _("Being a mentor")
    MATCHED = "matched", _("Looking for a mentor for you")
    EMERGENCY_SHEET = "emergency_sheet", _("An emergency sheet")


class Channel(models.TextChoices):
    """Where it was given."""

    PAGE = "page", _("On a page")
    API = "api", _("By a program of their own")
    PAPER = "paper", _("On paper")


class ConsentRecord(models.Model):
    """One agreement. A row is never edited: taking it back and replacing it by newer words are dates set once.

    ``subject`` is what it is about, as ``kind:id``, empty for this place as a whole. ``version``, ``language`` and
    ``digest`` name the exact words that were shown.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    subject = models.CharField(max_length=SUBJECT_MOST, blank=True, default="")
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=5)
    digest = models.CharField(max_length=64)
    channel = models.CharField(max_length=5, choices=Channel)
    given = models.DateTimeField()
    revoked = models.DateTimeField(null=True)
    superseded = models.DateTimeField(null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "purpose", "subject"],
                condition=Q(revoked=None, superseded=None),
                name="consent_live_once",
            ),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="consent_purpose_is_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="consent_channel_is_known"),
            models.CheckConstraint(condition=Q(revoked=None) | Q(superseded=None), name="consent_ends_one_way"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_live(self) -> bool:
        return self.revoked is None and self.superseded is None

    @property
    def text(self) -> Text:
        """The text that was shown."""
        return kept(self.purpose, self.version, self.language, self.digest)

    @property
    def parts(self) -> list[str]:
        """The words that were shown, a line a part."""
        return self.text.parts

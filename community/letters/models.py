"""A letter: one neutral line on its way out of the house, by mail or to a phone. It holds no words."""

import uuid
from typing import ClassVar, override

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.foundation import crypto
from community.letters.querysets import LetterQuerySet
from community.people.models import Person


class Kind(models.TextChoices):
    UPDATE = "update", _("You have an update")
    NEW_PASSWORD = "new_password", _("A link for a new password")
    FORMER_ADDRESS = "former_address", _("An address signs in no longer")


class Channel(models.TextChoices):
    MAIL = "mail", _("E-mail")
    SMS = "sms", _("Text message")


class State(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    LEASED = "leased", _("Being sent")
    SENT = "sent", _("Sent")
    DROPPED = "dropped", _("No longer wanted")
    DEAD = "dead", _("Given up")


class Letter(models.Model):
    """``due`` is when it may go. Whoever sends it holds it until ``lease``; after that it is anybody's again.

    ``always``: sent whatever was chosen, at any hour. ``address`` is what somebody typed who asked for a new password,
    known here or not, and ``site`` where they typed it; or an address that signed somebody in until now. Both are gone
    once the letter is settled. ``fault`` is a code.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.MAIL)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    address = models.CharField(max_length=254, blank=True)
    site = models.CharField(max_length=260, blank=True)
    always = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    due = models.DateTimeField()
    lease = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=60, blank=True)
    created = models.DateTimeField()
    settled = models.DateTimeField(null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due"], name="letter_due", condition=models.Q(state__in=["waiting", "leased"])),
            models.Index(fields=["person", "kind", "state"], name="letter_of_person"),
            models.Index(fields=["settled"], name="letter_settled"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class Reach(models.Model):
    """How somebody wants to hear that there is an update while they are away: not at all, unless they say so."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="reach")
    mail = models.BooleanField(default=False)
    sms = models.BooleanField(default=False)
    phone_sealed = models.TextField(blank=True)

    phone = crypto.Sealed()

    @override
    def __str__(self) -> str:
        return str(self.pk)

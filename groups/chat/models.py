"""Words in a group, and the wordings they had before."""

import uuid
from typing import Any, ClassVar, override

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from groups.chat.querysets import MessageQuerySet, PinQuerySet
from groups.membership.models import Group, Membership

NOTE_MOST = 80


class Kind(models.TextChoices):
    TEXT = "text", _("Text")
    SYSTEM = "system", _("System line")
    CELEBRATION = "celebration", _("Celebration")
    CARD = "card", _("Card")


class Removed(models.TextChoices):
    AUTHOR = "author", _("Taken back by its author")
    MODERATOR = "moderator", _("Hidden by a moderator")
    HELD = "held", _("Waiting for a facilitator")


class ReactionName(models.TextChoices):
    WITH_YOU = "with_you", _("With you")
    THANK_YOU = "thank_you", _("Thank you")
    STRENGTH = "strength", _("Strength")
    HOPE = "hope", _("Hope")
    ME_TOO = "me_too", _("Me too")
    HUG = "hug", _("Hug")


class Message(models.Model):
    """One message. The row is also the log entry: ``version`` is that of its last change, and no second row is needed.

    ``reactions`` is ``{name: {member id: version}}``: in the row, so that a change and who may see it are read in one
    statement; the version says when each was given, for those who may only look back. ``key`` is the author's client's;
    ``digest`` (keyed) of the first words tells a repeat from another message under the same key. A removed message has
    no body; a held one keeps it for who decides, and ``released`` is the version at which it was let stand. ``seat`` is
    the author's seat then, for alias, role and member id. ``sought`` is what it is found by (search.py), and nothing
    where there are no words to read; the indexes of both databases follow this column by themselves. ``card`` is what a
    celebration is drawn from (cards.py), in the language of the program. ``tells_days``: it says how many days somebody
    has, so a seat that hears of none does not show it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    seat = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    position = models.PositiveBigIntegerField()
    version = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.TEXT)
    body = models.TextField(null=True)  # noqa: DJ001 - no words is not the same as empty words
    content_note = models.CharField(max_length=NOTE_MOST, null=True)  # noqa: DJ001 - as above
    reply_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    reply_position = models.PositiveBigIntegerField(null=True)
    reactions = models.JSONField(default=dict)
    created = models.DateTimeField()
    edited = models.DateTimeField(null=True)
    removed = models.CharField(max_length=10, choices=Removed, null=True)  # noqa: DJ001 - null: not removed
    released = models.PositiveBigIntegerField(null=True)
    key = models.UUIDField()
    digest = models.CharField(max_length=64)
    sought = models.TextField(null=True)  # noqa: DJ001 - null: not to be found
    card = models.JSONField(null=True)
    tells_days = models.BooleanField(default=False, db_default=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "position"], name="message_position_once"),
            models.UniqueConstraint(fields=["group", "version"], name="message_version_once"),
            models.UniqueConstraint(fields=["group", "author", "key"], name="message_key_once"),
            models.CheckConstraint(
                condition=models.Q(removed=None, body__isnull=False)
                | models.Q(removed=Removed.HELD)
                | models.Q(removed__in=[Removed.AUTHOR, Removed.MODERATOR], body=None),
                name="message_removed_words_are_gone",
            ),
            models.CheckConstraint(
                condition=models.Q(sought=None) | models.Q(removed=None), name="message_removed_words_are_not_found"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["group", "created"], name="message_group_created")]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    def reaction_names_of(self, member_id: Any) -> list[str]:
        return [name for name, given in self.reactions.items() if str(member_id) in given]


class Wording(models.Model):
    """What a message said before it was edited or removed; for who must look into it, and for who may only look back.

    ``until`` is the version of the change that replaced it.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="wordings")
    body = models.TextField()
    content_note = models.CharField(max_length=NOTE_MOST, null=True)  # noqa: DJ001 - as on the message
    until = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["message", "until"], name="wording_once")]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class Pin(models.Model):
    """A message that who keeps its room put where everybody finds it, up to three a room; it goes with the words."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, primary_key=True, related_name="pin")
    at = models.DateTimeField()

    objects = PinQuerySet.as_manager()

    @override
    def __str__(self) -> str:
        return str(self.pk)

"""What of a person's milestones is shared, with whom, and when to look at them next."""

import uuid
from typing import ClassVar, override

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.foundation import crypto
from community.milestones.models import Run
from community.milestones.plans import LABEL_MOST
from groups.celebrations.querysets import CelebrationQuerySet, PlaceQuerySet, StandingQuerySet, WatchQuerySet
from groups.chat.models import Message
from groups.membership.models import Group

WORDS_MOST = 300
CODE_MOST = 8


class State(models.TextChoices):
    ASKED = "asked", _("Waiting for an answer")
    YES = "yes", _("To be shared")
    NOT_THIS_TIME = "not_now", _("Not this time")
    POSTED = "posted", _("Shared")
    WITHDRAWN = "withdrawn", _("Taken back")


#: What still may be posted.
OPEN = (State.ASKED, State.YES)
#: What counts as announced for ever, whatever became of it.
ANNOUNCED = (State.POSTED, State.WITHDRAWN)


class Watch(models.Model):
    """When to look at a run again, to ask or to post. ``asks``: its person wants to be asked at all.

    ``failed``: when the last look at it failed, if it did.
    """

    run = models.OneToOneField(Run, on_delete=models.CASCADE, primary_key=True, related_name="watch")
    next_at = models.DateTimeField(db_index=True)
    asks = models.BooleanField(default=True)
    failed = models.DateTimeField(null=True)

    objects = WatchQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["failed"], name="celebration_watch_failed", condition=Q(failed__isnull=False))
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class Standing(models.Model):
    """A standing yes: what this run reaches may be shared with this group. A new count begins with none."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="standing")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "group"], name="standing_once")]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class Celebration(models.Model):
    """One step of one run, asked about and, if its person wants that, shared: once, whatever comes.

    Their own words lie sealed until they are posted; then they stand in the rooms alone. ``posted_on`` is the day it
    was where they live. ``label``: what their program called the step then, if it has a name of its own for it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="celebrations")
    code = models.CharField(max_length=CODE_MOST)
    label = models.CharField(max_length=LABEL_MOST, blank=True, default="")
    due = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    words_sealed = models.TextField(blank=True, default="")
    created = models.DateTimeField()
    posted = models.DateTimeField(null=True)
    posted_on = models.DateField(null=True)

    objects = CelebrationQuerySet.as_manager()
    words = crypto.Sealed()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "code"], name="celebration_once"),
            models.UniqueConstraint(fields=["run", "posted_on"], name="celebration_once_a_day"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="celebration_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=ANNOUNCED, posted__isnull=False, posted_on__isnull=False)
                | Q(posted=None, posted_on=None),
                name="celebration_is_posted_whole",
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def waits(self) -> bool:
        """Whether it may still be answered, changed and posted."""
        return self.state in OPEN


class Place(models.Model):
    """A group a celebration is meant for; once posted, the ``message`` that shows it, and the group's ``day`` then."""

    celebration = models.ForeignKey(Celebration, on_delete=models.CASCADE, related_name="places")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, null=True, related_name="celebrated")
    day = models.DateField(null=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["celebration", "group"], name="celebration_place_once"),
            models.CheckConstraint(
                condition=Q(message=None, day=None) | Q(message__isnull=False, day__isnull=False),
                name="celebration_place_is_posted_whole",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["group", "day"], name="celebration_place_day")]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class Pulse(models.Model):
    """One row: when the scan last ran, and whether it stands still because a clock seemed wrong (``why``)."""

    class Why(models.TextChoices):
        JUMP = "jump", _("The clock jumped by more than a day and a half")
        APART = "apart", _("The clocks of the site and its database are apart")

    last = models.DateTimeField()
    stopped = models.DateTimeField(null=True)
    why = models.CharField(max_length=6, choices=Why, blank=True, default="")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="pulse_is_one_row")]

    @override
    def __str__(self) -> str:
        return "pulse"

"""What of a person's milestones is shared, with whom, and when to look at them next."""

import uuid
from datetime import date, timedelta
from typing import ClassVar, override

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.foundation import crypto
from community.milestones.models import Run
from community.milestones.plans import LABEL_MOST
from community.people.models import Person
from community.programs.models import Enrollment
from groups.celebrations.querysets import (
    CelebrationManager,
    LetGoManager,
    PlaceQuerySet,
    StandingQuerySet,
    WatchQuerySet,
)
from groups.chat.models import Message
from groups.membership.models import Group

WORDS_MOST = 300
CODE_MOST = 10
TOMORROW = timedelta(days=1)


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

    ``failed``: when the last look at it failed, if it did. The watch of a run that ended is kept for who undoes that.
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
    """One step of one run, or the end of one episode, asked about and, if its person wants that, shared: once.

    Their own words lie sealed until they are posted; then they stand in the rooms alone. ``posted_on`` is the day it
    was where they live. ``label``: what their program called the step then, if it has a name of its own for it.
    ``let_go``: since when it is none any more, because a new count began; only an undo still finds it
    (``Celebration.put_by``), for as long as that can be undone. ``next_at``: when to look again at one about an
    ``episode``; a run has its watch. ``later``: a later day on which its person wants it shared, as they said on
    ``said_on``, a day of theirs.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="celebrations")
    run = models.ForeignKey(Run, on_delete=models.CASCADE, null=True, related_name="celebrations")
    episode = models.ForeignKey(Enrollment, on_delete=models.CASCADE, null=True, related_name="celebrations")
    code = models.CharField(max_length=CODE_MOST)
    label = models.CharField(max_length=LABEL_MOST, blank=True, default="")
    due = models.DateField()
    later = models.DateField(null=True)
    said_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    words_sealed = models.TextField(blank=True, default="")
    created = models.DateTimeField()
    posted = models.DateTimeField(null=True)
    posted_on = models.DateField(null=True)
    let_go = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True, db_index=True)

    objects = CelebrationManager()
    put_by = LetGoManager()
    words = crypto.Sealed()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "code"], name="celebration_once"),
            models.UniqueConstraint(fields=["episode", "code"], name="celebration_once_an_episode"),
            models.UniqueConstraint(fields=["run", "posted_on"], name="celebration_once_a_day"),
            models.CheckConstraint(
                condition=Q(run=None, episode__isnull=False) | Q(run__isnull=False, episode=None),
                name="celebration_is_about_one_thing",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="celebration_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=ANNOUNCED, posted__isnull=False, posted_on__isnull=False)
                | Q(posted=None, posted_on=None),
                name="celebration_is_posted_whole",
            ),
            models.CheckConstraint(condition=Q(let_go=None) | Q(state__in=OPEN), name="celebration_let_go_waited"),
            models.CheckConstraint(
                condition=Q(later=None, said_on=None)
                | Q(later__gt=F("due"), said_on__isnull=False, said_on__lte=F("later"), state=State.YES),
                name="celebration_put_off_was_said",
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def waits(self) -> bool:
        """Whether it may still be answered, changed and posted."""
        return self.state in OPEN

    @property
    def day(self) -> date:
        """The day on which it is shared: its own, or the later one its person chose."""
        return self.later or self.due

    @property
    def said_far_ahead(self) -> bool:
        """Whether its person said of a day further ahead than tomorrow that it may be shared then."""
        return self.later is not None and self.said_on is not None and self.later - self.said_on > TOMORROW

    @property
    def tells_days(self) -> bool:
        """Whether it is of who counts days: of a count, or of a program that counts them. Needs its program."""
        return self.episode is None or self.episode.program.profile.counts_days


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

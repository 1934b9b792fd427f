"""Where people talk, and each person's dated seat there."""

import uuid
from datetime import datetime
from typing import ClassVar, override

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.people.models import ALIAS_MOST, Person
from community.programs.models import Cohort, Program, Track
from groups.membership.querysets import KEEPERS, READABLE_AFTER, GroupQuerySet, MembershipQuerySet


class Kind(models.TextChoices):
    COHORT = "cohort", _("Cohort")
    ALUMNI = "alumni", _("Alumni")
    INTEREST = "interest", _("Interest")
    FAMILY = "family", _("Family")
    STAFF = "staff", _("Staff")
    PAIR = "pair", _("Two people")


class Role(models.TextChoices):
    MEMBER = "member", _("Member")
    CO_HOST = "co_host", _("Co-host")
    MODERATOR = "moderator", _("Moderator")
    FACILITATOR = "facilitator", _("Facilitator")
    OBSERVER = "observer", _("Observer")


def hue_of(found: uuid.UUID) -> int:
    """Which of the twelve pebble colors stands for an id, here and in the page's script."""
    return found.bytes[0] % 12


class Group(models.Model):
    """A moderated place to talk, with three counters that only change under this row's lock.

    ``position`` numbers messages, gap-free; ``version`` numbers changes; ``seats`` numbers what changes who may read.
    ``cohort``: whose home it is; a program has one alumni room. ``held``: what members write waits for a facilitator.
    ``history_days``: what a new seat sees of before. ``quiet_until``: until then no day is celebrated there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, null=True, related_name="+")
    cohort = models.OneToOneField(Cohort, on_delete=models.PROTECT, null=True, related_name="group")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=80)
    history_days = models.PositiveSmallIntegerField(default=7)
    held = models.BooleanField(default=False)
    quiet_until = models.DateTimeField(null=True)
    position = models.PositiveBigIntegerField(default=0)
    version = models.PositiveBigIntegerField(default=0)
    seats = models.PositiveBigIntegerField(default=0)
    created = models.DateTimeField()

    objects = GroupQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="group_kind_is_known"),
            models.CheckConstraint(
                condition=models.Q(version__gte=models.F("position")), name="group_version_counts_all"
            ),
            models.UniqueConstraint(
                fields=["program"], condition=models.Q(kind="alumni"), name="group_alumni_room_once_a_program"
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def language(self) -> str:
        """What its room is told in: as its cohort is, else its program, else as this place is."""
        if self.cohort is not None:
            return self.cohort.spoken
        return self.program.language if self.program else settings.LANGUAGE_CODE

    @property
    def track(self) -> str:
        """Whose content rules hold in it; a room of no program keeps those of most."""
        return self.program.track if self.program else Track.ADDICTION

    @property
    def hue(self) -> int:
        """Which of the twelve pebble colors stands for it."""
        return hue_of(self.pk)

    @property
    def shape(self) -> int:
        """Which of the three pebble shapes stands for it."""
        return self.pk.bytes[1] % 3

    @property
    def readable_after(self) -> bool:
        """Whether somebody whose seat ended keeps reading their own span."""
        return self.kind in READABLE_AFTER


class Membership(models.Model):
    """One seat: from ``began`` until ``ended``. A person who comes back gets a new one with the same ``member_id``.

    It shows positions above ``reads_from`` up to ``reads_until`` (None while held), changes up to ``sees_until`` and
    names as they were at ``seats_until``. ``named_here``: the alias was chosen for this group alone.
    ``writes_until`` closes writing before the seat ends; so does ``agrees``, False while its person has taken back what
    everybody agrees to before they write. ``hears_days``: False while its person's program counts no days; then it
    shows no message that tells of days. ``muted``: its person chose to hear nothing new of the room outside it; nobody
    else is told. ``taken`` says that somebody who keeps the room ended it, ``closed`` that what
    it showed stays closed to them once they hold no seat here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    member_id = models.UUIDField(default=uuid.uuid4)
    role = models.CharField(max_length=12, choices=Role, default=Role.MEMBER)
    alias = models.CharField(max_length=ALIAS_MOST)
    named_here = models.BooleanField(default=False)
    began = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    taken = models.BooleanField(default=False)
    closed = models.BooleanField(default=False)
    reads_from = models.PositiveBigIntegerField(default=0)
    reads_until = models.PositiveBigIntegerField(null=True)
    sees_until = models.PositiveBigIntegerField(null=True)
    seats_until = models.PositiveBigIntegerField(null=True)
    writes_until = models.DateTimeField(null=True)
    agrees = models.BooleanField(default=True)
    hears_days = models.BooleanField(default=True, db_default=True)
    muted = models.BooleanField(default=False, db_default=False)
    read = models.PositiveBigIntegerField(default=0)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "person"], condition=models.Q(ended=None), name="seat_once_at_a_time"
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="seat_role_is_known"),
            models.CheckConstraint(
                condition=models.Q(ended=None, reads_until=None, sees_until=None)
                | models.Q(ended__isnull=False, reads_until__isnull=False, sees_until__isnull=False),
                name="seat_ends_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "ended"], name="seat_person_ended"),
            models.Index(fields=["group", "member_id"], name="seat_group_member"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def hue(self) -> int:
        """Which of the twelve pebble colors stands for this member."""
        return hue_of(self.member_id)

    @property
    def shape(self) -> int:
        """Which of the three pebble shapes stands for this member."""
        return self.member_id.bytes[1] % 3

    @property
    def keeps(self) -> bool:
        """Whether this seat keeps the room safe."""
        return self.role in KEEPERS

    def writes_at(self, moment: datetime) -> bool:
        """Whether this seat may write at ``moment``; an observer never does."""
        open_still = self.writes_until is None or moment < self.writes_until
        return self.ended is None and self.agrees and self.role != Role.OBSERVER and open_still


class FormerName(models.Model):
    """How a seat was called, and its role, before that changed; for who may only look back at the room they left.

    ``until`` is the group's ``seats`` at the change that replaced it.
    """

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="former_names")
    alias = models.CharField(max_length=ALIAS_MOST)
    role = models.CharField(max_length=12, choices=Role)
    until = models.PositiveBigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["membership", "until"], name="former_name_once")]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class Restriction(models.Model):
    """What somebody who keeps the room asked of one member: a pause, a hold, a slower pace. One row a seat."""

    membership = models.OneToOneField(
        Membership, on_delete=models.CASCADE, related_name="restriction", primary_key=True
    )
    muted_until = models.DateTimeField(null=True)
    hold_next = models.PositiveSmallIntegerField(default=0)
    slow_seconds = models.PositiveIntegerField(default=0)
    last_post = models.DateTimeField(null=True)

    @override
    def __str__(self) -> str:
        return str(self.pk)

"""What somebody told us about words or a person in a room, with the words as they stood."""

import uuid
from datetime import datetime
from typing import ClassVar, override

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.cases.models import Case, Kept
from community.cases.plans import TOLD
from community.foundation import crypto
from community.people.models import Person
from groups.chat.models import Message
from groups.membership.models import Group, Membership
from groups.moderation.plans import (
    APPEAL_WITHIN,
    BEYOND_A_ROOM,
    FELT,
    HOLD_MOST,
    LASTING,
    MESSAGES_MOST,
    Action,
    Answer,
    Side,
    Verdict,
)
from groups.moderation.querysets import DecisionQuerySet, ProposalQuerySet, ReportQuerySet

NOTE_MOST = 1000


class Danger(models.TextChoices):
    """Could they be in danger right now?"""

    YES = "yes", _("Yes")
    UNSURE = "unsure", _("Not sure")
    NO = "no", _("No")


class Report(Kept):
    """Somebody asked us to look at a message, or at a member. The same person, thing and reason is one report a case.

    ``seat`` is that of whom it is about. ``kept`` is the message with what stood five either side. ``named``: they may
    be told who told us. ``tell_back`` is from when on the reporter is told that it was looked at, ``told_back`` when
    they were.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    reporter = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=24, choices=[(one.value, one.label) for one in TOLD])
    danger = models.CharField(max_length=6, choices=Danger, blank=True, default="")
    named = models.BooleanField(default=False)
    note_sealed = models.TextField(blank=True, default="")
    made = models.DateTimeField()
    tell_back = models.DateTimeField(null=True)
    told_back = models.DateTimeField(null=True)

    objects = ReportQuerySet.as_manager()
    note = crypto.Sealed()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reporter", "message", "reason", "case"],
                condition=Q(message__isnull=False),
                name="report_of_a_message_once",
            ),
            models.UniqueConstraint(
                fields=["reporter", "seat", "reason", "case"],
                condition=Q(message=None),
                name="report_of_a_member_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tell_back"], condition=Q(told_back=None), name="report_to_tell_back")
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class Decision(models.Model):
    """What somebody decided in a case about somebody, in the exact words they read (encrypted).

    ``seat`` is theirs in the room it is about. ``count``: how many messages wait; ``until``: when they write again, or
    are back in their rooms. ``seconded_by``: who said yes to it, where two have to.
    They are told at ``tell_at``. ``lifted``: when an appeal undid it; ``instead_of``: what it is the rest of.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=8, choices=Action)
    words_sealed = models.TextField()
    count = models.PositiveSmallIntegerField(null=True)
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    seconded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    tell_at = models.DateTimeField()
    told = models.DateTimeField(null=True)
    lifted = models.DateTimeField(null=True)
    instead_of = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    objects = DecisionQuerySet.as_manager()
    words = crypto.Sealed()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(action__in=Action.values), name="decision_action_is_known"),
            models.CheckConstraint(
                condition=Q(action=Action.HIDE, message__isnull=False) | ~Q(action=Action.HIDE),
                name="decision_hides_a_message",
            ),
            models.CheckConstraint(
                condition=Q(action__in=LASTING, until__isnull=False) | (~Q(action__in=LASTING) & Q(until=None)),
                name="decision_lasts_until",
            ),
            models.CheckConstraint(condition=~Q(by=F("seconded_by")), name="decision_by_two_people"),
            models.CheckConstraint(
                condition=~Q(action=Action.BAN) | Q(seconded_by__isnull=False), name="decision_for_good_is_by_two"
            ),
            models.CheckConstraint(
                condition=Q(action=Action.HOLD, count__gte=1, count__lte=HOLD_MOST)
                | (~Q(action=Action.HOLD) & Q(count=None)),
                name="decision_holds_some",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tell_at"], condition=Q(told=None), name="decision_to_tell"),
            models.Index(fields=["person", "-at"], name="decision_of_person"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def appeal_until(self) -> datetime:
        """Until when its person may ask that it is looked at again."""
        return self.tell_at + APPEAL_WITHIN

    @property
    def is_beyond_a_room(self) -> bool:
        return self.action in BEYOND_A_ROOM

    @property
    def is_felt(self) -> bool:
        return self.action in FELT


class Proposal(models.Model):
    """What one person would have follow. A second one says yes to it until ``until``, or nothing does.

    ``hours``: for how long, from that yes on (None: for good). ``answer``: what became of it, by whom; nobody, where
    its time was over.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proposals")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=8, choices=Action)
    hours = models.PositiveSmallIntegerField(null=True)
    words_sealed = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()
    answer = models.CharField(max_length=4, choices=Verdict, blank=True, default="")
    answered = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ProposalQuerySet.as_manager()
    words = crypto.Sealed()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=Q(answer=""), name="proposal_waits_once_a_case"),
            models.CheckConstraint(
                condition=Q(action=Action.BAN, hours=None) | Q(action=Action.SUSPEND, hours__gte=1),
                name="proposal_is_beyond_a_room",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered=None, answered_by=None)
                | Q(answer=Verdict.OVER, answered__isnull=False, answered_by=None)
                | Q(answer__in=[Verdict.YES, Verdict.NO, Verdict.BACK], answered_by__isnull=False),
                name="proposal_is_answered_whole",
            ),
            models.CheckConstraint(
                condition=~Q(answer=Verdict.YES) | ~Q(by=F("answered_by")), name="proposal_is_seconded_by_another"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["until"], condition=Q(answer=""), name="proposal_waiting_until")]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    def waits_at(self, moment: datetime) -> bool:
        """Whether somebody may still say yes."""
        return not self.answer and moment < self.until


class Appeal(models.Model):
    """Somebody asks that a decision about them is looked at again, by somebody else; once. Words are encrypted."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="appeal", primary_key=True)
    words_sealed = models.TextField()
    made = models.DateTimeField()
    due = models.DateTimeField()
    answer = models.CharField(max_length=6, choices=Answer, blank=True, default="")
    answer_words_sealed = models.TextField(blank=True, default="")
    decided = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    words = crypto.Sealed()
    answer_words = crypto.Sealed()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answer="", decided=None, decided_by=None)
                | Q(answer__in=Answer.values, decided__isnull=False, decided_by__isnull=False),
                name="appeal_is_decided_whole",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["due"], condition=Q(decided=None), name="appeal_open_by_due")]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class AppealMessage(models.Model):
    """What one ``side`` wrote after an appeal was made and before it is decided, in order. Words are encrypted.

    ``by``: who of those who look at it again. Nobody reads that; they are told when its person writes once more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="messages")
    number = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=5, choices=Side)
    words_sealed = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    words = crypto.Sealed()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["appeal", "number"], name="appeal_message_in_order"),
            models.CheckConstraint(
                condition=Q(side__in=Side.values, number__gte=1, number__lte=2 * (MESSAGES_MOST - 1)),
                name="appeal_message_is_one_of_few",
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

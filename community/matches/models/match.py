import uuid
from datetime import date, datetime, timedelta
from typing import ClassVar, override
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.foundation import crypto
from community.matches.plans.codes import GOODBYE_BEFORE, OPEN, PLACED, UNDO_LASTS, WALKING, Kind, Reason, State
from community.matches.querysets import MatchQuerySet
from community.mentoring.models import Mentor, MentorRequest
from community.people.models import Person
from community.programs.models import Program

NOTE_MOST = 1000
AIMS_MOST = 300
STATES = {
    State.PROPOSED: pgettext_lazy("where two people stand", "Suggested"),
    State.SHORTLISTED: pgettext_lazy("where two people stand", "To choose from"),
    State.OFFERED: pgettext_lazy("where two people stand", "Asked"),
    State.INTRODUCTORY: pgettext_lazy("where two people stand", "First two weeks"),
    State.ACTIVE: pgettext_lazy("where two people stand", "Together"),
    State.PAUSED: pgettext_lazy("where two people stand", "Taking a break"),
    State.ENDED: pgettext_lazy("where two people stand", "Ended"),
    State.DECLINED: pgettext_lazy("where two people stand", "Not chosen"),
    State.EXPIRED: pgettext_lazy("where two people stand", "Ran out"),
    State.WITHDRAWN: pgettext_lazy("where two people stand", "Taken back"),
}
REASON_WORDS = {
    Reason.NO_TIME: _("No time for it now"),
    Reason.NOT_A_FIT: _("Not the right fit"),
    Reason.KNOWN: _("They know each other from elsewhere"),
    Reason.SOMEBODY_ELSE: _("Would like somebody else"),
    Reason.NOT_SAID: _("No reason given"),
    Reason.FINISHED: _("It came to its end"),
    Reason.STAFF: _("Staff ended it"),
    Reason.MENTOR_LEFT: _("Is a mentor no more"),
    Reason.NOT_WAITING: _("The request waits no more"),
    Reason.MATCHED: _("Has a mentor"),
    Reason.RAN_OUT: _("No answer in time"),
    Reason.RULES: _("Not possible any more"),
    Reason.COVER_OVER: _("Standing in came to its end"),
    Reason.DIED: _("One of them has died"),
}


class Match(models.Model):
    """A mentee and a mentor, from the proposal to the end. A new try is a new row.

    ``guide``: the person who is the mentor. ``request``: what the mentee hoped for, and their place in line. ``since``:
    when it came to its ``state``; ``until``: when that state has waited long enough (cards, offers, the first days, a
    break, standing in). ``fit``, of 1,000, and ``parts`` are as they were when it was proposed, and nobody is shown the
    number. ``approved_by``: who of staff said yes or no to the card.
    ``note``: why staff suggest them; encrypted. It and ``parts`` are gone 90 days after it is over.
    ``accepted``: when both had said yes. ``mentee_keeps`` and ``guide_keeps``: when each, asked alone, said to keep
    going. ``paused_from`` and ``paused_by``: where they come back to, and who may say so. ``mentee_calls`` and
    ``guide_calls``: phone numbers show only while both are set; each is what its owner typed for this match alone,
    encrypted, and gone when they take it back or it ends. ``asked``: when the mentee asked this mentor.
    ``not_again``: these two are not proposed to each other any more. ``covers``: for whom this one stands in.
    ``aims``: what the two want from this, as both said; ``aims_wished``: as ``aims_wished_by`` would have it; both are
    encrypted, and gone when it ends. ``goodbye_asked``: when both were asked for a word to say goodbye.
    ``rested``: how long all breaks were. ``asks``: when both are asked next how it goes. ``mentee_wrote`` and
    ``guide_wrote``: when each last wrote in their room, to the hour; ``talked``: when both had for the first time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(MentorRequest, on_delete=models.CASCADE, related_name="matches")
    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="matches")
    mentee = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="matches_as_mentee")
    guide = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="matches_as_mentor")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="matches")
    kind = models.CharField(max_length=7, choices=[(one.value, one.value) for one in Kind], default=Kind.PRIMARY.value)
    covers = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="stand_ins")
    state = models.CharField(
        max_length=12, choices=[(one.value, words) for one, words in STATES.items()], default=State.PROPOSED.value
    )
    made = models.DateTimeField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reminded = models.BooleanField(default=False)
    approved_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    fit = models.PositiveSmallIntegerField()
    parts = models.JSONField(default=dict)
    note_sealed = models.TextField(blank=True, default="")
    asked = models.DateTimeField(null=True)
    accepted = models.DateTimeField(null=True)
    mentee_keeps = models.DateTimeField(null=True)
    guide_keeps = models.DateTimeField(null=True)
    paused_from = models.CharField(max_length=12, blank=True, default="")
    paused_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    planned_end = models.DateField(null=True)
    end_wished_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    end_wished = models.DateField(null=True)
    mentee_calls = models.BooleanField(default=False)
    guide_calls = models.BooleanField(default=False)
    mentee_number_sealed = models.TextField(blank=True, default="")
    guide_number_sealed = models.TextField(blank=True, default="")
    aims_sealed = models.TextField(blank=True, default="")
    aims_wished_sealed = models.TextField(blank=True, default="")
    aims_wished_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    goodbye_asked = models.DateTimeField(null=True)
    rested = models.DurationField(default=timedelta)
    asks = models.DateTimeField(null=True)
    mentee_wrote = models.DateTimeField(null=True)
    guide_wrote = models.DateTimeField(null=True)
    talked = models.DateTimeField(null=True)
    reason = models.CharField(max_length=13, blank=True, default="")
    not_again = models.BooleanField(default=False)

    objects = MatchQuerySet.as_manager()
    note = crypto.Sealed()
    mentee_number = crypto.Sealed()
    guide_number = crypto.Sealed()
    aims = crypto.Sealed()
    aims_wished = crypto.Sealed()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["mentee"],
                condition=Q(state__in=sorted(PLACED), kind=Kind.PRIMARY.value),
                name="match_placed_once_a_mentee",
            ),
            models.UniqueConstraint(
                Least("mentee", "guide"),
                Greatest("mentee", "guide"),
                condition=Q(state__in=sorted(OPEN)),
                name="match_open_once_of_two",
            ),
            models.CheckConstraint(condition=~Q(mentee=F("guide")), name="match_of_two_people"),
            models.CheckConstraint(condition=Q(state__in=sorted(State)), name="match_state_is_known"),
            models.CheckConstraint(condition=Q(reason__in=["", *sorted(Reason)]), name="match_reason_is_known"),
            models.CheckConstraint(condition=Q(fit__lte=1000), name="match_fit_of_thousand"),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(WALKING)) | Q(accepted__isnull=False), name="match_walking_was_accepted"
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.PRIMARY.value, covers=None) | Q(kind=Kind.COVER.value, covers__isnull=False),
                name="match_cover_is_for_another",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["program", "state"], name="match_program_state"),
            models.Index(fields=["mentor", "state"], name="match_mentor_state"),
            models.Index(fields=["state", "until"], name="match_state_until"),
            models.Index(fields=["asks"], name="match_asks", condition=Q(asks__isnull=False)),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_walking(self) -> bool:
        return self.state in WALKING

    @property
    def deciding(self) -> bool:
        """Whether the first two weeks are not confirmed yet."""
        return self.state == State.INTRODUCTORY

    @property
    def ended_because(self) -> Reason | None:
        """Why two who walked together do so no more; what came to nothing before has no such reason."""
        return Reason(self.reason) if self.state == State.ENDED and self.reason else None

    def may_be_undone(self, person: UUID, now: datetime) -> bool:
        """Whether this is staff's yes or no to a card, of that person and a moment ago."""
        judged = self.state == State.SHORTLISTED or (self.state == State.WITHDRAWN and self.reason == Reason.STAFF)
        return judged and self.approved_by_id == person and now - self.since < UNDO_LASTS

    def parts_soon(self, today: date) -> bool:
        """Whether the end they planned is near, so that a word to say goodbye has its time."""
        return self.is_walking and self.planned_end is not None and self.planned_end - today <= GOODBYE_BEFORE

    def together(self, now: datetime) -> timedelta:
        """How long it has been since both said yes; breaks do not count."""
        return now - self.accepted - self.rested if self.accepted is not None else timedelta()

    def other(self, person: UUID) -> Person:
        """The one of the two who is not this person."""
        return self.guide if person == self.mentee_id else self.mentee

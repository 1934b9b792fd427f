import uuid
from typing import ClassVar, override

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from community.mentoring.models.said import Said
from community.mentoring.plans.codes import CAPACITY_MOST, State
from community.mentoring.querysets import MentorQuerySet
from community.people.models import Person
from community.programs.models import Program

STATES = {
    State.APPLIED: pgettext_lazy("where a mentor stands", "Applied"),
    State.SCREENING: pgettext_lazy("where a mentor stands", "Getting to know each other"),
    State.TRAINING: pgettext_lazy("where a mentor stands", "In training"),
    State.ACTIVE: pgettext_lazy("where a mentor stands", "Active"),
    State.PAUSED: pgettext_lazy("where a mentor stands", "Taking a break"),
    State.RENEWAL_DUE: pgettext_lazy("where a mentor stands", "To be renewed"),
    State.RETIRED: pgettext_lazy("where a mentor stands", "Finished"),
}


class Mentor(Said):
    """Somebody who is, or wants to be, a mentor in a program; at most one that is not over for each person there.

    ``since``: when they came to their ``state``. ``cleared_until`` and ``approved_until`` are all that is kept of what
    staff looked at: who confirmed it, and until when; no papers. ``youth_cleared``: also for minors. ``capacity``: how
    many people at once. ``not_now``: no new people for a while. ``wishes_cover``: who is on a break would like somebody
    to stand in. ``stands_in``: may be asked to stand in for another mentor for two weeks. ``supervisor``: whom they
    turn to.

    No date of their own recovery stands here: it is asked each time, and shown to nobody (rules/standing.py).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mentorships")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="mentors")
    state = models.CharField(
        max_length=11, choices=[(state.value, label) for state, label in STATES.items()], default=State.APPLIED.value
    )
    applied = models.DateTimeField()
    since = models.DateTimeField()
    supervisor = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    cleared_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    cleared_until = models.DateTimeField(null=True)
    youth_cleared = models.BooleanField(default=False)
    approved_until = models.DateTimeField(null=True)
    capacity = models.PositiveSmallIntegerField(default=2)
    not_now = models.BooleanField(default=False)
    wishes_cover = models.BooleanField(default=False)
    stands_in = models.BooleanField(default=False)

    objects = MentorQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            *Said.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "program"], condition=~Q(state=State.RETIRED.value), name="mentor_open_once_a_program"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="mentor_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(approved_until=None)
                | Q(cleared_until__isnull=False, approved_until__lte=F("cleared_until")),
                name="mentor_approved_while_cleared",
            ),
            models.CheckConstraint(condition=Q(capacity__lte=CAPACITY_MOST), name="mentor_capacity_to_five"),
        ]
        indexes: ClassVar = [models.Index(fields=["program", "state"], name="mentor_program_state")]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        return self.state != State.RETIRED

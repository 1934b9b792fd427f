import uuid
from typing import ClassVar, override

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.foundation import crypto
from community.mentoring.models.said import Said
from community.mentoring.querysets import MentorRequestQuerySet
from community.people.models import Person
from community.programs.models import Program

HOPES_MOST = 500


class Closing(models.TextChoices):
    """Why a request waits no more."""

    WITHDRAWN = "withdrawn", _("Taken back")
    LEFT = "left", _("Their time in the program ended")
    MATCHED = "matched", _("They have a mentor")
    DONE = "done", _("Their time with that mentor ended")


class MentorRequest(Said):
    """Somebody hopes for a mentor; at most one that waits for each person and program.

    ``asked_at`` is the place in line, and stays when the answers change. ``urgent``: staff would have it go first.
    ``hopes``: what they hope for in their own words, which a mentor who is asked reads; encrypted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mentor_requests")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="mentor_requests")
    asked_at = models.DateTimeField()
    changed = models.DateTimeField()
    urgent = models.BooleanField(default=False)
    closed = models.DateTimeField(null=True)
    closing = models.CharField(max_length=9, choices=Closing, blank=True, default="")
    hopes_sealed = models.TextField(blank=True, default="")

    objects = MentorRequestQuerySet.as_manager()
    hopes = crypto.Sealed()

    class Meta:
        constraints: ClassVar = [
            *Said.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "program"], condition=Q(closed=None), name="mentor_request_open_once_a_program"
            ),
            models.CheckConstraint(
                condition=Q(closed=None, closing="")
                | Q(closed__isnull=False, closed__gte=F("asked_at"), closing__in=Closing.values),
                name="mentor_request_closes_whole",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["program", "closed"], name="mentor_request_program_closed")]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        return self.closed is None

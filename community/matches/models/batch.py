import uuid
from typing import ClassVar, override

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from community.matches.querysets import BatchQuerySet
from community.people.models import Person
from community.programs.models import Program


class Batch(models.Model):
    """A proposal for everybody who waits in a program, for staff to look at; nobody else learns of it.

    ``cards``: for each request, in the order of the line, up to three mentors with their fit, the proposed one first.
    ``figures``: what it comes to (desk/outcome.py). Both hold ids and numbers, and no word that anybody wrote.
    ``made``: when it was worked out. One that took too long, or failed, holds what still stands of the last good one.
    ``taken``: when staff took it over, which can be done once.
    """

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("a proposal for all", "Being worked out")
        READY = "ready", pgettext_lazy("a proposal for all", "Ready")
        STANDS = "stands", pgettext_lazy("a proposal for all", "What still holds of the last one")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="batches")
    asked = models.DateTimeField()
    asked_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=6, choices=State, default=State.ASKED)
    made = models.DateTimeField(null=True)
    cards = models.JSONField(default=list)
    figures = models.JSONField(default=dict)
    taken = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = BatchQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program"], condition=Q(state="asked"), name="batch_asked_once"),
            models.CheckConstraint(condition=Q(state__in=["asked", "ready", "stands"]), name="batch_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="asked", made=None) | ~Q(state="asked") & Q(made__isnull=False),
                name="batch_made_once_it_is",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["program", "asked"], name="batch_program_asked")]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def may_be_taken(self) -> bool:
        return self.state != self.State.ASKED and self.taken is None

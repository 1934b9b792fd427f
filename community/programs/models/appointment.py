import uuid
from typing import ClassVar, override

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from community.programs.models.cohort import Cohort
from community.programs.models.program import Program
from community.programs.querysets import AppointmentQuerySet


class StaffRole(models.TextChoices):
    FACILITATOR = "facilitator", _("Facilitator")
    MODERATOR = "moderator", _("Moderator")
    COORDINATOR = "coordinator", _("Coordinator")
    ADMINISTRATOR = "administrator", _("Administrator")
    REVIEWER = "reviewer", _("Outside reviewer")


class Appointment(models.Model):
    """What somebody does for a program, or (an administrator) for the whole organization, from ``began`` to ``ends``.

    Without a ``cohort`` it is for all of the program's. ``closed``: it is over, and the rooms know. A reviewer looks at
    what others decided there, and works here for nothing else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, null=True, related_name="appointments")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, null=True, related_name="appointments")
    role = models.CharField(max_length=14, choices=StaffRole)
    began = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    closed = models.BooleanField(default=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(role__in=StaffRole.values), name="appointment_role_is_known"),
            models.CheckConstraint(
                condition=Q(program__isnull=False) | Q(role=StaffRole.ADMINISTRATOR, cohort=None),
                name="appointment_of_all_is_an_administrators",
            ),
            models.CheckConstraint(
                condition=Q(cohort=None) | Q(role__in=[StaffRole.FACILITATOR, StaffRole.MODERATOR]),
                name="appointment_to_a_cohort_is_for_its_room",
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("began")), name="appointment_ends_after_it_began"
            ),
            models.CheckConstraint(condition=Q(closed=False) | Q(ends__isnull=False), name="appointment_closes_ended"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "closed"], name="appointment_person_closed")]

    @override
    def __str__(self) -> str:
        return str(self.pk)

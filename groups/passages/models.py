"""What becomes of somebody's places when their time in a program ends."""

import uuid
from typing import ClassVar, override

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from community.programs.models import Enrollment
from groups.membership.models import Group, Membership
from groups.passages.querysets import AlumniOfferQuerySet, LeavingQuerySet


class Answer(models.TextChoices):
    YES = "yes", _("Yes")
    NOT_NOW = "not_now", _("Not now")


class AlumniOffer(models.Model):
    """A seat in the program's alumni room, offered to who finished it; it opens when they say yes.

    After a first "not now" it is asked once more from ``asks_again`` on; then never, though it may be taken up.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="alumni_offers")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    enrollment = models.OneToOneField(Enrollment, on_delete=models.PROTECT, related_name="alumni_offer")
    offered = models.DateTimeField()
    answer = models.CharField(max_length=8, choices=Answer, blank=True, default="")
    answered = models.DateTimeField(null=True)
    asks_again = models.DateTimeField(null=True)

    objects = AlumniOfferQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answer="", answered=None) | Q(answer__in=Answer.values, answered__isnull=False),
                name="alumni_offer_is_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(asks_again=None) | Q(answer=Answer.NOT_NOW), name="alumni_offer_asks_again_after_not_now"
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class Then(models.TextChoices):
    """What a seat becomes when it is due."""

    CLASS_ROOM = "class_room", _("It stays, and only reads")
    OWN_SPAN = "own_span", _("It ends, and its own time stays readable")
    CLOSED = "closed", _("It ends, and nothing of it stays readable")


class Leaving(models.Model):
    """A seat on its way out since its episode ended. At ``due`` it becomes what ``then`` says; ``done`` is when it did,

    or when the person began again before. ``told``: when the room was told, if they chose so.
    """

    enrollment = models.OneToOneField(Enrollment, on_delete=models.PROTECT, related_name="leaving", primary_key=True)
    seat = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    then = models.CharField(max_length=10, choices=Then)
    due = models.DateTimeField()
    told = models.DateTimeField(null=True)
    done = models.DateTimeField(null=True)

    objects = LeavingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(then__in=Then.values), name="leaving_then_is_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["done", "due"], name="leaving_done_due")]

    @override
    def __str__(self) -> str:
        return str(self.pk)

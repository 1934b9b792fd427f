"""A safety plan: what its person wrote for a hard hour, a step at a time, and whom they show it to."""

import uuid
from typing import ClassVar, override
from uuid import UUID

from django.db import models
from django.db.models import Q

from community.foundation import clock, crypto
from community.matches.models import Match
from community.people.models import Person
from community.programs.models import Enrollment
from community.safetyplan.plans import Part
from community.safetyplan.querysets import PlanShareQuerySet, PlanWordsQuerySet, SafetyPlanQuerySet


class SafetyPlan(models.Model):
    """One a person, made with its first words. ``looked`` is when they last wrote in it or said that it is right.

    ``asks_craving``: by it, their check-in asks how strong cravings are; only because they turned that on.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    looked = models.DateTimeField()
    asks_craving = models.BooleanField(default=False)

    objects = SafetyPlanQuerySet.as_manager()

    @override
    def __str__(self) -> str:
        return str(self.pk)


class PlanWords(models.Model):
    """What one part of a plan says, or said until ``replaced``. Encrypted; only their person reads earlier ones."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(SafetyPlan, on_delete=models.CASCADE, related_name="words")
    part = models.CharField(max_length=16, choices=Part)
    words_sealed = models.TextField()
    at = models.DateTimeField()
    replaced = models.DateTimeField(null=True)

    objects = PlanWordsQuerySet.as_manager()
    words = crypto.Sealed()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "part"], condition=Q(replaced=None), name="plan_words_stand_once_a_part"
            ),
            models.CheckConstraint(condition=Q(part__in=Part.values), name="plan_words_part_is_known"),
            models.CheckConstraint(condition=~Q(words_sealed=""), name="plan_words_are_some"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def seen(self) -> str:
        """What says that somebody looked at them as they stand."""
        return clock.moment(self.at) or ""


class PlanShare(models.Model):
    """``reader`` may read the plan as it stands, as who leads the group of an episode or as the mentor of a match.

    Until its person takes that back, or the episode or the match ends.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(SafetyPlan, on_delete=models.CASCADE, related_name="shares")
    reader = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, null=True, related_name="+")
    match = models.ForeignKey(Match, on_delete=models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField()

    objects = PlanShareQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(enrollment=None, match__isnull=False) | Q(enrollment__isnull=False, match=None),
                name="plan_share_has_one_tie",
            ),
            models.UniqueConstraint(
                fields=["plan", "reader", "enrollment"],
                condition=Q(match=None),
                name="plan_share_once_an_episode",
            ),
            models.UniqueConstraint(
                fields=["plan", "reader", "match"], condition=Q(enrollment=None), name="plan_share_once_a_match"
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def tie(self) -> UUID:
        """The episode or the match it rests on."""
        held = self.enrollment_id or self.match_id
        assert held is not None  # noqa: S101 - a constraint says so
        return held

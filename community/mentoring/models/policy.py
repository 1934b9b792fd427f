from typing import ClassVar, override

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from community.mentoring.plans.codes import CAPACITY_MOST
from community.mentoring.querysets import MentoringPolicyQuerySet
from community.programs.models import Program


class Word(models.TextChoices):
    """What a program calls it. A sponsor is only ever introduced: the person chooses."""

    MENTOR = "mentor", pgettext_lazy("what a program calls it", "Mentor")
    SPONSOR = "sponsor", pgettext_lazy("what a program calls it", "Sponsor")


class MentoringPolicy(models.Model):
    """What a program asks of its mentors; without a row it is what stands here.

    ``tenure_days``: how long somebody has been in recovery, or finished where no days are counted, before they meet new
    people (365 by custom, MATCHING.md 1): one of a few steps, and what was said before there were steps stays as it was
    said until it is changed, since another figure would stop or let in mentors whom nobody decided about.
    ``mentor_tracks``: codes of the tracks whose mentors may serve this program.
    ``floor``: fit, of 1,000, below which a pair is shown to staff alone. ``clearance_days`` and ``approval_days``: how
    long each lasts at most. ``version`` grows with each change.
    """

    program = models.OneToOneField(Program, on_delete=models.CASCADE, primary_key=True, related_name="mentoring_policy")
    word = models.CharField(max_length=7, choices=Word, default=Word.MENTOR)
    tenure_days = models.PositiveSmallIntegerField(default=365)
    mentor_tracks = models.JSONField(default=list)
    minors = models.BooleanField(default=False)
    capacity_most = models.PositiveSmallIntegerField(default=CAPACITY_MOST)
    capacity_usual = models.PositiveSmallIntegerField(default=2)
    floor = models.PositiveSmallIntegerField(default=250)
    clearance_days = models.PositiveSmallIntegerField(default=365)
    approval_days = models.PositiveSmallIntegerField(default=365)
    version = models.PositiveIntegerField(default=0)

    objects = MentoringPolicyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(word__in=Word.values), name="mentoring_word_is_known"),
            models.CheckConstraint(
                condition=Q(capacity_most__lte=CAPACITY_MOST, capacity_usual__lte=F("capacity_most")),
                name="mentoring_capacity_fits",
            ),
            models.CheckConstraint(condition=Q(floor__lte=1000), name="mentoring_floor_of_thousand"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def says_sponsor(self) -> bool:
        return self.word == Word.SPONSOR

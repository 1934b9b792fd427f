import uuid
from typing import ClassVar, override

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from community.matches.models.match import Match
from community.matches.querysets import MatchCheckInQuerySet
from community.people.models import Person


class Step(models.TextChoices):
    """When both are asked how it goes, each alone (MATCHING.md 2d); after week 4 it is every month."""

    DAY_3 = "d3"
    DAY_12 = "d12"
    WEEK_2 = "w2"
    WEEK_4 = "w4"
    MONTH = "m"


TALKED_WORDS = {
    "yes": pgettext_lazy("have you two talked", "Yes"),
    "not_yet": pgettext_lazy("have you two talked", "Not yet"),
}
KEEP_WORDS = {
    "yes": pgettext_lazy("keep going", "Yes"),
    "talk": pgettext_lazy("keep going", "Talk first"),
    "another": pgettext_lazy("keep going", "Try someone else"),
}
FACES = {
    "good": pgettext_lazy("how it goes", "Good"),
    "mixed": pgettext_lazy("how it goes", "So-so"),
    "hard": pgettext_lazy("how it goes", "Hard"),
}
ANSWERS = sorted({*TALKED_WORDS, *KEEP_WORDS, *FACES})


class MatchCheckIn(models.Model):
    """One of the two is asked how it goes; who coordinates reads the answer, and the other never does.

    ``number``: which month it is, 0 before. ``wants_staff``: they want to talk to staff;
    ``seen_to``: when somebody did, or talked with them about an answer that it is hard.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="checkins")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="match_checkins")
    step = models.CharField(max_length=3, choices=Step)
    number = models.PositiveSmallIntegerField(default=0)
    asked = models.DateTimeField()
    answered = models.DateTimeField(null=True)
    answer = models.CharField(max_length=7, blank=True, default="")
    wants_staff = models.BooleanField(default=False)
    seen_to = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = MatchCheckInQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["match", "person", "step", "number"], name="match_checkin_asked_once"),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="match_checkin_step_is_known"),
            models.CheckConstraint(condition=Q(answer__in=["", *ANSWERS]), name="match_checkin_answer_is_known"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

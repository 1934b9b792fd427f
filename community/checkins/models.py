"""How a day was for somebody, with whom they share it, and when they want to be reminded."""

import uuid
from typing import Any, ClassVar, override

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from community.checkins.querysets import CheckInQuerySet, ReminderQuerySet, ShareQuerySet
from community.foundation import clock, crypto
from community.people.models import Person
from community.programs.models import Enrollment

NOTE_MOST = 1000
CRAVING_MOST = 10
CRAVING_STRONG = 7  # from here on help stands beside it, whatever the weather; what scales of 0 to 10 call severe
ANSWERS = ("weather", "connection", "sleep", "craving", "note")


class Weather(models.TextChoices):
    """From the hardest to the easiest; five words, none of them a number."""

    STRUGGLING = "struggling", pgettext_lazy("weather of a day", "Struggling")
    LOW = "low", pgettext_lazy("weather of a day", "Low")
    OKAY = "okay", pgettext_lazy("weather of a day", "Okay")
    STEADY = "steady", pgettext_lazy("weather of a day", "Steady")
    GOOD = "good", pgettext_lazy("weather of a day", "Good")


class Connection(models.TextChoices):
    ALONE = "alone", pgettext_lazy("how much with others", "Mostly on my own")
    SOME = "some", pgettext_lazy("how much with others", "A little with others")
    TOGETHER = "together", pgettext_lazy("how much with others", "With people I like")


class Sleep(models.TextChoices):
    """Hours of the night before."""

    UNDER_4 = "under_4", pgettext_lazy("hours of sleep", "Under 4 hours")
    FROM_4 = "4_to_6", pgettext_lazy("hours of sleep", "4 to 6 hours")
    FROM_6 = "6_to_8", pgettext_lazy("hours of sleep", "6 to 8 hours")
    OVER_8 = "over_8", pgettext_lazy("hours of sleep", "Over 8 hours")


class CheckIn(models.Model):
    """One row a person and ``day``, which is theirs: in their zone, until three in the morning.

    The note is for themselves and lies encrypted. ``craving``, 0 to 10, is asked only of those whose plan asks for it.
    ``on_its_day``: its person first pressed Save on that very day, as far as is believed (rules.py, ``made_on``); it
    stays so, whatever is changed later.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="check_ins")
    day = models.DateField()
    weather = models.CharField(max_length=10, choices=Weather)
    connection = models.CharField(max_length=8, choices=Connection, blank=True, default="")
    sleep = models.CharField(max_length=7, choices=Sleep, blank=True, default="")
    craving = models.PositiveSmallIntegerField(null=True)
    note_sealed = models.TextField(blank=True, default="")
    changed = models.DateTimeField()
    on_its_day = models.BooleanField(default=False)

    objects = CheckInQuerySet.as_manager()
    note = crypto.Sealed()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "day"], name="check_in_once_a_day"),
            models.CheckConstraint(condition=Q(weather__in=Weather.values), name="check_in_weather_is_known"),
            models.CheckConstraint(
                condition=Q(connection__in=["", *Connection.values]), name="check_in_connection_is_known"
            ),
            models.CheckConstraint(condition=Q(sleep__in=["", *Sleep.values]), name="check_in_sleep_is_known"),
            models.CheckConstraint(
                condition=Q(craving=None) | Q(craving__lte=CRAVING_MOST), name="check_in_craving_to_ten"
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def answers(self) -> dict[str, Any]:
        """What was said, by name."""
        return {name: getattr(self, name) for name in ANSWERS}

    @property
    def is_hard(self) -> bool:
        """Whether its page offers something that may help."""
        return self.weather in {Weather.STRUGGLING, Weather.LOW} or (self.craving or 0) >= CRAVING_STRONG

    @property
    def seen(self) -> str:
        """What says that somebody looked at it as it is now."""
        return clock.moment(self.changed) or ""


class Share(models.Model):
    """Who leads the cohort of ``enrollment`` may read this check-in, as it was when it was shared.

    Until its person takes that back or changes what they said, or the episode ends.
    """

    check_in = models.ForeignKey(CheckIn, on_delete=models.CASCADE, related_name="shares")
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    objects = ShareQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["check_in", "enrollment"], name="share_once")]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class Reminder(models.Model):
    """A word at ``at``, on the clock of its person, on days without a check-in. ``due`` is the next time."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="+")
    at = models.TimeField()
    due = models.DateTimeField(db_index=True)

    objects = ReminderQuerySet.as_manager()

    @override
    def __str__(self) -> str:
        return str(self.pk)

from typing import Any

from rest_framework import serializers

from community.checkins.models import CRAVING_MOST, NOTE_MOST, CheckIn, Connection, Reminder, Sleep, Weather
from community.foundation import clock
from community.foundation.api import Choice, StrictSerializer, Whole, Words

#: "" is not said.
CONNECTIONS = [("", ""), *Connection.choices]
SLEEPS = [("", ""), *Sleep.choices]


def shape(check_in: CheckIn) -> dict[str, Any]:
    """One of mine. Needs ``to_show()``."""
    return {**shape_shared(check_in), "shared": [str(one.enrollment_id) for one in check_in.shares.all()]}


def shape_shared(check_in: CheckIn) -> dict[str, Any]:
    """One that somebody shared, as who may read it sees it."""
    return {"day": check_in.day.isoformat(), **check_in.answers, "changed": clock.moment(check_in.changed)}


def shape_reminder(reminder: Reminder | None) -> dict[str, Any]:
    return {"at": reminder.at.strftime("%H:%M") if reminder else None}


class SharedCheckInSerializer(serializers.Serializer[Any]):
    day = serializers.DateField(help_text="In the person's zone; it ends at three in the morning.")
    weather = serializers.ChoiceField(choices=Weather.choices)
    connection = serializers.ChoiceField(choices=CONNECTIONS)
    sleep = serializers.ChoiceField(choices=SLEEPS, help_text="Hours of the night before.")
    craving = serializers.IntegerField(allow_null=True)
    note = serializers.CharField()
    changed = serializers.DateTimeField()


class CheckInSerializer(SharedCheckInSerializer):
    shared = serializers.ListField(
        child=serializers.UUIDField(), help_text="Episodes whose facilitators may read this day."
    )


class CheckInPageSerializer(serializers.Serializer[Any]):
    results = CheckInSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class SharedCheckInPageSerializer(serializers.Serializer[Any]):
    results = SharedCheckInSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class AnswersSerializer(StrictSerializer):
    """How a day is. What is left out is not said; the craving only where a plan of one's own asks for it."""

    weather = Choice(choices=Weather.choices)
    connection = Choice(choices=CONNECTIONS, required=False)
    sleep = Choice(choices=SLEEPS, required=False)
    craving = Whole(required=False, allow_null=True, max_value=CRAVING_MOST)
    note = Words(required=False, allow_blank=True, max_length=NOTE_MOST)


class ReminderSerializer(StrictSerializer):
    at = Words(allow_null=True, max_length=5, help_text="HH:MM on one's own clock, 07:00 to 21:59; null: none.")

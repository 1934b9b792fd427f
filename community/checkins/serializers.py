from typing import Any

from rest_framework import serializers

from community.checkins.models import CRAVING_MOST, NOTE_MOST, CheckIn, Connection, Reminder, Sleep, Weather
from community.checkins.rules import DRAWN_MOST, SEEN_MOST
from community.foundation.api import Choice, StrictSerializer, Whole, Words
from community.safety.serializers import CareSerializer

#: "" is not said.
CONNECTIONS = [("", ""), *Connection.choices]
SLEEPS = [("", ""), *Sleep.choices]


def shape(check_in: CheckIn) -> dict[str, Any]:
    """One of mine. Needs ``to_show()``."""
    return {**shape_shared(check_in), "shared": [str(one.enrollment_id) for one in check_in.shares.all()]}


def shape_shared(check_in: CheckIn) -> dict[str, Any]:
    """One that somebody shared, as who may read it sees it."""
    return {"day": check_in.day.isoformat(), **check_in.answers, "changed": check_in.seen}


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


class CheckedInSerializer(CheckInSerializer):
    """The answer to saying how a day is."""

    care = CareSerializer(required=False, help_text="The private help card, where the note tells of danger.")


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
    seen = Words(
        required=False,
        allow_blank=True,
        max_length=SEEN_MOST,
        help_text="`changed` of the answers these replace, empty for none: 409 `stale` if others stand there by now.",
    )
    pressed = Words(
        required=False,
        max_length=SEEN_MOST,
        help_text="When it was said of the day it was then (RFC 3339): 422 `day_over`, with `day`, if it was another.",
    )
    drawn = Words(
        required=False,
        allow_blank=True,
        max_length=DRAWN_MOST,
        help_text="What the page that asked carried: with it, a `pressed` of a day that is over is believed.",
    )


class ShareSerializer(StrictSerializer):
    """A day to share. Without ``seen`` it is shared as it stands, whatever that is by now."""

    seen = Words(
        required=False,
        allow_blank=True,
        max_length=SEEN_MOST,
        help_text="`changed` of the answers that are to be shared: 409 `stale` if others stand there by now.",
    )


class ReminderSerializer(StrictSerializer):
    at = Words(allow_null=True, max_length=5, help_text="HH:MM on one's own clock, 07:00 to 21:59; null: none.")

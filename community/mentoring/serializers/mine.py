"""My requests, and me as a mentor."""

from typing import Any

from rest_framework import serializers

from community.foundation import clock
from community.foundation.api import Flag, Id, StrictSerializer, Whole, Words
from community.mentoring.models import HOPES_MOST, STATES, Closing, Mentor, MentorRequest
from community.mentoring.rules import Standing
from community.mentoring.serializers.said import PageSerializer, SaidSerializer, SayingSerializer, shape_said

STATE_CHOICES = [(state.value, words) for state, words in STATES.items()]


def shape_request(row: MentorRequest) -> dict[str, Any]:
    """One of mine."""
    return {
        "id": str(row.pk),
        "program": str(row.program_id),
        "asked": clock.moment(row.asked_at),
        "closed": clock.moment(row.closed),
        "closing": row.closing or None,
        "hopes": row.hopes,
        **shape_said(row),
    }


def shape_mentor(row: Mentor, standing: Standing) -> dict[str, Any]:
    """Me as a mentor, as I see it."""
    return {
        "id": str(row.pk),
        "program": str(row.program_id),
        "state": row.state,
        "since": clock.moment(row.since),
        "agreed": standing.agreed,
        "takes_new": standing.takes_new,
        "capacity": row.capacity,
        "not_now": row.not_now,
        "stands_in": row.stands_in,
        "wishes_cover": row.wishes_cover,
        **shape_said(row),
    }


class MentorRequestSerializer(SaidSerializer):
    id = serializers.UUIDField()
    program = serializers.UUIDField()
    asked = serializers.DateTimeField(help_text="The place in line.")
    closed = serializers.DateTimeField(allow_null=True)
    closing = serializers.ChoiceField(choices=Closing.choices, allow_null=True)
    hopes = serializers.CharField()


class MentorSerializer(SaidSerializer):
    id = serializers.UUIDField()
    program = serializers.UUIDField()
    state = serializers.ChoiceField(choices=STATE_CHOICES)
    since = serializers.DateTimeField()
    agreed = serializers.BooleanField(help_text="To what mentors agree to.")
    takes_new = serializers.BooleanField()
    capacity = serializers.IntegerField()
    not_now = serializers.BooleanField()
    stands_in = serializers.BooleanField()
    wishes_cover = serializers.BooleanField()


class MentorRequestPageSerializer(PageSerializer):
    results = MentorRequestSerializer(many=True)


class MentorPageSerializer(PageSerializer):
    results = MentorSerializer(many=True)


class ToldSerializer(serializers.Serializer[Any]):
    told = serializers.ListField(child=serializers.CharField(), help_text="The names of who got a word.")


class RequestChangeSerializer(SayingSerializer):
    hopes = Words(required=False, allow_blank=True, max_length=HOPES_MOST)


class NewRequestSerializer(RequestChangeSerializer):
    program = Id()
    agrees = Flag(help_text="That staff look for a mentor with these answers.")


class MentorChangeSerializer(SayingSerializer):
    capacity = Whole(required=False)
    not_now = Flag(required=False)
    stands_in = Flag(required=False)


class MentorBreakSerializer(StrictSerializer):
    wishes_cover = Flag(required=False, help_text="Whether somebody should stand in; where nothing is said, yes.")


class NewMentorSerializer(MentorChangeSerializer):
    program = Id()
    agrees = Flag(help_text="To what mentors agree to.")

"""What a program asks of its mentors."""

from typing import Any

from rest_framework import serializers

from community.foundation.api import Flag, StrictSerializer, Whole, Words
from community.mentoring.models import MentoringPolicy
from community.mentoring.plans.policy import FIELDS, TENURE_STEPS
from community.mentoring.serializers.said import CODE_MOST, codes, judged

STEPS = f"One of {', '.join(map(str, TENURE_STEPS))}; what was said before there were steps stays until it is changed."


def shape_policy(row: MentoringPolicy) -> dict[str, Any]:
    return {"program": str(row.program_id), "version": row.version, **{name: getattr(row, name) for name in FIELDS}}


class PolicySerializer(serializers.Serializer[Any]):
    program = serializers.UUIDField()
    version = serializers.IntegerField(help_text="0 where nothing was said; it grows with each change.")
    word = serializers.CharField()
    tenure_days = serializers.IntegerField(help_text=STEPS)
    mentor_tracks = codes()
    minors = serializers.BooleanField()
    capacity_most = serializers.IntegerField()
    capacity_usual = serializers.IntegerField()
    floor = serializers.IntegerField()
    clearance_days = serializers.IntegerField()
    approval_days = serializers.IntegerField()


class PolicyChangeSerializer(StrictSerializer):
    version = Whole(required=False, help_text="The one that was looked at; another one by now is 409.")
    word = Words(required=False, max_length=CODE_MOST)
    tenure_days = Whole(required=False, help_text=STEPS)
    mentor_tracks = judged()
    minors = Flag(required=False)
    capacity_most = Whole(required=False)
    capacity_usual = Whole(required=False)
    floor = Whole(required=False)
    clearance_days = Whole(required=False)
    approval_days = Whole(required=False)

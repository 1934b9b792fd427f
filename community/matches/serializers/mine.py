from typing import Any

from rest_framework import serializers

from community.foundation import clock
from community.foundation.api import Choice, Day, Flag, StrictSerializer, Words
from community.matches.models import AIMS_MOST, MatchCheckIn, Step
from community.matches.models.checkin import ANSWERS
from community.matches.plans import asking
from community.matches.plans.codes import SAYABLE, Kind, State
from community.safety.serializers import CareSerializer

REASONS = sorted(SAYABLE)
KINDS = [one.value for one in Kind]
SIDES = ("mentee", "mentor")
SHOWN = [one.value for one in State if one not in {State.PROPOSED, State.DECLINED, State.EXPIRED, State.WITHDRAWN}]


def shape_checkin(row: MatchCheckIn) -> dict[str, Any]:
    """What somebody was asked themselves, and said."""
    return {
        "id": str(row.pk),
        "match": str(row.match_id),
        "step": row.step,
        "number": row.number,
        "asked": clock.moment(row.asked),
        "answered": clock.moment(row.answered),
        "answer": row.answer or None,
        "wants_staff": row.wants_staff,
        "answers": sorted(asking.ANSWERS[row.step]),
    }


class OtherSerializer(serializers.Serializer[Any]):
    alias = serializers.CharField()


class ReasonSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    words = serializers.CharField(help_text="In the language of who reads.")


class WishedSerializer(serializers.Serializer[Any]):
    day = serializers.DateField()
    mine = serializers.BooleanField()


class AimsSerializer(serializers.Serializer[Any]):
    words = serializers.CharField()
    mine = serializers.BooleanField()


class CallsSerializer(serializers.Serializer[Any]):
    mine = serializers.BooleanField()
    other = serializers.BooleanField()
    number = serializers.CharField(allow_null=True, help_text="The other's, only while both would like to call.")


class QuietSerializer(serializers.Serializer[Any]):
    cover = serializers.ChoiceField(
        choices=("offered", "asked"),
        allow_null=True,
        help_text="Somebody to stand in; null for the mentor, and where there is somebody.",
    )
    away = serializers.BooleanField(help_text="The mentor takes a break of their own, and the mentee may know.")


class MatchSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    side = serializers.ChoiceField(choices=SIDES, help_text="Which of the two I am.")
    kind = serializers.ChoiceField(choices=KINDS)
    state = serializers.ChoiceField(choices=SHOWN)
    program = serializers.UUIDField()
    other = OtherSerializer()
    since = serializers.DateTimeField()
    until = serializers.DateTimeField(allow_null=True, help_text="When this state has waited long enough.")
    reasons = ReasonSerializer(many=True, help_text="While one of the two may still say no.")
    worth_knowing = serializers.CharField(allow_null=True)
    hopes = serializers.CharField(allow_null=True, help_text="The mentee's own words, for the mentor who is asked.")
    planned_end = serializers.DateField(allow_null=True)
    end_wished = WishedSerializer(allow_null=True)
    aims = serializers.CharField(allow_null=True, help_text="What the two want from this, as both said.")
    aims_wished = AimsSerializer(allow_null=True)
    calls = CallsSerializer()
    quiet = QuietSerializer(
        allow_null=True, help_text="Nothing was heard of the mentor for a week, or they take a break."
    )
    may_resume = serializers.BooleanField()


class AimedSerializer(MatchSerializer):
    care = CareSerializer(required=False, help_text="The private help card, where the words tell of danger.")


class MatchPageSerializer(serializers.Serializer[Any]):
    results = MatchSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class MatchCheckInSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    match = serializers.UUIDField()
    step = serializers.ChoiceField(choices=Step.choices)
    number = serializers.IntegerField(help_text="Which month it is; 0 before.")
    asked = serializers.DateTimeField()
    answered = serializers.DateTimeField(allow_null=True)
    answer = serializers.CharField(allow_null=True)
    wants_staff = serializers.BooleanField()
    answers = serializers.ListField(child=serializers.CharField(), help_text="What may be answered.")


class MatchCheckInPageSerializer(serializers.Serializer[Any]):
    results = MatchCheckInSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class DeclinedSerializer(serializers.Serializer[Any]):
    declined = serializers.IntegerField(help_text="How many cards that were.")


class NothingSerializer(StrictSerializer):
    """A press without a question."""


class DeclineSerializer(StrictSerializer):
    reason = Choice(choices=REASONS, required=False, help_text="For staff alone.")
    not_again = Flag(required=False, help_text="These two are not suggested to each other any more.")


class EndMatchSerializer(DeclineSerializer):
    ask_again = Flag(required=False, help_text="The mentee's alone: wait for somebody else, in the place they had.")


class PlanEndSerializer(StrictSerializer):
    day = Day(help_text="It stands once both wished for the same one.")


class AimSerializer(StrictSerializer):
    words = Words(max_length=AIMS_MOST, help_text="It stands once both said the same.")


class CallSerializer(StrictSerializer):
    wants = Flag()
    number = Words(required=False, allow_blank=True, max_length=30, help_text="For this match alone.")


class MatchAnswerSerializer(StrictSerializer):
    answer = Choice(choices=ANSWERS)
    wants_staff = Flag(required=False)

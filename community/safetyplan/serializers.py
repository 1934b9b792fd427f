from typing import Any

from rest_framework import serializers

from community.foundation import clock
from community.foundation.api import Flag, StrictSerializer, Words
from community.safetyplan.models import PlanWords, SafetyPlan
from community.safetyplan.plans import AGAIN, WORDS_MOST, Part
from community.safetyplan.rules import SEEN_MOST


def shape_shown(plan: SafetyPlan) -> dict[str, Any]:
    """As whoever was shown it reads it: what it says now."""
    return {"parts": [shape_words(row) for row in sorted(plan.words.standing(), key=_place)]}


def shape(plan: SafetyPlan) -> dict[str, Any]:
    """As its person reads it."""
    return {
        **shape_shown(plan),
        "looked": clock.moment(plan.looked),
        "look_again": clock.moment(plan.looked + AGAIN),
        "asks_craving": plan.asks_craving,
        "shares": [
            {"tie": str(one.tie), "reader": str(one.reader_id), "at": clock.moment(one.at)}
            for one in plan.shares.order_by("at", "pk")
        ],
    }


def shape_words(row: PlanWords) -> dict[str, Any]:
    return {"part": row.part, "words": row.words, "at": row.seen}


def shape_earlier(row: PlanWords) -> dict[str, Any]:
    return {**shape_words(row), "replaced": clock.moment(row.replaced)}


def _place(row: PlanWords) -> int:
    return Part.values.index(row.part)


class PlanPartSerializer(serializers.Serializer[Any]):
    part = serializers.ChoiceField(choices=Part.choices)
    words = serializers.CharField()
    at = serializers.DateTimeField()


class EarlierPartSerializer(PlanPartSerializer):
    replaced = serializers.DateTimeField()


class EarlierPageSerializer(serializers.Serializer[Any]):
    results = EarlierPartSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class PlanShareSerializer(serializers.Serializer[Any]):
    tie = serializers.UUIDField(help_text="The episode whose group they lead, or the match they are the mentor of.")
    reader = serializers.UUIDField()
    at = serializers.DateTimeField()


class ShownPlanSerializer(serializers.Serializer[Any]):
    parts = PlanPartSerializer(many=True, help_text="Those that say something, in the order of the plan.")


class SafetyPlanSerializer(ShownPlanSerializer):
    looked = serializers.DateTimeField()
    look_again = serializers.DateTimeField(help_text="When it is worth another look; nothing happens then.")
    asks_craving = serializers.BooleanField(help_text="Whether my check-in asks how strong cravings are.")
    shares = PlanShareSerializer(many=True)


class PlanCravingSerializer(StrictSerializer):
    asks = Flag()


class PlanWordsSerializer(StrictSerializer):
    words = Words(allow_blank=True, max_length=WORDS_MOST, help_text="Empty: this part says nothing any more.")
    seen = Words(
        required=False,
        allow_blank=True,
        max_length=SEEN_MOST,
        help_text="`at` of the words these replace, empty for none: 409 `stale` if others stand there by now.",
    )

"""The shape of one's own celebrations on REST; nobody else is ever sent it."""

from typing import Any

from rest_framework import serializers

from community.foundation import clock
from community.foundation.api import Choice, Flag, Id, StrictSerializer, Words
from community.milestones.models import Run
from groups.celebrations.models import WORDS_MOST, Celebration, State

ANSWERS = (("yes", "Yes"), ("not_now", "Not this time"))


def shape(row: Celebration) -> dict[str, Any]:
    """Needs ``to_show()``. ``words`` are told until they are posted; then they stand in the rooms alone."""
    return {
        "id": str(row.pk),
        "milestone": str(row.run.focus_id),
        "code": row.code,
        "due": row.due.isoformat(),
        "state": row.state,
        "words": row.words,
        "groups": [str(place.group_id) for place in row.places.all()],
        "posted": clock.moment(row.posted),
    }


def sharing_shape(run: Run) -> dict[str, Any]:
    return {
        "groups": [str(one) for one in run.standing.order_by("since", "pk").values_list("group_id", flat=True)],
        "asks": run.watch.asks,
    }


class CelebrationSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    milestone = serializers.UUIDField()
    code = serializers.CharField()
    due = serializers.DateField()
    state = serializers.ChoiceField(choices=State.choices)
    words = serializers.CharField()
    groups = serializers.ListField(child=serializers.UUIDField())
    posted = serializers.DateTimeField(allow_null=True)


class CelebrationsSerializer(serializers.Serializer[Any]):
    results = CelebrationSerializer(many=True)


class MarkSerializer(StrictSerializer):
    answer = Choice(choices=ANSWERS)
    groups = serializers.ListField(child=Id(), required=False, default=list, max_length=100)
    words = Words(max_length=WORDS_MOST, allow_blank=True, required=False, default="")


class SharingSerializer(StrictSerializer):
    groups = serializers.ListField(child=Id(), max_length=100, help_text="Ids of groups; none is silence, and private.")
    asks = Flag(required=False, default=True, help_text="Ask the day before at all.")

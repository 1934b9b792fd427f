"""The shape of one's own celebrations on REST; nobody else is ever sent it."""

from typing import Any

from rest_framework import serializers

from community.foundation import clock
from community.foundation.api import Choice, Day, Flag, Id, StrictSerializer, Words
from community.milestones.dates import Sharing
from community.milestones.models import Run
from community.safety.serializers import CareSerializer
from groups.celebrations.models import WORDS_MOST, Celebration, State
from groups.celebrations.rules import sharing_of

SHARING = ((Sharing.OFF.value, "Off"), (Sharing.PRIVATE.value, "Just me"), (Sharing.GROUP.value, "These groups"))
ANSWERS = (("yes", "Yes"), ("not_now", "Not this time"))


def shape(row: Celebration) -> dict[str, Any]:
    """Needs ``to_show()``. ``words`` are told until they are posted; then they stand in the rooms alone."""
    return {
        "id": str(row.pk),
        "milestone": str(row.run.focus_id) if row.run else None,
        "code": row.code,
        "due": row.due.isoformat(),
        "later": row.later.isoformat() if row.later else None,
        "state": row.state,
        "words": row.words,
        "groups": [str(place.group_id) for place in row.places.all()],
        "posted": clock.moment(row.posted),
    }


def sharing_shape(run: Run) -> dict[str, Any]:
    return {
        "sharing": sharing_of(run).value,
        "groups": [str(one) for one in run.standing.order_by("since", "pk").values_list("group_id", flat=True)],
        "asks": run.watch.asks,
    }


class CelebrationSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    milestone = serializers.UUIDField(allow_null=True, help_text="The count it is of; null: of finishing a program.")
    code = serializers.CharField(help_text="As d30; finishing a program is graduation.")
    due = serializers.DateField()
    later = serializers.DateField(allow_null=True, help_text="The day it is shared instead, if I chose a later one.")
    state = serializers.ChoiceField(choices=State.choices)
    words = serializers.CharField()
    groups = serializers.ListField(child=serializers.UUIDField())
    posted = serializers.DateTimeField(allow_null=True)


class MarkedSerializer(CelebrationSerializer):
    """The answer to saying yes or no."""

    care = CareSerializer(required=False, help_text="The private help card, where the words tell of danger.")


class CelebrationsSerializer(serializers.Serializer[Any]):
    results = CelebrationSerializer(many=True)


class MarkSerializer(StrictSerializer):
    answer = Choice(choices=ANSWERS)
    groups = serializers.ListField(child=Id(), required=False, default=list, max_length=100)
    words = Words(max_length=WORDS_MOST, allow_blank=True, required=False, default="")
    later = Day(
        required=False,
        allow_null=True,
        default=None,
        help_text="A day after `due` to share it on: 14 later at most, and before the next step of the count.",
    )


class SharingSerializer(StrictSerializer):
    sharing = Choice(
        choices=SHARING,
        required=False,
        help_text="`off`: I am not asked, and nothing is shared, also nothing I said yes to before. `private`: I am "
        "asked the day before. `group`: a standing yes for `groups`. Left out, `groups` and `asks` say it.",
    )
    groups = serializers.ListField(child=Id(), max_length=100, help_text="Ids of groups; none is silence, and private.")
    asks = Flag(required=False, default=True, help_text="With groups: ask the day before as well.")

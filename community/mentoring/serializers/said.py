"""What people say of themselves, out and in. What is sent is judged by the services, item by item."""

from typing import Any, override

from rest_framework import serializers

from community.foundation.api import Flag, StrictSerializer, Words
from community.mentoring.models import Said

PLAIN = ("languages", "gender", "wish_kind", "wish_of", "pathways", "style", "zone", "across", "life_stages", "values")
CODE_MOST = 64


def shape_said(row: Said) -> dict[str, Any]:
    hours = [{"weekday": day, "starts": _clock(first), "ends": _clock(last)} for day, first, last in row.hours]
    return {**{name: getattr(row, name) for name in PLAIN}, "hours": hours}


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


class HoursSerializer(serializers.Serializer[Any]):
    weekday = serializers.IntegerField(help_text="Monday is 0.")
    starts = serializers.CharField(help_text="HH:MM on the clock of `zone`.")
    ends = serializers.CharField(help_text="HH:MM; before `starts` it goes on past midnight.")


class Judged(serializers.ListField):
    """A list that the service judges whole, item by item, as it was sent."""

    @override
    def to_internal_value(self, data: Any) -> Any:
        return data


def codes() -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField())


def judged(child: Any = None, **more: Any) -> Judged:
    return Judged(child=child or serializers.CharField(), required=False, **more)


class SaidSerializer(serializers.Serializer[Any]):
    """What somebody says of themselves. An empty `gender` is not said."""

    languages = codes()
    gender = serializers.CharField()
    wish_kind = serializers.CharField(help_text="any, prefer or need.")
    wish_of = codes()
    pathways = codes()
    style = serializers.CharField()  # type: ignore[assignment]  # its name on the wire
    zone = serializers.CharField()
    across = serializers.BooleanField(help_text="Somebody of another program here is fine, too.")
    life_stages = codes()
    values = codes()
    hours = HoursSerializer(many=True)


class PageSerializer(serializers.Serializer[Any]):
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class SayingSerializer(StrictSerializer):
    languages = judged()
    gender = Words(required=False, allow_blank=True, max_length=CODE_MOST)
    wish_kind = Words(required=False, max_length=CODE_MOST)
    wish_of = judged()
    pathways = judged()
    style = Words(required=False, allow_blank=True, max_length=CODE_MOST)  # type: ignore[assignment]  # its name on the wire
    zone = Words(required=False, max_length=CODE_MOST)
    hours = judged(HoursSerializer())
    across = Flag(required=False)
    life_stages = judged()
    values = judged()

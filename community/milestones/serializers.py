"""The shape of one's own counts on every door."""

from typing import Any

from rest_framework import serializers

from community.foundation import clock
from community.foundation.api import Day, Flag, StrictSerializer, Words
from community.milestones import dates
from community.milestones.ladders import Ladder
from community.milestones.models import NAME_MOST, Focus
from community.milestones.services import START_YEARS


def shape(focus: Focus, ladder: Ladder) -> dict[str, Any]:
    """One count as its person sees it, by their ladder; nobody else is ever sent it. Without a number where they hide

    it.
    """
    today = clock.today(focus.person.zone)
    *before, run = focus.history
    way = dates.path(run.start, ladder, today)
    until = run.undoes_until
    return {
        "id": str(focus.pk),
        "name": focus.name,
        "hides_count": focus.hides_count,
        "start": run.start.isoformat(),
        "days": None if focus.hides_count else way.count,
        "days_in_all": None if focus.hides_count else focus.lived(today),
        "reached": [step.code for step in way.reached],
        "next": {"code": way.next.code, "due": dates.due_on(run.start, way.next).isoformat()} if way.next else None,
        "before": [{"start": one.start.isoformat(), "ended": one.ended.isoformat()} for one in before if one.ended],
        "undo_until": clock.moment(until) if until and until > clock.now() else None,
    }


class StepSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    due = serializers.DateField()


class SpanSerializer(serializers.Serializer[Any]):
    start = serializers.DateField()
    ended = serializers.DateField()


class CountSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    hides_count = serializers.BooleanField()
    start = serializers.DateField()
    days = serializers.IntegerField(allow_null=True)
    days_in_all = serializers.IntegerField(allow_null=True)
    reached = serializers.ListField(child=serializers.CharField())
    next = StepSerializer(allow_null=True)
    before = SpanSerializer(many=True)
    undo_until = serializers.DateTimeField(allow_null=True)


class CountsSerializer(serializers.Serializer[Any]):
    results = CountSerializer(many=True)
    counts_days = serializers.BooleanField(help_text="Whether days are counted for this person at all.")


class BeginSerializer(StrictSerializer):
    start = Day(years=START_YEARS)
    name = Words(max_length=NAME_MOST, allow_blank=True, required=False, default="")


class FirstDaySerializer(StrictSerializer):
    start = Day(years=START_YEARS)


class LooksSerializer(StrictSerializer):
    name = Words(max_length=NAME_MOST, allow_blank=True)
    hides_count = Flag()


class NewCountSerializer(StrictSerializer):
    start = Day(years=START_YEARS, required=False, default=None)
    asks_to_talk = Flag(required=False, default=False, help_text="Who leads their group hears that, and no reason.")

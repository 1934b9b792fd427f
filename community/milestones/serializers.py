"""The shapes of one's own counts, and of a program's ladders, on every door."""

from dataclasses import asdict
from datetime import date
from typing import Any, override

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.foundation import clock, inputs
from community.foundation.api import Choice, Day, Flag, StrictSerializer, Whole, Words
from community.milestones import dates
from community.milestones.chips import COLOR_NAMES, DRAWING_NAMES
from community.milestones.dates import START_YEARS
from community.milestones.desk import EpisodeProgress, Progress
from community.milestones.ladders import Ladder, LadderKind, so_often
from community.milestones.models import NAME_MOST, TALLY_MOST, Focus, Tally, TallyKind
from community.milestones.plans import LABEL_MOST


def shape(focus: Focus, ladder: Ladder) -> dict[str, Any]:
    """One count as its person sees it, by their ladder; nobody else is ever sent it.

    Without a number where they hide it.
    """
    today = clock.today(focus.person.zone)
    *before, run = focus.history
    way = dates.path(run.start, ladder, today)
    until = run.undoes_until
    return {
        "id": str(focus.pk),
        "name": focus.name,
        "hides_count": focus.hides_count,
        "says_day": focus.says_day,
        "on_today": focus.on_today,
        "start": run.start.isoformat(),
        "days": None if focus.hides_count else way.count,
        "days_in_all": None if focus.hides_count else focus.lived(today),
        "days_longest": None if focus.hides_count else focus.longest(today),
        "reached": [step.code for step in way.reached],
        "next": {"code": way.next.code, "due": dates.due_on(run.start, way.next).isoformat()} if way.next else None,
        "before": [_span(one.start, one.ended, ladder) for one in before if one.ended],
        "undo_until": clock.moment(until) if until and until > clock.now() else None,
    }


def _span(start: date, ended: date, ladder: Ladder) -> dict[str, Any]:
    """A count that a new one ended, and what was reached in it."""
    way = dates.path(start, ladder, ended)
    return {
        "start": start.isoformat(),
        "ended": ended.isoformat(),
        "reached": [step.code for step in way.reached],
    }


def shape_progress(progress: Progress) -> dict[str, Any]:
    """How far somebody came in their programs, as they see it themselves."""
    return {
        "results": [_episode(one) for one in progress.weeks],
        "since": _episode(progress.since) if progress.since else None,
    }


def _episode(progress: EpisodeProgress) -> dict[str, Any]:
    way = progress.way
    coming = way.next if progress.goes_on else None
    return {
        "program": str(progress.program.pk),
        "start": way.start.isoformat(),
        "reached": [step.code for step in way.reached],
        "next": {"code": coming.code, "due": dates.due_on(way.start, coming).isoformat()} if coming else None,
        "goes_on": progress.goes_on,
        "finished": progress.finished.isoformat() if progress.finished else None,
    }


def shape_tally(tally: Tally, ladder: Ladder) -> dict[str, Any]:
    """How often, as its person alone sees it, by the ladder of its kind."""
    reached, ahead = so_often(ladder, tally.count)
    return {
        "id": str(tally.pk),
        "kind": tally.kind,
        "name": tally.name,
        "count": tally.count,
        "reached": [step.number for step in reached],
        "next": ahead[0].number if ahead else None,
    }


class StepSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    due = serializers.DateField()


class SpanSerializer(serializers.Serializer[Any]):
    start = serializers.DateField()
    ended = serializers.DateField()
    reached = serializers.ListField(child=serializers.CharField())


class CountSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    hides_count = serializers.BooleanField()
    says_day = serializers.BooleanField(help_text="Pages call the first day Day 1; `days` are whole days all the same.")
    on_today = serializers.BooleanField(help_text="Today shows what comes next.")
    start = serializers.DateField()
    days = serializers.IntegerField(allow_null=True)
    days_in_all = serializers.IntegerField(allow_null=True)
    days_longest = serializers.IntegerField(allow_null=True, help_text="Of all its counts, this one among them.")
    reached = serializers.ListField(child=serializers.CharField())
    next = StepSerializer(allow_null=True)
    before = SpanSerializer(many=True)
    undo_until = serializers.DateTimeField(allow_null=True)


class CountsSerializer(serializers.Serializer[Any]):
    results = CountSerializer(many=True)
    counts_days = serializers.BooleanField(help_text="Whether days are counted for this person at all.")


class EpisodeProgressSerializer(serializers.Serializer[Any]):
    program = serializers.UUIDField()
    start = serializers.DateField()
    reached = serializers.ListField(child=serializers.CharField())
    next = StepSerializer(allow_null=True)
    goes_on = serializers.BooleanField()
    finished = serializers.DateField(allow_null=True, help_text="The day the program was finished.")


class ProgressSerializer(serializers.Serializer[Any]):
    results = EpisodeProgressSerializer(many=True, help_text="Weeks in each program, the latest first.")
    since = EpisodeProgressSerializer(
        allow_null=True, help_text="The time since one was finished, where days are counted."
    )


class TallySerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=TallyKind.choices)
    name = serializers.CharField()
    count = serializers.IntegerField()
    reached = serializers.ListField(child=serializers.IntegerField())
    next = serializers.IntegerField(allow_null=True)


class TalliesSerializer(serializers.Serializer[Any]):
    results = TallySerializer(many=True)


class TallyBeginSerializer(StrictSerializer):
    kind = Choice(choices=TallyKind.choices)
    name = Words(max_length=NAME_MOST, allow_blank=True, required=False, default="", help_text="A goal needs one.")


class TallyChangeSerializer(StrictSerializer):
    name = Words(max_length=NAME_MOST, allow_blank=True)
    count = Whole(max_value=TALLY_MOST)


class BeginSerializer(StrictSerializer):
    start = Day(years=START_YEARS)
    name = Words(max_length=NAME_MOST, allow_blank=True, required=False, default="")


class FirstDaySerializer(StrictSerializer):
    start = Day(years=START_YEARS)


class LooksSerializer(StrictSerializer):
    name = Words(max_length=NAME_MOST, allow_blank=True)
    hides_count = Flag()
    says_day = Flag(required=False, default=False)
    on_today = Flag(required=False, default=False)


class NewCountSerializer(StrictSerializer):
    start = Day(years=START_YEARS, required=False, default=None)


def shape_ladder(kind: LadderKind, ladder: Ladder) -> dict[str, Any]:
    """A ladder as who runs its program sees it; what is left to the step's number is empty."""
    return {
        "kind": kind.value,
        "steps": [{"code": step.code, **asdict(ladder.look(step))} for step in ladder.steps],
        "yearly": ladder.yearly is not None,
        "finish": asdict(ladder.finish) if kind is LadderKind.WEEKS else None,
        "version": ladder.version,
    }


class LookSerializer(serializers.Serializer[Any]):
    label = serializers.CharField(  # type: ignore[assignment]  # a field of this name; the base's own is for its caption
        required=False, max_length=LABEL_MOST, help_text="Empty: its number, in words."
    )
    color = serializers.ChoiceField(required=False, choices=["", *COLOR_NAMES])
    drawing = serializers.ChoiceField(required=False, choices=["", *DRAWING_NAMES])


class RungSerializer(LookSerializer):
    code = serializers.CharField(help_text="d30, w4, m6, y1: how many days, weeks, months or years; n5: how often.")


class LadderSerializer(serializers.Serializer[Any]):
    finish = LookSerializer(allow_null=True, help_text="How finishing the program looks; for its weeks alone.")
    kind = serializers.ChoiceField(choices=[(kind.value, kind.value) for kind in LadderKind])
    steps = RungSerializer(many=True)
    yearly = serializers.BooleanField()
    version = serializers.IntegerField(help_text="Grows with every change; 0 where it is the preset.")


class LaddersSerializer(serializers.Serializer[Any]):
    results = LadderSerializer(many=True)


@extend_schema_field(RungSerializer(many=True))
class Rungs(serializers.Field[Any, Any, Any, Any]):
    """The steps of a ladder; each is judged, and named by its place, where the ladder is."""

    @override
    def to_internal_value(self, data: Any) -> list[Any]:
        if not isinstance(data, list):
            inputs.refuse(f"/{self.field_name}", "type", _("This must be a list of steps."))
        return data


@extend_schema_field(LookSerializer)
class Finish(serializers.Field[Any, Any, Any, Any]):
    """Judged where the ladder is."""

    @override
    def to_internal_value(self, data: Any) -> Any:
        return data


class LadderChangeSerializer(StrictSerializer):
    steps = Rungs()
    yearly = Flag(required=False, default=False, help_text="And each year after.")
    finish = Finish(required=False, allow_null=True, default=None)
    version = Whole(required=False, help_text="The one that was looked at; is it another one by now, 409 `stale`.")

"""What the API takes and says of cases."""

from typing import Any

from rest_framework import serializers

from community.cases.models import NOTE_MOST, StepKind
from community.cases.plans import Fact, Outcome, Priority, Reason, State
from community.foundation.api import Choice, StrictSerializer, Whole, Words


class CaseSubjectSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    alias = serializers.CharField()


class CaseRowSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    version = serializers.IntegerField()
    program = serializers.UUIDField(allow_null=True)
    group = serializers.UUIDField(allow_null=True)
    place = serializers.CharField(help_text="What the room is called; for who looks into it.")
    subject = CaseSubjectSerializer()
    reason = serializers.ChoiceField(choices=Reason.choices)
    priority = serializers.ChoiceField(choices=Priority.choices)
    care = serializers.BooleanField(help_text="About how somebody is, never about rules.")
    state = serializers.ChoiceField(choices=State.choices)
    outcome = serializers.ChoiceField(choices=Outcome.choices, allow_null=True)
    told = serializers.DateTimeField()
    answer_due = serializers.DateTimeField()
    close_due = serializers.DateTimeField()
    answered = serializers.DateTimeField(allow_null=True)
    closed = serializers.DateTimeField(allow_null=True)
    holder = serializers.CharField(allow_null=True)
    mine = serializers.BooleanField()
    held_until = serializers.DateTimeField(allow_null=True)


class CasePageSerializer(serializers.Serializer[Any]):
    results = CaseRowSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class CaseLineSerializer(serializers.Serializer[Any]):
    alias = serializers.CharField()
    at = serializers.DateTimeField()
    words = serializers.CharField(help_text="As they stood when we were told.")
    content_note = serializers.CharField(allow_null=True)
    meant = serializers.BooleanField()
    removed = serializers.CharField(allow_null=True)


class CaseEvidenceSerializer(serializers.Serializer[Any]):
    where = serializers.CharField()
    told = serializers.ListField(child=serializers.CharField(), help_text="What who told us says; never who they are.")
    lines = CaseLineSerializer(many=True)


class CaseStepSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=StepKind.choices)
    what = serializers.CharField(allow_null=True)
    by = serializers.CharField(allow_null=True)
    at = serializers.DateTimeField()
    note = serializers.CharField(allow_null=True)


class CaseSerializer(CaseRowSerializer):
    evidence = CaseEvidenceSerializer(many=True)
    steps = CaseStepSerializer(many=True)


class StepSerializer(StrictSerializer):
    """``version`` is the one that was looked at: is it another one by now, 409 ``stale`` with the case as it is."""

    version = Whole(min_value=1)
    note = Words(required=False, allow_blank=True, max_length=NOTE_MOST)


class CaseTakeSerializer(StrictSerializer):
    version = Whole(min_value=1)


class CaseTalkedSerializer(StepSerializer):
    reached = serializers.BooleanField()


class CaseWaitSerializer(StepSerializer):
    waits_for = Choice(choices=["person", "clinician"])


class CasePrioritySerializer(StepSerializer):
    priority = Whole(max_value=max(Priority))


class CaseResolveSerializer(StepSerializer):
    outcome = Choice(choices=Outcome.choices)
    facts = serializers.DictField(
        child=Words(allow_blank=True, max_length=NOTE_MOST),
        required=False,
        help_text=f"What some ends ask to be written down: {', '.join(Fact.values)}.",
    )


class CaseStepBodySerializer(StrictSerializer):
    """What a step takes: all of them ``version``; a line, and what is the step's own."""

    version = Whole(min_value=1)
    note = Words(required=False, allow_blank=True, max_length=NOTE_MOST)
    reached = serializers.BooleanField(required=False, help_text="Of `talked`.")
    waits_for = Choice(choices=["person", "clinician"], required=False, help_text="Of `wait`.")
    priority = Whole(max_value=max(Priority), required=False, help_text="Of `priority`.")
    outcome = Choice(choices=Outcome.choices, required=False, help_text="Of `resolve`.")
    facts = serializers.DictField(child=serializers.CharField(), required=False, help_text="Of `resolve`.")

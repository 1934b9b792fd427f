"""What the API takes from staff, and says to them, of the board."""

from typing import Any

from rest_framework import serializers

from community.foundation.api import Id, StrictSerializer, Words
from community.matches.models import NOTE_MOST, Batch, Step
from community.matches.plans.codes import LIFT, Action, Need, State
from community.matches.serializers.mine import KINDS

BY_STAFF = sorted({Action.APPROVE, Action.REJECT, Action.PAUSE, Action.RESUME, Action.END, LIFT})
STATES = [one.value for one in State]


class BoardWhoSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    alias = serializers.CharField()


class BoardRowSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=KINDS)
    state = serializers.ChoiceField(choices=STATES)
    mentee = BoardWhoSerializer()
    mentor = BoardWhoSerializer()
    request = serializers.UUIDField()
    since = serializers.DateTimeField()
    until = serializers.DateTimeField(allow_null=True)
    planned_end = serializers.DateField(allow_null=True)
    needs = serializers.ListField(child=serializers.ChoiceField(choices=[one.value for one in Need]))
    steps = serializers.ListField(child=serializers.ChoiceField(choices=BY_STAFF))
    undoable = serializers.BooleanField(help_text="Your own yes or no, for ten seconds.")
    note = serializers.CharField(allow_null=True)
    reason = serializers.CharField(allow_null=True, help_text="Why it ended; neither of the two reads it.")


class BoardRowPageSerializer(serializers.Serializer[Any]):
    results = BoardRowSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class DeskAnswerSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    person = BoardWhoSerializer()
    step = serializers.ChoiceField(choices=Step.choices)
    number = serializers.IntegerField(help_text="Which month it is; 0 before.")
    answered = serializers.DateTimeField()
    answer = serializers.CharField()
    wants_staff = serializers.BooleanField()
    seen_to = serializers.DateTimeField(allow_null=True, help_text="When somebody of staff had talked with them.")


class DeskMatchSerializer(BoardRowSerializer):
    answers = DeskAnswerSerializer(many=True, help_text="Neither of the two reads what the other said.")


class BoardWaitingSerializer(serializers.Serializer[Any]):
    request = serializers.UUIDField()
    person = BoardWhoSerializer()
    asked = serializers.DateTimeField()
    urgent = serializers.BooleanField()
    mentor_left = serializers.BooleanField()
    cards = serializers.IntegerField()


class BoardMentorSerializer(serializers.Serializer[Any]):
    mentor = serializers.UUIDField()
    person = BoardWhoSerializer()
    takes_new = serializers.BooleanField(help_text="One answer, whatever the reason.")
    taken = serializers.IntegerField()
    places = serializers.IntegerField()
    busy = serializers.BooleanField()


class BoardSerializer(serializers.Serializer[Any]):
    program = serializers.UUIDField()
    waiting = BoardWaitingSerializer(many=True)
    suggested = BoardRowSerializer(many=True)
    asked = BoardRowSerializer(many=True)
    together = BoardRowSerializer(many=True)
    ending = BoardRowSerializer(many=True)
    parted = BoardRowSerializer(many=True)
    mentors = BoardMentorSerializer(many=True)


class SuggestionSerializer(serializers.Serializer[Any]):
    mentor = serializers.UUIDField()
    person = BoardWhoSerializer()
    elsewhere = serializers.BooleanField(help_text="A mentor of another program, who would meet people of this one.")
    allowed = serializers.BooleanField()
    fits = serializers.CharField(allow_null=True)
    shares = serializers.ListField(child=serializers.CharField())
    against = serializers.ListField(child=serializers.CharField())
    lifts = serializers.UUIDField(
        allow_null=True,
        help_text='The match after which one asked not to be suggested again; its step "lift" ends that.',
    )


class SuggestionsSerializer(serializers.Serializer[Any]):
    results = SuggestionSerializer(many=True)


class SuggestSerializer(StrictSerializer):
    mentor = Id()
    note = Words(required=False, allow_blank=True, max_length=NOTE_MOST, help_text="Why; staff alone read it.")


class StandInSerializer(StrictSerializer):
    mentor = Id()


class SuggestedSerializer(serializers.Serializer[Any]):
    suggested = serializers.IntegerField()


class BatchFactSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    words = serializers.CharField()


class BatchProposedSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    mentors = serializers.ListField(child=serializers.CharField())
    fits = serializers.CharField()


class BatchLeftSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    why = serializers.CharField()


class PreviewSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    state = serializers.ChoiceField(
        choices=[one.value for one in Batch.State],
        help_text='"stands": it could not be worked out to the end; what is shown is the last one.',
    )
    made = serializers.DateTimeField(allow_null=True)
    taken = serializers.DateTimeField(allow_null=True)
    may_be_taken = serializers.BooleanField()
    sentence = serializers.CharField()
    facts = BatchFactSerializer(many=True)
    proposed = BatchProposedSerializer(many=True)
    left = BatchLeftSerializer(many=True)
    helps = serializers.ListField(child=serializers.CharField())


class BatchSerializer(serializers.Serializer[Any]):
    being_worked_out = serializers.BooleanField()
    newest = PreviewSerializer(allow_null=True)


class OutcomeSerializer(serializers.Serializer[Any]):
    question = serializers.CharField()
    answer = serializers.CharField()
    told = serializers.BooleanField(help_text="False: too few to tell.")


class OutcomesSerializer(serializers.Serializer[Any]):
    outcomes = OutcomeSerializer(many=True)
    load = OutcomeSerializer(many=True)
    declines = OutcomeSerializer(many=True)

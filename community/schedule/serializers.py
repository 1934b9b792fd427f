"""What the API takes and says of shifts."""

from typing import Any

from rest_framework import serializers

from community.foundation.api import Choice, Flag, Id, StrictSerializer, Words
from community.schedule.plans import CONTACT_MOST, Hours


class ShiftPersonSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    alias = serializers.CharField()


class ShiftSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    program = serializers.UUIDField()
    begins = serializers.DateTimeField()
    ends = serializers.DateTimeField()
    person = ShiftPersonSerializer(allow_null=True, help_text="Who has it, else whom it is planned for.")
    taken = serializers.DateTimeField(allow_null=True)
    answer_by = serializers.DateTimeField(allow_null=True, help_text="Until when a test page waits for its answer.")
    answered = serializers.DateTimeField(allow_null=True)
    on_call = serializers.BooleanField(help_text="Whether a room names them right now.")
    warnings = serializers.ListField(child=serializers.CharField(), help_text="In the reader's language.")


class ShiftPageSerializer(serializers.Serializer[Any]):
    results = ShiftSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class NewShiftSerializer(StrictSerializer):
    begins = Words(help_text="RFC 3339 with its offset.")
    ends = Words(help_text="RFC 3339 with its offset.")
    person = Id(required=False, allow_null=True)


class ShiftForSerializer(StrictSerializer):
    person = Id(allow_null=True)


class ShiftStepSerializer(StrictSerializer):
    rang = Flag(required=False, help_text="Of `here`: the paging service rang for it as well.")


class NoBodySerializer(StrictSerializer):
    """Nothing is taken."""


class CoverageSerializer(serializers.Serializer[Any]):
    hours = serializers.ChoiceField(choices=Hours.choices, help_text="What was chosen.")
    stands = serializers.ChoiceField(choices=Hours.choices, help_text="What holds today.")
    contact_name = serializers.CharField(allow_blank=True)
    contact_mail = serializers.CharField(allow_blank=True)
    contact_rings = serializers.BooleanField()


class CoverageChangeSerializer(StrictSerializer):
    hours = Choice(choices=Hours.choices, required=False)
    contact_name = Words(required=False, allow_blank=True, max_length=CONTACT_MOST)
    contact_mail = Words(required=False, allow_blank=True, max_length=254)
    contact_rings = Flag(required=False)


class ReadingSerializer(serializers.Serializer[Any]):
    reads = serializers.BooleanField(help_text="Whether somebody is on call: took the shift, and answered for it.")
    says = serializers.CharField(allow_null=True, help_text="The room's line, in the reader's words.")
    turns = serializers.DateTimeField(allow_null=True, help_text="When it is another one by itself.")

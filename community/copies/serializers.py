from typing import Any

from rest_framework import serializers

from community.foundation.api import StrictSerializer, Words
from community.people.rules import PASSWORD_MOST


class TakeSerializer(StrictSerializer):
    password = Words(max_length=PASSWORD_MOST, help_text="One's own, once more, whatever the credential.")


class CopySerializer(serializers.Serializer[Any]):
    person = serializers.UUIDField()
    made = serializers.DateTimeField()
    notice = serializers.ListField(
        child=serializers.CharField(),
        help_text="What goes with every copy: 42 CFR 2.32(a), the short and the long form.",
    )
    chapters = serializers.DictField(
        child=serializers.ListField(child=serializers.DictField()),
        help_text="What is one's own, by chapter. A chapter that is not there has nothing for this person.",
    )

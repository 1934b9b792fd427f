from typing import Any

from rest_framework import serializers

from community.foundation.api import Flag, Id, StrictSerializer


class PhoneSerializer(serializers.Serializer[Any]):
    only_mine = serializers.BooleanField(allow_null=True, help_text="null: not answered yet, which counts as no.")


class PhoneAnswerSerializer(StrictSerializer):
    only_mine = Flag()


class PhoneIdSerializer(StrictSerializer):
    phone = Id(help_text="The id this phone chose for what it keeps.")


class PhoneKeySerializer(serializers.Serializer[Any]):
    key = serializers.CharField(help_text="32 bytes in base64. Held in memory only, never kept.")

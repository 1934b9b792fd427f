"""The shape of an agreement."""

from typing import Any

from rest_framework import serializers

from community.consent.models import Channel, Purpose
from community.consent.wording import Named
from community.foundation import clock


def shape(one: Named) -> dict[str, Any]:
    record = one.record
    return {
        "id": str(record.pk),
        "purpose": record.purpose,
        "name": one.name,
        "subject": record.subject or None,
        "version": record.version,
        "language": record.language,
        "digest": record.digest,
        "channel": record.channel,
        "given": clock.moment(record.given),
        "revoked": clock.moment(record.revoked),
        "superseded": clock.moment(record.superseded),
    }


def shape_with_words(one: Named, language: str) -> dict[str, Any]:
    return {**shape(one), "terms": one.record.parts, "today": one.today(language).parts}


class ConsentSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    purpose = serializers.ChoiceField(choices=Purpose.choices)
    name = serializers.CharField(
        help_text="What it is called on a page, in the language that is asked for and my program's word."
    )
    subject = serializers.CharField(allow_null=True, help_text="What it is about, as kind:id; null: this place.")
    version = serializers.IntegerField()
    language = serializers.CharField()
    digest = serializers.CharField(help_text="SHA-256 of the words that were shown.")
    channel = serializers.ChoiceField(choices=Channel.choices)
    given = serializers.DateTimeField()
    revoked = serializers.DateTimeField(allow_null=True)
    superseded = serializers.DateTimeField(allow_null=True)


class ConsentWordsSerializer(ConsentSerializer):
    terms = serializers.ListField(child=serializers.CharField(), help_text="The words that were shown.")
    today = serializers.ListField(child=serializers.CharField(), help_text="Today's words, in my language.")


class ConsentPageSerializer(serializers.Serializer[Any]):
    results = ConsentSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)

from typing import Any

from rest_framework import serializers

from community.foundation.api import Flag, StrictSerializer, Words
from community.people.models import ALIAS_MOST, Person


def shape_me(person: Person) -> dict[str, Any]:
    """Me, as I see myself."""
    return {
        "id": str(person.pk),
        "alias": person.alias,
        "address": person.address,
        "language": person.language,
        "zone": person.zone,
        "shows_typing": person.shows_typing,
    }


class MeSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(help_text="Person id.")
    alias = serializers.CharField()
    address = serializers.EmailField(allow_null=True)
    language = serializers.ChoiceField(choices=["en", "es"])
    zone = serializers.CharField()
    shows_typing = serializers.BooleanField()


class MeChangeSerializer(StrictSerializer):
    alias = Words(required=False, max_length=ALIAS_MOST)
    language = Words(required=False, max_length=5)
    zone = Words(required=False, max_length=64)
    shows_typing = Flag(required=False)

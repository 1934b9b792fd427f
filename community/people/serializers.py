from typing import Any

from rest_framework import serializers

from community.foundation.api import Choice, Flag, StrictSerializer, Whole, Words
from community.people.models import ALIAS_MOST, Contrast, Enter, Font, Motion, Person, TextSize, Theme

OWN = (
    "alias", "address", "sign_in_name", "language", "language_of_device", "zone", "shows_typing", "shows_presence",
    "notes_open", "enter", "text_size", "font", "theme", "contrast", "motion",
)  # fmt: skip


def shape_me(person: Person) -> dict[str, Any]:
    """Me, as I see myself."""
    return {"id": str(person.pk), **{name: getattr(person, name) for name in OWN}}


class MeSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(help_text="Person id.")
    alias = serializers.CharField()
    address = serializers.EmailField(allow_null=True)
    sign_in_name = serializers.CharField(allow_null=True)
    language = serializers.ChoiceField(choices=["en", "es"])
    language_of_device = serializers.BooleanField(help_text="Pages speak the language of each device instead.")
    zone = serializers.CharField()
    shows_typing = serializers.BooleanField()
    shows_presence = serializers.BooleanField()
    notes_open = serializers.BooleanField(help_text="Content notes are always open.")
    enter = serializers.ChoiceField(choices=Enter.values)
    text_size = serializers.ChoiceField(choices=TextSize.values, help_text="Percent.")
    font = serializers.ChoiceField(choices=Font.values)
    theme = serializers.ChoiceField(choices=Theme.values)
    contrast = serializers.ChoiceField(choices=Contrast.values)
    motion = serializers.ChoiceField(choices=Motion.values)


class MeChangeSerializer(StrictSerializer):
    alias = Words(required=False, max_length=ALIAS_MOST)
    language = Words(required=False, max_length=5)
    language_of_device = Flag(required=False)
    zone = Words(required=False, max_length=64)
    shows_typing = Flag(required=False)
    shows_presence = Flag(required=False)
    notes_open = Flag(required=False)
    enter = Choice(required=False, choices=Enter.values)
    text_size = Whole(required=False)
    font = Choice(required=False, choices=Font.values)
    theme = Choice(required=False, choices=Theme.values)
    contrast = Choice(required=False, choices=Contrast.values)
    motion = Choice(required=False, choices=Motion.values)

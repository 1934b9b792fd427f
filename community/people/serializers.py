from typing import Any
from zoneinfo import ZoneInfo

from rest_framework import serializers

from community.foundation.api import Choice, Flag, StrictSerializer, Whole, Words
from community.people.models import ALIAS_MOST, Contrast, Enter, Font, Motion, Person, Session, TextSize, Theme

OWN = (
    "alias", "address", "sign_in_name", "language", "language_of_device", "zone", "shows_typing", "shows_presence",
    "notes_open", "celebrations_quiet", "locks", "enter", "text_size", "font", "theme", "contrast", "motion",
)  # fmt: skip


def shape_me(person: Person) -> dict[str, Any]:
    """Me, as I see myself."""
    return {"id": str(person.pk), **{name: getattr(person, name) for name in OWN}}


def shape_device(session: Session, person: Person, *, current: bool) -> dict[str, Any]:
    """One of my devices. Only days are told, in my zone: a list of devices is no diary."""
    zone = ZoneInfo(person.zone)
    return {
        "id": str(session.pk),
        "device": session.device_words,
        "current": current,
        "signed_in": session.created.astimezone(zone).date(),
        "last_used": session.last_seen.astimezone(zone).date(),
    }


class DeviceSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    device = serializers.CharField(help_text="Browser and system, where the device said; else empty.")
    current = serializers.BooleanField(help_text="The one that asks.")
    signed_in = serializers.DateField()
    last_used = serializers.DateField()


class DevicesSerializer(serializers.Serializer[Any]):
    results = DeviceSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


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
    locks = serializers.BooleanField(help_text="Each device asks for the password again after 15 quiet minutes.")
    celebrations_quiet = serializers.BooleanField(help_text="What others celebrate stands as one line.")
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
    locks = Flag(required=False)
    celebrations_quiet = Flag(required=False)
    enter = Choice(required=False, choices=Enter.values)
    text_size = Whole(required=False)
    font = Choice(required=False, choices=Font.values)
    theme = Choice(required=False, choices=Theme.values)
    contrast = Choice(required=False, choices=Contrast.values)
    motion = Choice(required=False, choices=Motion.values)

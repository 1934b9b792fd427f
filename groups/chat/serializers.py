"""The one shape of a message, on REST and socket alike. Nothing here depends on who reads.

What does is in reading.py: for who hears of no days, an answer to one answers nothing.
"""

from typing import Any, override

from django.conf import settings
from rest_framework import serializers

from community.foundation import clock
from community.foundation.api import Choice, Flag, Id, StrictSerializer, Whole, Words
from community.safety.serializers import CareSerializer
from groups.chat.models import NOTE_MOST, Kind, Message, ReactionName, Removed
from groups.membership.models import Role


def shape(message: Message, *, until: int | None = None) -> dict[str, Any]:
    """The Message of the wire; needs ``to_show()``. ``until``: as it stood at that version, for who only looks back.

    Then it bears that version, changed since or not: it would tell them that something happened.
    """
    hidden = message.removed is not None
    seat = None if message.removed == Removed.HELD or message.kind == Kind.SYSTEM else message.seat
    shaped: dict[str, Any] = {
        "id": str(message.pk),
        "group": str(message.group_id),
        "position": message.position,
        "version": message.version if until is None else until,
        "kind": message.kind,
        "author": {"id": str(seat.member_id), "alias": seat.alias, "role": seat.role} if seat else None,
        "body": None if hidden else message.body,
        "content_note": None if hidden else message.content_note,
        "reply_to": {"id": str(message.reply_to_id), "position": message.reply_position}
        if message.reply_to_id
        else None,
        "reactions": {} if hidden else _reactions(message.reactions, until),
        "created": clock.moment(message.created),
        "edited": clock.moment(message.edited),
        "removed": message.removed,
        "key": str(message.key),
    }
    if message.kind == Kind.CELEBRATION:
        shaped["celebration"] = None if hidden else message.card
    return shaped


def _reactions(kept: dict[str, dict[str, int]], until: int | None) -> dict[str, list[str]]:
    """Who gave which, in the order they were given."""
    shown = {
        name: [
            who for who, version in sorted(given.items(), key=lambda item: item[1]) if until is None or version <= until
        ]
        for name, given in kept.items()
    }
    return {name: shown[name] for name in ReactionName.values if shown.get(name)}


def shape_for_keeper(message: Message) -> dict[str, Any]:
    """As :func:`shape`, but a held message shows its author and words: for staff doors only."""
    shaped = shape(message)
    if message.removed == Removed.HELD and message.seat:
        seat = message.seat
        shaped["author"] = {"id": str(seat.member_id), "alias": seat.alias, "role": seat.role}
        shaped["body"], shaped["content_note"] = message.body, message.content_note
    return shaped


class AuthorSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(help_text="Member id: stable in this group, different in every group.")
    alias = serializers.CharField()
    role = serializers.ChoiceField(choices=Role.choices)


class ReplySerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    position = serializers.IntegerField()


class CardSerializer(serializers.Serializer[Any]):
    """A celebration, ready to be drawn, in the language of the program. ``title`` is the first line of the body too."""

    title = serializers.CharField()
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name, not this serializer's label
    number = serializers.CharField()
    unit = serializers.CharField()
    rim = serializers.CharField()
    color = serializers.CharField()
    drawing = serializers.CharField()


class MessageSerializer(serializers.Serializer[Message]):
    """Documents :func:`shape`, and is it."""

    id = serializers.UUIDField()
    group = serializers.UUIDField()
    position = serializers.IntegerField()
    version = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    author = AuthorSerializer(allow_null=True)
    body = serializers.CharField(allow_null=True)
    content_note = serializers.CharField(allow_null=True)
    reply_to = ReplySerializer(allow_null=True)
    reactions = serializers.DictField(child=serializers.ListField(child=serializers.UUIDField()))
    created = serializers.DateTimeField()
    edited = serializers.DateTimeField(allow_null=True)
    removed = serializers.ChoiceField(choices=Removed.choices, allow_null=True)
    key = serializers.UUIDField()
    celebration = CardSerializer(required=False, allow_null=True, help_text="Only where `kind` is `celebration`.")

    @override
    def to_representation(self, instance: Message) -> dict[str, Any]:
        return shape(instance)


class PostedSerializer(MessageSerializer):
    """The answer to post and edit."""

    care = CareSerializer(required=False, help_text="The private help card, where the words may mean danger.")


class MessagePageSerializer(serializers.Serializer[Any]):
    results = MessageSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class ChangesSerializer(serializers.Serializer[Any]):
    results = MessageSerializer(many=True)
    version = serializers.IntegerField()
    stale = serializers.BooleanField()


class DraftSerializer(StrictSerializer):
    key = Id()
    body = Words(max_length=settings.LIMITS["message_points"])
    reply_to = Id(required=False, allow_null=True)
    content_note = Words(required=False, allow_null=True, max_length=NOTE_MOST)
    care_seen = Flag(required=False, help_text="I was asked (409 `care_nudge`) and send it as it is.")


class EditSerializer(StrictSerializer):
    body = Words(max_length=settings.LIMITS["message_points"])


class ReadSerializer(StrictSerializer):
    position = Whole(min_value=0)


class ReactionPathSerializer(StrictSerializer):
    name = Choice(choices=ReactionName.choices)

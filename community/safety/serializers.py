"""The private help card on the wire: beside the message in the answer to post and edit, and by itself."""

from typing import Any

from rest_framework import serializers

from community.safety.cards import Act, Card
from community.safety.plans import Kind


class ActSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name, not this serializer's label
    href = serializers.CharField(help_text="An address here, or tel: or sms:.")
    post = serializers.BooleanField(help_text="Whether pressing it is a POST.")


class CareSerializer(serializers.Serializer[Any]):
    """Documents :func:`shape_card`. Everything to show is in it, in the person's language."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    title = serializers.CharField()
    text = serializers.ListField(child=serializers.CharField())
    told = serializers.CharField(help_text="Who knows of it, and no more than is true.")
    lines = ActSerializer(many=True)
    acts = ActSerializer(many=True)


class CaresSerializer(serializers.Serializer[Any]):
    results = CareSerializer(many=True)


def shape_card(card: Card) -> dict[str, Any]:
    return {
        "id": str(card.id),
        "kind": card.kind.value,
        "title": card.title,
        "text": list(card.text),
        "told": card.told,
        "lines": [_act(one) for one in card.lines],
        "acts": [_act(one) for one in card.acts],
    }


def _act(one: Act) -> dict[str, Any]:
    return {"label": one.label, "href": one.href, "post": one.post}

"""The shape of an offer."""

from typing import Any

from rest_framework import serializers

from community.consent import texts
from community.consent.models import Purpose
from community.foundation import clock
from community.foundation.api import Choice, StrictSerializer, Words
from community.people.models import ALIAS_MOST, Person
from groups.membership.models import Group, Kind
from groups.passages.models import AlumniOffer, Answer
from groups.passages.rules import KeptSeat, OfferFacts, facts, facts_of


def shape_offers(offers: list[AlumniOffer]) -> list[dict[str, Any]]:
    """Needs ``to_show()``."""
    told = facts_of(offers)
    return [_shape(offer, told[offer.pk]) for offer in offers]


def shape_offer(offer: AlumniOffer) -> dict[str, Any]:
    """Needs ``to_show()``."""
    return _shape(offer, facts(offer))


def _shape(offer: AlumniOffer, told: OfferFacts) -> dict[str, Any]:
    """``terms`` are what saying yes agrees to, in the person's language."""
    return {
        "id": str(offer.pk),
        "name": told.name,
        "people": told.people,
        "kept_by": list(told.kept_by),
        "alias": told.alias,
        "terms": texts.current(Purpose.ALUMNI_ROOM, offer.person.language).parts,
        "offered": clock.moment(offer.offered),
        "answer": offer.answer or None,
        "asks_again": clock.moment(offer.asks_again),
    }


def shape_room(group: Group) -> dict[str, Any]:
    """A room where a seat waits."""
    return {"group": str(group.pk), "name": group.name, "kind": group.kind}


def shape_kept(kept: KeptSeat, person: Person) -> dict[str, Any]:
    """``asks`` is what coming back in agrees to, in the person's language."""
    asks = [{"purpose": str(one), "terms": texts.current(one, person.language).parts} for one in kept.asks]
    return {**shape_room(kept.group), "alias": kept.alias, "asks": asks}


class OfferSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField(help_text="Of the room.")
    people = serializers.IntegerField(help_text="How many are in it.")
    kept_by = serializers.ListField(child=serializers.CharField())
    alias = serializers.CharField(help_text="The name people there would see.")
    terms = serializers.ListField(child=serializers.CharField())
    offered = serializers.DateTimeField()
    answer = serializers.ChoiceField(choices=Answer.choices, allow_null=True)
    asks_again = serializers.DateTimeField(allow_null=True)


class OfferPageSerializer(serializers.Serializer[Any]):
    results = OfferSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class KeptSeatSerializer(serializers.Serializer[Any]):
    group = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=Kind.choices)


class KeptSeatPageSerializer(serializers.Serializer[Any]):
    results = KeptSeatSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class AskedSerializer(serializers.Serializer[Any]):
    purpose = serializers.ChoiceField(choices=Purpose.choices)
    terms = serializers.ListField(child=serializers.CharField())


class KeptSeatWordsSerializer(KeptSeatSerializer):
    alias = serializers.CharField(help_text="The name it had, and has again unless another is given.")
    asks = AskedSerializer(many=True, help_text="What I took back, and coming back in agrees to.")


class ComeBackSerializer(StrictSerializer):
    agreed = serializers.ListField(
        child=Choice(choices=Purpose.choices), required=False, max_length=len(Purpose), help_text="All that is asked."
    )
    alias = Words(required=False, max_length=ALIAS_MOST, help_text="Another name for that room alone.")


class AnswerSerializer(StrictSerializer):
    answer = Choice(choices=Answer.choices)
    alias = Words(required=False, max_length=ALIAS_MOST, help_text="Another name for that room alone.")

"""What the API says of pages."""

from typing import Any

from rest_framework import serializers

from community.paging.plans import Why


class PageSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    case = serializers.UUIDField()
    why = serializers.ChoiceField(choices=Why.choices)
    paged = serializers.DateTimeField()
    mine = serializers.BooleanField(help_text="Whether it went to me.")
    next = serializers.DateTimeField(allow_null=True, help_text="When it goes to the next on call.")
    contact = serializers.DateTimeField(allow_null=True, help_text="When it goes to the program's contact.")


class PagesSerializer(serializers.Serializer[Any]):
    results = PageSerializer(many=True)

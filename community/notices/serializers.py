"""What a notice says, and its shape on every door: page, REST and socket alike."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from rest_framework import serializers

from community.foundation import clock, registers
from community.foundation.api import StrictSerializer, Whole
from community.foundation.registers import NoticeKind
from community.notices.models import Notice


def kind_of(notice: Notice) -> NoticeKind | None:
    """None for a kind that only an older or a newer version of this site knows."""
    return dict(registers.notices.items()).get(notice.kind)


def text_of(notice: Notice) -> str:
    """What it says, in the language that is active; neutral, without a name of anybody or anything."""
    kind = kind_of(notice)
    return str(kind.says) if kind else _("You have an update.")


def link_of(notice: Notice) -> str | None:
    """The path where the rest is told, if there is such a page."""
    kind = kind_of(notice)
    if kind is None or not kind.link:
        return None
    try:
        return reverse(kind.link, kwargs={kind.takes: notice.about} if kind.takes else {})
    except NoReverseMatch:  # a page that moved since: the word still stands
        return None


def shape(notice: Notice, language: str) -> dict[str, Any]:
    """The Notice of the wire, in the reader's language."""
    with translation.override(language):
        return {
            "id": str(notice.pk),
            "number": notice.number,
            "version": notice.version,
            "kind": notice.kind,
            "text": text_of(notice),
            "link": link_of(notice),
            "created": clock.moment(notice.created),
            "seen": clock.moment(notice.seen),
        }


class NoticeSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    number = serializers.IntegerField(
        help_text="Its place among this person's notices; ascending, with gaps; a new one when it is said again."
    )
    version = serializers.IntegerField(help_text="Higher after each change; the higher one wins.")
    kind = serializers.CharField()
    text = serializers.CharField(help_text="Neutral words, in the person's language.")
    link = serializers.CharField(allow_null=True, help_text="Path of the page that tells the rest.")
    created = serializers.DateTimeField()
    seen = serializers.DateTimeField(allow_null=True)


class NoticePageSerializer(serializers.Serializer[Any]):
    results = NoticeSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class SeenSerializer(StrictSerializer):
    number = Whole(help_text="All up to this number were seen.")

"""Mentors and who waits, as staff see them."""

from datetime import datetime
from typing import Any

from rest_framework import serializers

from community.foundation import clock
from community.foundation.api import Day, Id, StrictSerializer, Words
from community.mentoring.models import NOTE_MOST, Mentor, MentorRequest, SupervisionNote
from community.mentoring.rules import Standing
from community.mentoring.serializers.mine import STATE_CHOICES, MentorRequestSerializer, shape_request
from community.mentoring.serializers.said import PageSerializer, SaidSerializer
from community.people.models import Person
from community.programs.serializers import WhoSerializer


def shape_waiting(row: MentorRequest) -> dict[str, Any]:
    """One that waits, for who runs the program. Needs ``to_show()``."""
    return {**shape_request(row), "person": _who(row.person), "urgent": row.urgent}


def shape_at_the_desk(row: Mentor, standing: Standing) -> dict[str, Any]:
    """A mentor as staff see them: whether they take new people, and never why not. Needs ``to_show()``."""
    return {
        "id": str(row.pk),
        "person": _who(row.person),
        "program": str(row.program_id),
        "state": row.state,
        "since": clock.moment(row.since),
        "takes_new": standing.takes_new,
        "wishes_cover": row.wishes_cover,
        "cleared_until": _good(row.cleared_until, still=standing.cleared),
        "approved_until": _good(row.approved_until, still=standing.approved),
        "supervisor": _who(row.supervisor) if row.supervisor else None,
    }


def shape_note(row: SupervisionNote) -> dict[str, Any]:
    """Needs its author."""
    return {
        "id": str(row.pk),
        "author": _who(row.author) if row.author else None,
        "written": clock.moment(row.written),
        "body": row.body,
    }


def _who(person: Person) -> dict[str, str]:
    return {"id": str(person.pk), "alias": person.alias}


def _good(until: datetime | None, *, still: bool) -> str | None:
    """Until when something is good; none where it is over, as the page has it."""
    return clock.moment(until) if still else None


class WaitingSerializer(MentorRequestSerializer):
    person = WhoSerializer()
    urgent = serializers.BooleanField(help_text="They go first.")


class DeskMentorSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    person = WhoSerializer()
    program = serializers.UUIDField()
    state = serializers.ChoiceField(choices=STATE_CHOICES)
    since = serializers.DateTimeField()
    takes_new = serializers.BooleanField(help_text="Or not now, whatever the reason.")
    wishes_cover = serializers.BooleanField()
    cleared_until = serializers.DateTimeField(allow_null=True, help_text="None where it is missing or over.")
    approved_until = serializers.DateTimeField(allow_null=True)
    supervisor = WhoSerializer(allow_null=True)


class DeskMentorWholeSerializer(DeskMentorSerializer):
    said = SaidSerializer(allow_null=True, help_text="For who runs the program.")
    steps = serializers.ListField(child=serializers.CharField(), help_text="What may be done now.")


class NoteSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    author = WhoSerializer(allow_null=True)
    written = serializers.DateTimeField()
    body = serializers.CharField()


class NotesSerializer(serializers.Serializer[Any]):
    results = NoteSerializer(many=True)


class WaitingPageSerializer(PageSerializer):
    results = WaitingSerializer(many=True)


class DeskMentorPageSerializer(PageSerializer):
    results = DeskMentorSerializer(many=True)


class ClearanceSerializer(StrictSerializer):
    until = Day(help_text="In the program's zone; the last day it is good on.")


class SupervisorSerializer(StrictSerializer):
    supervisor = Id(help_text="Person id of somebody who works with people in the program.")


class NewNoteSerializer(StrictSerializer):
    body = Words(max_length=NOTE_MOST)

"""The shapes of groups and members."""

from typing import Any

from rest_framework import serializers

from community.foundation.api import Choice, Flag, Id, StrictSerializer, Whole
from groups.membership.models import Group, Kind, Membership, Role
from groups.membership.rules import Reach


def shape_group(reached: Reach) -> dict[str, Any]:
    """A group as one person sees it; ``role`` is null once their seat ended."""
    group, seat = reached.group, reached.seat
    last = max((span.until or 0) for span in reached.spans)
    return {
        "id": str(group.pk),
        "name": group.name,
        "kind": group.kind,
        "role": seat.role if seat else None,
        "me": str(reached.member_id),
        "version": reached.version,
        "position": group.position if seat else last,
        "read": seat.read if seat else last,
        "seats": group.seats if seat else 0,
        "held": group.held if seat else False,
        "muted": seat.muted if seat else False,
    }


def shape_seat(seat: Membership) -> dict[str, Any]:
    """The group of a seat held today, for lists; needs ``select_related("group")``."""
    group: Group = seat.group
    return {
        "id": str(group.pk),
        "name": group.name,
        "kind": group.kind,
        "role": seat.role,
        "me": str(seat.member_id),
        "version": group.version,
        "position": group.position,
        "read": seat.read,
        "seats": group.seats,
        "held": group.held,
        "muted": seat.muted,
    }


def shape_member(seat: Membership, *, for_keeper: bool, around: bool | None = None) -> dict[str, Any]:
    """A member of a group; ``person`` only for those who keep the room, ``around`` only of who chose to show it."""
    shaped: dict[str, Any] = {"id": str(seat.member_id), "alias": seat.alias, "role": seat.role}
    if around is not None:
        shaped["around"] = around
    return {**shaped, "person": str(seat.person_id)} if for_keeper else shaped


class GroupSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    role = serializers.ChoiceField(choices=Role.choices, allow_null=True)
    me = serializers.UUIDField(help_text="My member id here.")
    version = serializers.IntegerField()
    position = serializers.IntegerField()
    read = serializers.IntegerField()
    seats = serializers.IntegerField()
    held = serializers.BooleanField()
    muted = serializers.BooleanField(help_text="I muted it for myself: no updates come of it.")


class GroupPageSerializer(serializers.Serializer[Any]):
    results = GroupSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class MemberSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    alias = serializers.CharField()
    role = serializers.ChoiceField(choices=Role.choices)
    around = serializers.BooleanField(required=False, help_text="Only of those who chose to show it.")
    person = serializers.UUIDField(required=False, help_text="Only for those who keep the room.")


class MemberPageSerializer(serializers.Serializer[Any]):
    results = MemberSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class NewMemberSerializer(StrictSerializer):
    person = Id()
    role = Choice(choices=Role.choices, required=False)


class HoldSerializer(StrictSerializer):
    held = Flag()


class MuteSerializer(StrictSerializer):
    muted = Flag()


class RestrictionSerializer(StrictSerializer):
    mute_minutes = Whole(required=False, min_value=0, max_value=7 * 24 * 60)
    hold_next = Whole(required=False, min_value=0, max_value=50)
    slow_seconds = Whole(required=False, min_value=0, max_value=86_400)

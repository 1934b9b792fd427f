"""Groups and seats over REST."""

from datetime import timedelta
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation import clock
from community.foundation.api import PAGED, Request, checked, offset_page, once, query
from community.foundation.errors import Missing
from community.people.models import Person
from community.schedule.reading import shape_line
from community.schedule.serializers import ReadingSerializer
from groups.membership import services as membership
from groups.membership.models import Membership, Role
from groups.membership.reading import line_in
from groups.membership.rules import around_in, keeps_the_room, member_in, reach, seat_in
from groups.membership.serializers import (
    GroupPageSerializer,
    GroupSerializer,
    HoldSerializer,
    MemberPageSerializer,
    MemberSerializer,
    MuteSerializer,
    NewMemberSerializer,
    RestrictionSerializer,
    shape_group,
    shape_member,
    shape_seat,
)


class GroupsView(APIView):
    scopes: ClassVar = {"GET": "chat:read"}

    @extend_schema(operation_id="groups_list", parameters=PAGED, responses=GroupPageSerializer)
    def get(self, request: Request) -> Response:
        """The groups I have a seat in today."""
        seats = Membership.objects.open_to(request.user.pk).select_related("group").order_by("group__created", "pk")
        return Response(offset_page(request, seats, lambda rows: [shape_seat(row) for row in rows]))


class GroupView(APIView):
    scopes: ClassVar = {"GET": "chat:read"}

    @extend_schema(operation_id="groups_read", responses=GroupSerializer)
    def get(self, request: Request, group_id: UUID) -> Response:
        """One group: open to me, or kept readable for me after my seat ended."""
        query(request)
        return Response(shape_group(reach(request.user, group_id)))


class ReadingView(APIView):
    scopes: ClassVar = {"GET": "chat:read"}

    @extend_schema(operation_id="groups_reading", responses=ReadingSerializer)
    def get(self, request: Request, group_id: UUID) -> Response:
        """Who reads in a room I sit in, or when somebody looks in again; `says` is null where none is named."""
        query(request)
        line = line_in(seat_in(request.user, group_id).group, request.user)
        return Response(shape_line(line) if line else {"reads": False, "says": None, "turns": None})


class MembersView(APIView):
    scopes: ClassVar = {"GET": "chat:read", "POST": "seats:write"}

    @extend_schema(operation_id="members_list", parameters=PAGED, responses=MemberPageSerializer)
    def get(self, request: Request, group_id: UUID) -> Response:
        """Who is here. Those who keep the room see the person id too."""
        mine = seat_in(request.user, group_id)
        seats = mine.group.memberships.current().select_related("person").order_by("began", "pk")
        return Response(offset_page(request, seats, partial(self._shapes, for_keeper=mine.keeps)))

    def _shapes(self, seats: list[Membership], *, for_keeper: bool) -> list[dict[str, Any]]:
        around = around_in(seats)
        return [shape_member(seat, for_keeper=for_keeper, around=around.get(seat.member_id)) for seat in seats]

    @extend_schema(operation_id="members_create", request=NewMemberSerializer, responses={201: MemberSerializer})
    def post(self, request: Request, group_id: UUID) -> Response:
        """Give a person a seat (staff). Somebody seated already keeps theirs: 200."""
        query(request)
        mine = seat_in(request.user, group_id)
        keeps_the_room.require(request.user, mine.group)
        wanted = checked(NewMemberSerializer, request)
        return once(request, lambda: self._seat(request.user, mine, wanted))

    def _seat(self, by: Person, mine: Membership, wanted: dict[str, Any]) -> Response:
        person = Person.objects.filter(pk=wanted["person"]).first()
        if person is None:
            raise Missing
        role = Role(wanted["role"]) if "role" in wanted else None
        before = mine.group.memberships.current().of(person.pk).exists()
        seat = membership.seat(person=person, group=mine.group, role=role, by=by)
        return Response(shape_member(seat, for_keeper=True), status=200 if before else 201)


class MemberView(APIView):
    scopes: ClassVar = {"DELETE": "seats:write"}

    @extend_schema(operation_id="members_delete", request=None, responses={204: None})
    def delete(self, request: Request, group_id: UUID, member_id: UUID) -> Response:
        """End a seat: one's own, or (staff) somebody's."""
        query(request)
        mine = seat_in(request.user, group_id)
        theirs = member_in(mine, member_id)
        membership.unseat(person=theirs.person, group=mine.group, by=request.user)
        return Response(status=204)


class RestrictionView(APIView):
    scopes: ClassVar = {"PUT": "seats:write"}

    @extend_schema(operation_id="members_restrict", request=RestrictionSerializer, responses={204: None})
    def put(self, request: Request, group_id: UUID, member_id: UUID) -> Response:
        """Pause, hold or slow one member (staff); zeros lift it."""
        query(request)
        mine = seat_in(request.user, group_id)
        keeps_the_room.require(request.user, mine.group)
        wanted = checked(RestrictionSerializer, request)
        minutes = wanted.pop("mute_minutes", 0)
        membership.restrict(
            membership=member_in(mine, member_id),
            by=request.user,
            muted_until=clock.now() + timedelta(minutes=minutes) if minutes else None,
            **wanted,
        )
        return Response(status=204)


class HoldView(APIView):
    scopes: ClassVar = {"PUT": "seats:write"}

    @extend_schema(operation_id="groups_hold", request=HoldSerializer, responses=GroupSerializer)
    def put(self, request: Request, group_id: UUID) -> Response:
        """From now on members' words wait for a facilitator, or no longer (staff)."""
        query(request)
        mine = seat_in(request.user, group_id)
        keeps_the_room.require(request.user, mine.group)
        membership.hold_room(group=mine.group, by=request.user, held=checked(HoldSerializer, request)["held"])
        return Response(shape_group(reach(request.user, group_id)))


class MuteView(APIView):
    scopes: ClassVar = {"PUT": "chat:write"}

    @extend_schema(operation_id="groups_mute", request=MuteSerializer, responses=GroupSerializer)
    def put(self, request: Request, group_id: UUID) -> Response:
        """Get no updates of a group, or get them again; only for me, and nobody else is told."""
        query(request)
        mine = seat_in(request.user, group_id)
        membership.mute(person=request.user, group=mine.group, muted=checked(MuteSerializer, request)["muted"])
        return Response(shape_group(reach(request.user, group_id)))

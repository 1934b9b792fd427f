"""What is pinned in a room, over REST."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation.api import Request, query
from groups.chat import pins
from groups.chat.api.messages import message_in
from groups.chat.models import Message
from groups.chat.reading import as_seen, as_told, pins_of, read_with
from groups.chat.serializers import MessagePageSerializer, MessageSerializer
from groups.membership.rules import Reach


class PinsView(APIView):
    scopes: ClassVar = {"GET": "chat:read"}

    @extend_schema(operation_id="pins_list", responses=MessagePageSerializer)
    def get(self, request: Request, group_id: UUID) -> Response:
        """Up to three messages that who keeps the room pinned, of those I may read; the one pinned last on top."""
        query(request)

        def pinned(reached: Reach) -> tuple[list[Message], list[dict[str, Any]]]:
            rows = list(pins_of(reached).with_seats_counter())
            return rows, as_seen(rows, reached)

        results = read_with(request.user, group_id, pinned)
        return Response({"results": results, "next": None, "previous": None})


class PinView(APIView):
    scopes: ClassVar = {"*": "seats:write"}

    @extend_schema(operation_id="pins_put", request=None, responses=MessageSerializer)
    def put(self, request: Request, group_id: UUID, message_id: UUID) -> Response:
        """Pin a message (staff); three at most: 409 `full`. Whoever is there hears `members`."""
        query(request)
        return Response(
            as_told(pins.pin(person=request.user, message=message_in(request, group_id, message_id)), request.user)
        )

    @extend_schema(operation_id="pins_delete", request=None, responses=MessageSerializer)
    def delete(self, request: Request, group_id: UUID, message_id: UUID) -> Response:
        """Take a pin down (staff)."""
        query(request)
        return Response(
            as_told(pins.unpin(person=request.user, message=message_in(request, group_id, message_id)), request.user)
        )

"""Messages over REST: the same services, the same shapes as the socket."""

from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation import limits
from community.foundation.api import PAGE_MOST, Request, checked, limit_of, page_url, query, whole_parameter
from community.foundation.errors import FieldError, Invalid, Missing
from community.integrations.authentication import is_bench
from groups.chat import services as chat
from groups.chat.models import Message, Removed
from groups.chat.querysets import MessageQuerySet
from groups.chat.reading import (
    as_seen,
    as_told,
    care_of,
    held_as_seen,
    more_than_stale,
    own_as_told,
    read_with,
    said_of,
    settled,
    to_change,
    with_care,
)
from groups.chat.serializers import (
    ChangesSerializer,
    DraftSerializer,
    EditSerializer,
    MessagePageSerializer,
    MessageSerializer,
    PostedSerializer,
    ReadSerializer,
)
from groups.membership.rules import Reach, keeps_the_room, seat_held, seat_in


def spend_a(request: Request, what: str) -> None:
    """Count one post or change against the person's limit, shared by every door. Raises TooMany."""
    if not is_bench(request.auth):
        limits.spend_a(what=what, who=str(request.user.pk))


def shown_in(reached: Reach) -> MessageQuerySet:
    """What this person's seats show, ready to be encoded."""
    return Message.objects.of(reached.group.pk).within(reached.spans).to_show().with_seats_counter()


class MessagesView(APIView):
    scopes: ClassVar = {"GET": "chat:read", "POST": "chat:write"}

    @extend_schema(
        operation_id="messages_list",
        parameters=[OpenApiParameter(name, int) for name in ("before", "after", "limit")],
        responses=MessagePageSerializer,
    )
    def get(self, request: Request, group_id: UUID) -> Response:
        """Words as they were written: ``after`` goes up by ``next``; else the newest page, down by ``previous``."""
        return Response(read_with(request.user, group_id, lambda reached: self._page(request, reached)))

    def _page(self, request: Request, reached: Reach) -> tuple[list[Message], dict[str, Any]]:
        asked = query(request, "before", "after", "limit")
        limit, before, after = limit_of(asked), whole_parameter(asked, "before"), whole_parameter(asked, "after")
        if before is not None and after is not None:
            raise Invalid(FieldError("/after", "conflict", _("Give before or after, not both.")))
        shown = shown_in(reached)
        if after is not None:
            return self._upward(request, reached, shown.filter(position__gt=after), limit)
        return self._downward(request, reached, shown if before is None else shown.filter(position__lt=before), limit)

    def _upward(
        self, request: Request, reached: Reach, shown: MessageQuerySet, limit: int
    ) -> tuple[list[Message], dict[str, Any]]:
        found = list(shown.order_by("position")[: limit + 1])
        rows, more = found[:limit], len(found) > limit
        return found, {
            "results": as_seen(rows, reached),
            "next": page_url(request, after=rows[-1].position) if more else None,
            "previous": page_url(request, before=rows[0].position) if rows else None,
        }

    def _downward(
        self, request: Request, reached: Reach, shown: MessageQuerySet, limit: int
    ) -> tuple[list[Message], dict[str, Any]]:
        found = list(shown.order_by("-position")[: limit + 1])
        rows, more = found[:limit][::-1], len(found) > limit
        older = page_url(request, before=rows[0].position) if more else None
        newer = page_url(request, after=rows[-1].position) if rows and "before" in request.query_params else None
        return found, {"results": as_seen(rows, reached), "next": newer, "previous": older}

    @extend_schema(operation_id="messages_create", request=DraftSerializer, responses={201: PostedSerializer})
    def post(self, request: Request, group_id: UUID) -> Response:
        """Post; 201, or 200 with the message as it is now when the same key posted it before."""
        query(request)
        seat_held(request.user, group_id)
        wanted = checked(DraftSerializer, request)
        one = chat.draft(author_id=request.user.pk, group_id=group_id, **wanted)
        outcome = chat.offer(draft=one, limited=not is_bench(request.auth))
        if outcome.refusal is not None:
            raise with_care(outcome.refusal, outcome.sign)
        care = {"care": care_of(outcome.sign)} if outcome.sign else {}
        return Response(said_of(outcome.message) | care, status=200 if outcome.repeat else 201)


class ChangesView(APIView):
    scopes: ClassVar = {"GET": "chat:read"}

    @extend_schema(
        operation_id="changes_list",
        parameters=[OpenApiParameter(name, int) for name in ("since", "limit")],
        responses=ChangesSerializer,
    )
    def get(self, request: Request, group_id: UUID) -> Response:
        """What changed after ``since``, in the order of change; ``version`` is what to ask next."""
        return Response(read_with(request.user, group_id, lambda reached: self._page(request, reached)))

    def _page(self, request: Request, reached: Reach) -> tuple[list[Message], dict[str, Any]]:
        """The reach was asked before the rows, so that its version never runs ahead of them."""
        asked = query(request, "since", "limit")
        since, limit = whole_parameter(asked, "since", 0) or 0, limit_of(asked)
        if reached.sees_until is not None:  # for who left nothing changes, and history says how it was
            return [], {"results": [], "version": reached.version, "stale": since != reached.version}
        rows = shown_in(reached).changed_since(since)
        if since > reached.version or more_than_stale(rows, reached.version - since):
            return [], {"results": [], "version": reached.version, "stale": True}
        found = list(rows[: limit + 1])
        page = found[:limit]
        version = page[-1].version if len(found) > limit else max([reached.version, *(row.version for row in page)])
        return found, {"results": as_seen(page, reached), "version": version, "stale": False}


class MessageView(APIView):
    scopes: ClassVar = {"GET": "chat:read", "PATCH": "chat:write", "DELETE": "chat:write"}

    @extend_schema(operation_id="messages_read", responses=MessageSerializer)
    def get(self, request: Request, group_id: UUID, message_id: UUID) -> Response:
        """One message that I may read."""
        query(request)

        def one(reached: Reach) -> tuple[list[Message], list[dict[str, Any]]]:
            rows = list(shown_in(reached).filter(pk=message_id))
            return rows, as_seen(rows, reached)

        found = read_with(request.user, group_id, one)
        if not found:
            raise Missing
        return Response(found[0])

    @extend_schema(operation_id="messages_edit", request=EditSerializer, responses=PostedSerializer)
    def patch(self, request: Request, group_id: UUID, message_id: UUID) -> Response:
        """Change my own words within 15 minutes."""
        query(request)
        found = to_change(request.user, group_id, message_id)
        wanted = checked(EditSerializer, request)
        outcome = chat.change(author=request.user, message=found, limited=not is_bench(request.auth), **wanted)
        if outcome.message is None:
            raise with_care(outcome.refusal or Missing(), outcome.sign)
        care = {"care": care_of(outcome.sign)} if outcome.sign else {}
        return Response(own_as_told(outcome.message) | care)

    @extend_schema(operation_id="messages_remove", request=None, responses=MessageSerializer)
    def delete(self, request: Request, group_id: UUID, message_id: UUID) -> Response:
        """Take my words back, or hide somebody's (staff)."""
        query(request)
        return Response(
            as_told(chat.remove(person=request.user, message=message_in(request, group_id, message_id)), request.user)
        )


def message_in(request: Request, group_id: UUID, message_id: UUID) -> Message:
    """The message to change, if the person holds a seat that shows it. Raises Missing, TooMany."""
    found = to_change(request.user, group_id, message_id)
    spend_a(request, "change")
    return found


class ReleaseView(APIView):
    scopes: ClassVar = {"POST": "seats:write"}

    @extend_schema(operation_id="messages_release", request=None, responses=MessageSerializer)
    def post(self, request: Request, group_id: UUID, message_id: UUID) -> Response:
        """Let held words stand (staff)."""
        query(request)
        return Response(
            as_told(chat.release(person=request.user, message=message_in(request, group_id, message_id)), request.user)
        )


class HeldView(APIView):
    scopes: ClassVar = {"GET": "seats:write"}

    @extend_schema(operation_id="messages_held", responses=MessagePageSerializer)
    def get(self, request: Request, group_id: UUID) -> Response:
        """Words that wait for a decision, with their authors (staff); the oldest 200."""
        query(request)
        keeps_the_room.require(request.user, seat_in(request.user, group_id).group)
        results = settled(request.user, group_id, self._waiting)
        return Response({"results": results, "next": None, "previous": None})

    def _waiting(self, reached: Reach) -> list[dict[str, Any]]:
        if reached.seat is None or not reached.seat.keeps:
            raise Missing
        rows = shown_in(reached).filter(removed=Removed.HELD).order_by("position")
        return [held_as_seen(row, reached) for row in rows[:PAGE_MOST]]


class ReactionView(APIView):
    scopes: ClassVar = {"*": "chat:write"}

    @extend_schema(operation_id="reactions_put", request=None, responses=MessageSerializer)
    def put(self, request: Request, group_id: UUID, message_id: UUID, name: str) -> Response:
        """Stand by somebody's words."""
        query(request)
        found = message_in(request, group_id, message_id)
        return Response(as_told(chat.react(person=request.user, message=found, name=name), request.user))

    @extend_schema(operation_id="reactions_delete", request=None, responses=MessageSerializer)
    def delete(self, request: Request, group_id: UUID, message_id: UUID, name: str) -> Response:
        """Take a reaction back."""
        query(request)
        found = message_in(request, group_id, message_id)
        return Response(as_told(chat.unreact(person=request.user, message=found, name=name), request.user))


class ReadView(APIView):
    scopes: ClassVar = {"PUT": "chat:write"}

    @extend_schema(operation_id="read_put", request=ReadSerializer, responses={204: None})
    def put(self, request: Request, group_id: UUID) -> Response:
        """Remember up to where I have read."""
        query(request)
        seat_in(request.user, group_id)
        chat.mark_read(person=request.user, group_id=group_id, **checked(ReadSerializer, request))
        return Response(status=204)

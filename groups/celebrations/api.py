"""One's own celebrations over REST: what is asked, the answer, taking back, and the standing yes."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation.api import Request, checked, query
from community.foundation.errors import Refusal
from community.milestones.models import Run
from community.milestones.rules import focus_of
from community.safety.reading import care_beside
from groups.celebrations import services as celebrations
from groups.celebrations.models import Celebration
from groups.celebrations.rules import celebration_of, celebrations_of
from groups.celebrations.serializers import (
    CelebrationSerializer,
    CelebrationsSerializer,
    MarkedSerializer,
    MarkSerializer,
    SharingSerializer,
    shape,
    sharing_shape,
)


class CelebrationsView(APIView):
    scopes: ClassVar = {"GET": "care"}

    @extend_schema(operation_id="celebrations_list", responses=CelebrationsSerializer)
    def get(self, request: Request) -> Response:
        """What I was asked about and what I shared, the latest first; no days where none are counted."""
        query(request)
        rows = celebrations_of(request.user).to_show().order_by("-due", "pk")
        return Response({"results": [shape(row) for row in rows]})


class CelebrationView(APIView):
    scopes: ClassVar = {"GET": "care", "DELETE": "care"}

    @extend_schema(operation_id="celebrations_read", responses=CelebrationSerializer)
    def get(self, request: Request, celebration_id: UUID) -> Response:
        """One of mine."""
        query(request)
        return Response(shape(celebration_of(request.user, celebration_id)))

    @extend_schema(operation_id="celebrations_withdraw", responses=CelebrationSerializer)
    def delete(self, request: Request, celebration_id: UUID) -> Response:
        """Take it back: the words leave every room, and nobody is told."""
        query(request)
        celebrations.withdraw(person=request.user, celebration=celebration_of(request.user, celebration_id))
        return Response(shape(celebration_of(request.user, celebration_id)))


class AnswerView(APIView):
    scopes: ClassVar = {"PUT": "care"}

    @extend_schema(operation_id="celebrations_answer", request=MarkSerializer, responses=MarkedSerializer)
    def put(self, request: Request, celebration_id: UUID) -> Response:
        """Yes, with these groups and words, or not this time; it may be another answer until it is posted."""
        query(request)
        row = celebration_of(request.user, celebration_id)
        said = _said(request, row)
        if said.pop("answer") == "yes":
            made = celebrations.mark(person=request.user, celebration=row, **said)
        else:
            sign = celebrations.heed(person=request.user, celebration=row, words=said["words"])
            celebrations.decline(person=request.user, celebration=row)
            made = celebrations.Answered(sign=sign)
        if made.refusal is not None:
            made.refusal.extra.update(care_beside(made.sign))
            raise made.refusal
        return Response(shape(celebration_of(request.user, celebration_id)) | care_beside(made.sign))


def _said(request: Request, row: Celebration) -> dict[str, Any]:
    """The answer; words of one that cannot be are heeded all the same. Raises Invalid or Malformed."""
    try:
        return checked(MarkSerializer, request)
    except Refusal as refusal:
        words = request.data.get("words") if isinstance(request.data, dict) else None
        refusal.extra.update(care_beside(celebrations.heed(person=request.user, celebration=row, words=words)))
        raise


class SharingView(APIView):
    scopes: ClassVar = {"GET": "care", "PUT": "care"}

    @extend_schema(operation_id="milestones_sharing", responses=SharingSerializer)
    def get(self, request: Request, focus_id: UUID) -> Response:
        """The groups I gave a standing yes for, and whether I am asked."""
        query(request)
        return _told(request, focus_id)

    @extend_schema(operation_id="milestones_share", request=SharingSerializer, responses=SharingSerializer)
    def put(self, request: Request, focus_id: UUID) -> Response:
        """A standing yes for these groups; none is silence, and private."""
        query(request)
        mine = focus_of(request.user, focus_id)
        celebrations.share(person=request.user, focus=mine, **checked(SharingSerializer, request))
        return _told(request, focus_id)


def _told(request: Request, focus_id: UUID) -> Response:
    run = Run.objects.open().select_related("watch").get(focus=focus_of(request.user, focus_id))
    return Response(sharing_shape(run))

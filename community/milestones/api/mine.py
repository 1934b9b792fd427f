"""One's own counts over REST. Where no days are counted there is nothing behind these addresses."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation import clock
from community.foundation.api import Request, checked, query
from community.foundation.errors import Missing
from community.milestones import services as milestones
from community.milestones.desk import ladder_of_days, progress_of
from community.milestones.models import Focus
from community.milestones.rules import focus_of
from community.milestones.serializers import (
    BeginSerializer,
    CountSerializer,
    CountsSerializer,
    FirstDaySerializer,
    LooksSerializer,
    NewCountSerializer,
    ProgressSerializer,
    shape,
    shape_progress,
)


class CountsView(APIView):
    scopes: ClassVar = {"GET": "care", "POST": "care"}

    @extend_schema(operation_id="milestones_list", responses=CountsSerializer)
    def get(self, request: Request) -> Response:
        """What I count days of."""
        query(request)
        ladder = ladder_of_days(request.user)
        shown = [shape(one, ladder) for one in Focus.objects.of(request.user.pk).to_show()] if ladder else []
        return Response({"results": shown, "counts_days": ladder is not None})

    @extend_schema(operation_id="milestones_begin", request=BeginSerializer, responses={201: CountSerializer})
    def post(self, request: Request) -> Response:
        """Count from a day."""
        query(request)
        focus = milestones.begin(person=request.user, **checked(BeginSerializer, request))
        return _told(request, focus.pk, status=201)


class ProgressView(APIView):
    scopes: ClassVar = {"GET": "care"}

    @extend_schema(operation_id="milestones_in_programs", responses=ProgressSerializer)
    def get(self, request: Request) -> Response:
        """How far I came in my programs: weeks, finishing, the time since."""
        query(request)
        return Response(shape_progress(progress_of(request.user, clock.today(request.user.zone))))


class CountView(APIView):
    scopes: ClassVar = {"GET": "care", "PUT": "care", "DELETE": "care"}

    @extend_schema(operation_id="milestones_read", responses=CountSerializer)
    def get(self, request: Request, focus_id: UUID) -> Response:
        """One of mine."""
        query(request)
        return _told(request, focus_id)

    @extend_schema(operation_id="milestones_change", request=LooksSerializer, responses=CountSerializer)
    def put(self, request: Request, focus_id: UUID) -> Response:
        """What I call it, and whether its number is shown to me."""
        query(request)
        mine = focus_of(request.user, focus_id)
        milestones.change(person=request.user, focus=mine, **checked(LooksSerializer, request))
        return _told(request, focus_id)

    @extend_schema(operation_id="milestones_forget", responses={204: None})
    def delete(self, request: Request, focus_id: UUID) -> Response:
        """Count this no more; none of its dates is kept."""
        query(request)
        milestones.forget(person=request.user, focus=focus_of(request.user, focus_id))
        return Response(status=204)


class FirstDayView(APIView):
    scopes: ClassVar = {"PUT": "care"}

    @extend_schema(operation_id="milestones_correct", request=FirstDaySerializer, responses=CountSerializer)
    def put(self, request: Request, focus_id: UUID) -> Response:
        """The first day was another one; it stays the same count."""
        query(request)
        mine = focus_of(request.user, focus_id)
        milestones.correct(person=request.user, focus=mine, **checked(FirstDaySerializer, request))
        return _told(request, focus_id)


class NewCountView(APIView):
    scopes: ClassVar = {"POST": "care", "DELETE": "care"}

    @extend_schema(operation_id="milestones_new_count", request=NewCountSerializer, responses={201: CountSerializer})
    def post(self, request: Request, focus_id: UUID) -> Response:
        """Begin a new count, today unless told. Nobody hears of it."""
        query(request)
        mine = focus_of(request.user, focus_id)
        milestones.begin_anew(person=request.user, focus=mine, **checked(NewCountSerializer, request))
        return _told(request, focus_id, status=201)

    @extend_schema(operation_id="milestones_undo_new_count", responses=CountSerializer)
    def delete(self, request: Request, focus_id: UUID) -> Response:
        """Within 24 hours: it counts as before."""
        query(request)
        milestones.undo_new_count(person=request.user, focus=focus_of(request.user, focus_id))
        return _told(request, focus_id)


def _told(request: Request, focus_id: UUID, *, status: int = 200) -> Response:
    ladder = ladder_of_days(request.user)
    if ladder is None:
        raise Missing
    return Response(shape(focus_of(request.user, focus_id), ladder), status=status)

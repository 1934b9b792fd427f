"""What else one counts, over REST: times, and no day of any."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation.api import Request, checked, query
from community.milestones import services as milestones
from community.milestones.desk import ladders_of_times
from community.milestones.models import Tally
from community.milestones.rules import tally_of
from community.milestones.serializers import (
    TalliesSerializer,
    TallyBeginSerializer,
    TallyChangeSerializer,
    TallySerializer,
    shape_tally,
)


class TalliesView(APIView):
    scopes: ClassVar = {"GET": "care", "POST": "care"}

    @extend_schema(operation_id="tallies_list", responses=TalliesSerializer)
    def get(self, request: Request) -> Response:
        """What I count the times of."""
        query(request)
        ladders = ladders_of_times(request.user)
        rows = Tally.objects.of(request.user.pk).to_show()
        return Response({"results": [shape_tally(one, ladders[one.kind]) for one in rows]})

    @extend_schema(operation_id="tallies_begin", request=TallyBeginSerializer, responses={201: TallySerializer})
    def post(self, request: Request) -> Response:
        """Count how often; the same under the same name again is the one there is."""
        query(request)
        row = milestones.begin_tally(person=request.user, **checked(TallyBeginSerializer, request))
        return Response(_shape(row), status=201)


class TallyView(APIView):
    scopes: ClassVar = {"GET": "care", "PUT": "care", "DELETE": "care"}

    @extend_schema(operation_id="tallies_read", responses=TallySerializer)
    def get(self, request: Request, tally_id: UUID) -> Response:
        """One of mine."""
        query(request)
        return Response(_shape(tally_of(request.user, tally_id)))

    @extend_schema(operation_id="tallies_change", request=TallyChangeSerializer, responses=TallySerializer)
    def put(self, request: Request, tally_id: UUID) -> Response:
        """What I call it, and how often it was by now."""
        query(request)
        mine = tally_of(request.user, tally_id)
        wanted = checked(TallyChangeSerializer, request)
        return Response(_shape(milestones.change_tally(person=request.user, tally=mine, **wanted)))

    @extend_schema(operation_id="tallies_forget", responses={204: None})
    def delete(self, request: Request, tally_id: UUID) -> Response:
        """Count this no more; nothing of it is kept."""
        query(request)
        milestones.forget_tally(person=request.user, tally=tally_of(request.user, tally_id))
        return Response(status=204)


def _shape(tally: Tally) -> dict[str, Any]:
    return shape_tally(tally, ladders_of_times(tally.person)[tally.kind])

"""A program's ladders over REST, for who runs it; to everybody else there is nothing here."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation.api import Request, checked, query
from community.foundation.errors import Conflict
from community.milestones import services as milestones
from community.milestones.desk import ladder_of
from community.milestones.ladders import LadderKind, kinds
from community.milestones.serializers import (
    LadderChangeSerializer,
    LadderSerializer,
    LaddersSerializer,
    shape_ladder,
)
from community.programs.models import Program
from community.programs.rules import program_run_by


class LaddersView(APIView):
    scopes: ClassVar = {"GET": "seats:write"}

    @extend_schema(operation_id="ladders_list", responses=LaddersSerializer)
    def get(self, request: Request, program_id: UUID) -> Response:
        """Which days count in a program I run."""
        query(request)
        program = program_run_by(request.user, program_id)
        return Response({"results": [_shape(program, kind) for kind in kinds(counts_days=program.profile.counts_days)]})


class LadderView(APIView):
    scopes: ClassVar = {"PUT": "seats:write", "DELETE": "seats:write"}

    @extend_schema(operation_id="ladders_change", request=LadderChangeSerializer, responses=LadderSerializer)
    def put(self, request: Request, program_id: UUID, kind: str) -> Response:
        """Let these days count, in place of those that did. What was celebrated stays so."""
        query(request)
        program = program_run_by(request.user, program_id)
        wanted = checked(LadderChangeSerializer, request)
        try:
            milestones.set_ladder(program=program, kind=kind, by=request.user, **wanted)
        except Conflict as stale:
            stale.extra["current"] = _shape(program, LadderKind(kind))
            raise
        return Response(_shape(program, LadderKind(kind)))

    @extend_schema(
        operation_id="ladders_reset", parameters=[OpenApiParameter("scheme", str)], responses=LadderSerializer
    )
    def delete(self, request: Request, program_id: UUID, kind: str) -> Response:
        """Go back to what programs begin with; ``scheme`` says which, where there are two."""
        asked = query(request, "scheme")
        program = program_run_by(request.user, program_id)
        milestones.reset_ladder(program=program, kind=kind, scheme=asked.get("scheme", ""), by=request.user)
        return Response(_shape(program, LadderKind(kind)))


def _shape(program: Program, kind: LadderKind) -> dict[str, object]:
    return shape_ladder(kind, ladder_of(program, kind))

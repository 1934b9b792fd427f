"""A proposal for everybody who waits, and how matching goes, over REST; to everybody else there is nothing here."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation import clock
from community.foundation.api import Request, query
from community.foundation.errors import Missing
from community.matches import services as matches
from community.matches.api.desk import pressed
from community.matches.models import Batch
from community.matches.reading.batches import preview_of
from community.matches.reading.desk import (
    shape_outcome,
    shape_preview,
)
from community.matches.reading.outcomes import declines_of, load_of, outcomes_of
from community.matches.serializers.desk import (
    BatchSerializer,
    OutcomesSerializer,
    SuggestedSerializer,
)
from community.matches.serializers.mine import NothingSerializer
from community.programs.rules import program_run_by


class BatchView(APIView):
    scopes: ClassVar = {"GET": "care", "POST": "care"}

    @extend_schema(operation_id="desk_batch", responses=BatchSerializer)
    def get(self, request: Request, program_id: UUID) -> Response:
        """The newest proposal for everybody who waits, before anything is done with it."""
        query(request)
        program = program_run_by(request.user, program_id)
        made = Batch.objects.of(program.pk).made_first().select_related("program").first()
        newest = shape_preview(preview_of(made, request.user)) if made is not None else None
        under_way = Batch.objects.of(program.pk).being_worked_out(clock.now()).exists()
        return Response({"being_worked_out": under_way, "newest": newest})

    @extend_schema(operation_id="desk_batch_ask", request=NothingSerializer, responses={202: None})
    def post(self, request: Request, program_id: UUID) -> Response:
        """Let it be worked out anew; a word comes when it is there."""
        program = program_run_by(request.user, program_id)
        pressed(request)
        matches.ask_for_all(program=program, by=request.user)
        return Response(status=202)


class BatchTakeView(APIView):
    scopes: ClassVar = {"POST": "care"}

    @extend_schema(operation_id="desk_batch_take", request=NothingSerializer, responses=SuggestedSerializer)
    def post(self, request: Request, program_id: UUID, batch_id: UUID) -> Response:
        """Suggest what it proposes; each pair is looked at again."""
        program = program_run_by(request.user, program_id)
        found = Batch.objects.of(program.pk).select_related("program").filter(pk=batch_id).first()
        if found is None:
            raise Missing
        pressed(request)
        return Response({"suggested": len(matches.take_over(batch=found, by=request.user))})


class OutcomesView(APIView):
    scopes: ClassVar = {"GET": "care"}

    @extend_schema(operation_id="desk_outcomes", responses=OutcomesSerializer)
    def get(self, request: Request, program_id: UUID) -> Response:
        """How matching goes, of the last year, and no small number."""
        query(request)
        program = program_run_by(request.user, program_id)
        said = {"outcomes": outcomes_of(program), "load": load_of(program), "declines": declines_of(program)}
        return Response({name: [shape_outcome(one) for one in rows] for name, rows in said.items()})

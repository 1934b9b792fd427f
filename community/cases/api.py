"""Cases over REST, for who may look into them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.cases import services as cases
from community.cases.models import Case
from community.cases.reading import rows_of, shape, shape_row, view_of
from community.cases.rules import case_of, cases_of
from community.cases.serializers import (
    CasePageSerializer,
    CasePrioritySerializer,
    CaseResolveSerializer,
    CaseSerializer,
    CaseStepBodySerializer,
    CaseTakeSerializer,
    CaseTalkedSerializer,
    CaseWaitSerializer,
    StepSerializer,
)
from community.foundation.api import PAGED, Request, StrictSerializer, checked, offset_page, query
from community.foundation.errors import Conflict, Missing
from community.people.models import Person


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it takes, and what is done with it."""

    takes: type[StrictSerializer]
    verb: Callable[..., object]


STEPS: dict[str, Step] = {
    "take": Step(CaseTakeSerializer, cases.take),
    "hand-on": Step(StepSerializer, cases.hand_on),
    "note": Step(StepSerializer, cases.note),
    "talked": Step(CaseTalkedSerializer, cases.talked),
    "wait": Step(
        CaseWaitSerializer, lambda waits_for, **more: cases.wait(for_clinician=waits_for == "clinician", **more)
    ),
    "priority": Step(CasePrioritySerializer, cases.set_priority),
    "resolve": Step(CaseResolveSerializer, cases.resolve),
    "reopen": Step(StepSerializer, cases.reopen),
}
STEP = OpenApiParameter("step", str, OpenApiParameter.PATH, enum=sorted(STEPS))


def _now(reader: Person, case: Case) -> dict[str, Any]:
    return shape(view_of(reader, case_of(reader, case.pk)))


class CasesView(APIView):
    scopes: ClassVar = {"GET": "moderation"}

    @extend_schema(operation_id="cases", parameters=PAGED, responses=CasePageSerializer)
    def get(self, request: Request) -> Response:
        """What is open, the most urgent first."""
        rows = cases_of(request.user).still_open().to_show().most_urgent_first()
        return Response(
            offset_page(request, rows, lambda found: [shape_row(row) for row in rows_of(request.user, found)])
        )


class CaseView(APIView):
    scopes: ClassVar = {"GET": "moderation"}

    @extend_schema(operation_id="case", responses=CaseSerializer)
    def get(self, request: Request, case_id: UUID) -> Response:
        """One, open or closed, with what was said and what was done."""
        query(request)
        return Response(_now(request.user, case_of(request.user, case_id)))


class StayView(APIView):
    scopes: ClassVar = {"POST": "moderation"}

    @extend_schema(operation_id="case_stay", request=None, responses={204: None})
    def post(self, request: Request, case_id: UUID) -> Response:
        """A sign of life of who has it."""
        query(request)
        cases.stay(case=case_of(request.user, case_id), by=request.user)
        return Response(status=204)


class StepView(APIView):
    scopes: ClassVar = {"POST": "moderation"}

    @extend_schema(
        operation_id="case_step", parameters=[STEP], request=CaseStepBodySerializer, responses=CaseSerializer
    )
    def post(self, request: Request, case_id: UUID, step: str) -> Response:
        """One step on it, as its version was looked at."""
        query(request)
        found = case_of(request.user, case_id)
        known = STEPS.get(step)
        if known is None:
            raise Missing
        try:
            known.verb(case=found, by=request.user, **checked(known.takes, request))
        except Conflict as conflict:
            if conflict.code == "stale":
                conflict.extra["current"] = _now(request.user, found)
            raise
        return Response(_now(request.user, found))

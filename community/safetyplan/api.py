"""My safety plan over REST, and those that somebody chose to show me."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation.api import PAGED, Request, checked, offset_page, query
from community.foundation.errors import Missing
from community.safetyplan import services as safetyplan
from community.safetyplan.models import PlanWords, SafetyPlan
from community.safetyplan.plans import Part
from community.safetyplan.rules import part_named, plan_of, shown_to
from community.safetyplan.serializers import (
    EarlierPageSerializer,
    PlanCravingSerializer,
    PlanWordsSerializer,
    SafetyPlanSerializer,
    ShownPlanSerializer,
    shape,
    shape_earlier,
    shape_shown,
)

PART = OpenApiParameter("part", str, OpenApiParameter.PATH, enum=Part.values)


def _mine(request: Request) -> SafetyPlan:
    plan = plan_of(request.user)
    if plan is None:
        raise Missing
    return plan


class PlanView(APIView):
    scopes: ClassVar = {"*": "care"}

    @extend_schema(operation_id="safety_plan", responses=SafetyPlanSerializer)
    def get(self, request: Request) -> Response:
        """What I wrote for a hard hour, and whom I show it to; 404 before its first words."""
        query(request)
        return Response(shape(_mine(request)))

    @extend_schema(operation_id="safety_plan_erase", request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Forget all of it, and what it said before."""
        query(request)
        safetyplan.erase(person=request.user)
        return Response(status=204)


class LookView(APIView):
    scopes: ClassVar = {"POST": "care"}

    @extend_schema(operation_id="safety_plan_look", request=None, responses=SafetyPlanSerializer)
    def post(self, request: Request) -> Response:
        """I looked at it again, and it is right as it is."""
        query(request)
        return Response(shape(safetyplan.look(person=request.user)))


class CravingView(APIView):
    scopes: ClassVar = {"PUT": "care"}

    @extend_schema(operation_id="safety_plan_craving", request=PlanCravingSerializer, responses=SafetyPlanSerializer)
    def put(self, request: Request) -> Response:
        """Whether my check-in asks how strong cravings are; off at first. 404 before the plan's first words."""
        query(request)
        said = checked(PlanCravingSerializer, request)
        return Response(shape(safetyplan.ask_craving(person=request.user, **said)))


class PartView(APIView):
    scopes: ClassVar = {"PUT": "care"}

    @extend_schema(
        operation_id="safety_plan_write",
        parameters=[PART],
        request=PlanWordsSerializer,
        responses=SafetyPlanSerializer,
    )
    def put(self, request: Request, part: str) -> Response:
        """Let one part say this; the first words make the plan. The same again changes nothing."""
        query(request)
        said = checked(PlanWordsSerializer, request)
        return Response(shape(safetyplan.write(person=request.user, part=part_named(part), **said)))


class EarlierView(APIView):
    scopes: ClassVar = {"*": "care"}

    @extend_schema(operation_id="safety_plan_earlier", parameters=PAGED, responses=EarlierPageSerializer)
    def get(self, request: Request) -> Response:
        """What its parts said before, the newest first; nobody else ever reads that."""
        rows = PlanWords.objects.of(request.user.pk).earlier()
        return Response(offset_page(request, rows, lambda found: [shape_earlier(one) for one in found]))

    @extend_schema(operation_id="safety_plan_forget_earlier", request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Forget that; what it says now stays."""
        query(request)
        safetyplan.forget_earlier(person=request.user)
        return Response(status=204)


class ShareView(APIView):
    scopes: ClassVar = {"*": "care"}

    @extend_schema(operation_id="safety_plan_share", request=None, responses=SafetyPlanSerializer)
    def put(self, request: Request, tie_id: UUID, reader_id: UUID) -> Response:
        """Let one person read it: who leads the group of that episode of mine, or the mentor of that match."""
        query(request)
        safetyplan.share(person=request.user, tie_id=tie_id, reader_id=reader_id)
        return Response(shape(_mine(request)))

    @extend_schema(operation_id="safety_plan_take_back", request=None, responses={204: None})
    def delete(self, request: Request, tie_id: UUID, reader_id: UUID) -> Response:
        """Let them read it no more; again is the same."""
        query(request)
        safetyplan.take_back(person=request.user, tie_id=tie_id, reader_id=reader_id)
        return Response(status=204)


class ShownPlanView(APIView):
    scopes: ClassVar = {"GET": "care"}

    @extend_schema(operation_id="safety_plan_shown", responses=ShownPlanSerializer)
    def get(self, request: Request, tie_id: UUID) -> Response:
        """A plan somebody chose to show me, by their episode or our match; as it stands."""
        query(request)
        return Response(shape_shown(shown_to(request.user, tie_id)))

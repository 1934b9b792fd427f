"""What a program asks of its mentors, for who runs it; to everybody else there is nothing here."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation.api import Request, checked, query
from community.foundation.errors import Conflict
from community.mentoring import services as mentoring
from community.mentoring.rules import policy_of
from community.mentoring.serializers.policy import PolicyChangeSerializer, PolicySerializer, shape_policy
from community.programs.rules import program_run_by


class MentoringPolicyView(APIView):
    scopes: ClassVar = {"*": "care"}

    @extend_schema(operation_id="mentoring_policy_read", responses=PolicySerializer)
    def get(self, request: Request, program_id: UUID) -> Response:
        """What a program I run asks of its mentors."""
        query(request)
        return Response(shape_policy(policy_of(program_run_by(request.user, program_id))))

    @extend_schema(operation_id="mentoring_policy_change", request=PolicyChangeSerializer, responses=PolicySerializer)
    def patch(self, request: Request, program_id: UUID) -> Response:
        """Ask this of them; what is not given stays. A policy that contradicts itself is refused."""
        query(request)
        program, wanted = program_run_by(request.user, program_id), checked(PolicyChangeSerializer, request)
        seen = wanted.pop("version", None)
        try:
            row = mentoring.set_policy(program=program, wanted=wanted, version=seen, by=request.user)
        except Conflict as stale:
            stale.extra["current"] = shape_policy(policy_of(program))
            raise
        return Response(shape_policy(row))

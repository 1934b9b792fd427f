"""Shifts and hours over REST, for who may be on call."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation import clock, inputs
from community.foundation.api import PAGED, Request, StrictSerializer, checked, offset_page, once, query
from community.foundation.errors import Missing
from community.people.models import Person
from community.programs.models import Program
from community.programs.rules import runs_program
from community.schedule import services as schedule
from community.schedule.models import Shift
from community.schedule.reading import row_of, rows_of, shape_coverage, shape_shift
from community.schedule.rules import coverage_of, program_on_call, shift_of, staff_of
from community.schedule.serializers import (
    CoverageChangeSerializer,
    CoverageSerializer,
    NewShiftSerializer,
    NoBodySerializer,
    ShiftForSerializer,
    ShiftPageSerializer,
    ShiftSerializer,
    ShiftStepSerializer,
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it takes, and what is done with it."""

    takes: type[StrictSerializer]
    verb: Callable[..., object]


STEPS: dict[str, Step] = {
    "take": Step(NoBodySerializer, schedule.take),
    "here": Step(ShiftStepSerializer, schedule.answer),
    "hand-back": Step(NoBodySerializer, schedule.hand_back),
}
STEP = OpenApiParameter("step", str, OpenApiParameter.PATH, enum=sorted(STEPS))


def _now(reader: Person, shift: Shift) -> dict[str, Any]:
    return shape_shift(row_of(reader, shift_of(reader, shift.pk)))


def _person(program: Program, person_id: UUID | None) -> Person | None:
    """Who may be on call for a program. Raises Missing."""
    if person_id is None:
        return None
    found = staff_of(program, clock.now()).filter(person=person_id).select_related("person").first()
    if found is None:
        raise Missing
    return found.person


class ShiftsView(APIView):
    scopes: ClassVar = {"GET": "moderation", "POST": "moderation"}

    @extend_schema(operation_id="shifts", parameters=PAGED, responses=ShiftPageSerializer)
    def get(self, request: Request, program_id: UUID) -> Response:
        """The shifts of a program that are not over, the next one first."""
        program = program_on_call(request.user, program_id)
        rows = Shift.objects.standing().of_program(program.pk).ahead(clock.now()).order_by("begins", "ends", "pk")
        shapes = lambda found: [shape_shift(row) for row in rows_of(request.user, found)]  # noqa: E731 - one expression
        return Response(offset_page(request, rows.to_show(), shapes))

    @extend_schema(operation_id="shifts_create", request=NewShiftSerializer, responses={201: ShiftSerializer})
    def post(self, request: Request, program_id: UUID) -> Response:
        """Put a shift into the roster."""
        query(request)
        program = program_on_call(request.user, program_id)
        wanted = checked(NewShiftSerializer, request)
        return once(request, lambda: self._plan(request.user, program, wanted))

    def _plan(self, by: Person, program: Program, wanted: dict[str, Any]) -> Response:
        made = schedule.plan(
            program=program,
            begins=inputs.moment(wanted["begins"], at="/begins"),
            ends=inputs.moment(wanted["ends"], at="/ends"),
            person=_person(program, wanted.get("person")),
            by=by,
        )
        return Response(_now(by, made), status=201)


class ShiftView(APIView):
    scopes: ClassVar = {"GET": "moderation", "PATCH": "moderation", "DELETE": "moderation"}

    @extend_schema(operation_id="shift", responses=ShiftSerializer)
    def get(self, request: Request, shift_id: UUID) -> Response:
        """One of them."""
        query(request)
        return Response(_now(request.user, shift_of(request.user, shift_id)))

    @extend_schema(operation_id="shift_change", request=ShiftForSerializer, responses=ShiftSerializer)
    def patch(self, request: Request, shift_id: UUID) -> Response:
        """Plan it for somebody else, or for nobody."""
        query(request)
        found = shift_of(request.user, shift_id)
        wanted = checked(ShiftForSerializer, request)
        schedule.plan_for(shift=found, person=_person(found.program, wanted["person"]), by=request.user)
        return Response(_now(request.user, found))

    @extend_schema(operation_id="shift_delete", request=None, responses={204: None})
    def delete(self, request: Request, shift_id: UUID) -> Response:
        """Call it off (who runs the program)."""
        query(request)
        schedule.call_off(shift=shift_of(request.user, shift_id), by=request.user)
        return Response(status=204)


class ShiftStepView(APIView):
    scopes: ClassVar = {"POST": "moderation"}

    @extend_schema(operation_id="shift_step", parameters=[STEP], request=ShiftStepSerializer, responses=ShiftSerializer)
    def post(self, request: Request, shift_id: UUID, step: str) -> Response:
        """Take it, answer its test page, or hand it back."""
        query(request)
        found, known = shift_of(request.user, shift_id), STEPS.get(step)
        if known is None:
            raise Missing
        known.verb(shift=found, by=request.user, **checked(known.takes, request))
        return Response(_now(request.user, found))


class CoverageView(APIView):
    scopes: ClassVar = {"GET": "moderation", "PATCH": "moderation"}

    @extend_schema(operation_id="coverage", responses=CoverageSerializer)
    def get(self, request: Request, program_id: UUID) -> Response:
        """What a program says of its hours (who runs it)."""
        query(request)
        return Response(shape_coverage(coverage_of(self._run(request, program_id))))

    @extend_schema(operation_id="coverage_change", request=CoverageChangeSerializer, responses=CoverageSerializer)
    def patch(self, request: Request, program_id: UUID) -> Response:
        """Change it (who runs it). Round the clock is refused with what is missing."""
        query(request)
        program = self._run(request, program_id)
        wanted = checked(CoverageChangeSerializer, request)
        return Response(shape_coverage(schedule.set_coverage(program=program, wanted=wanted, by=request.user)))

    def _run(self, request: Request, program_id: UUID) -> Program:
        program = program_on_call(request.user, program_id)
        runs_program.require(request.user, program)
        return program

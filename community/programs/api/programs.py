from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation import clock
from community.foundation.api import PAGED, Request, checked, offset_page, once, query
from community.foundation.errors import Missing
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Appointment, Cohort, Program
from community.programs.rules import appointment_ranked, program_open_to, runs_organization, runs_program
from community.programs.serializers import (
    AppointmentPageSerializer,
    AppointmentSerializer,
    NewAppointmentSerializer,
    NewProgramSerializer,
    ProgramChangeSerializer,
    ProgramPageSerializer,
    ProgramSerializer,
    shape_appointment,
    shape_program,
)


class ProgramsView(APIView):
    scopes: ClassVar = {"GET": "chat:read", "POST": "seats:write"}

    @extend_schema(operation_id="programs_list", parameters=PAGED, responses=ProgramPageSerializer)
    def get(self, request: Request) -> Response:
        """The programs I work for or am in."""
        rows = Program.objects.open_to(request.user.pk, clock.now()).order_by("name", "pk")
        return Response(offset_page(request, rows, lambda found: [shape_program(one) for one in found]))

    @extend_schema(operation_id="programs_create", request=NewProgramSerializer, responses={201: ProgramSerializer})
    def post(self, request: Request) -> Response:
        """Open a program (who runs the organization)."""
        query(request)
        runs_organization.require(request.user, None)
        wanted = checked(NewProgramSerializer, request)
        return once(request, lambda: self._open(request.user, wanted))

    def _open(self, by: Person, wanted: dict[str, Any]) -> Response:
        return Response(shape_program(programs.open_program(**wanted, by=by)), status=201)


class ProgramView(APIView):
    scopes: ClassVar = {"GET": "chat:read", "PATCH": "seats:write"}

    @extend_schema(operation_id="programs_read", responses=ProgramSerializer)
    def get(self, request: Request, program_id: UUID) -> Response:
        """One of them."""
        query(request)
        return Response(shape_program(program_open_to(request.user, program_id)))

    @extend_schema(operation_id="programs_change", request=ProgramChangeSerializer, responses=ProgramSerializer)
    def patch(self, request: Request, program_id: UUID) -> Response:
        """Change its name, zone or language (who runs it)."""
        query(request)
        program = program_open_to(request.user, program_id)
        wanted = checked(ProgramChangeSerializer, request)
        return Response(shape_program(programs.change_program(program=program, wanted=wanted, by=request.user)))


class AppointmentsView(APIView):
    scopes: ClassVar = {"GET": "seats:write", "POST": "seats:write"}

    @extend_schema(operation_id="appointments_list", parameters=PAGED, responses=AppointmentPageSerializer)
    def get(self, request: Request, program_id: UUID) -> Response:
        """Who does what for the program (who runs it)."""
        program = program_open_to(request.user, program_id)
        runs_program.require(request.user, program)
        rows = Appointment.objects.standing(clock.now()).filter(program=program).select_related("person")
        ordered = rows.order_by("began", "pk")
        return Response(offset_page(request, ordered, lambda found: [shape_appointment(one) for one in found]))

    @extend_schema(
        operation_id="appointments_create", request=NewAppointmentSerializer, responses={201: AppointmentSerializer}
    )
    def post(self, request: Request, program_id: UUID) -> Response:
        """Let somebody work for the program (who runs it)."""
        query(request)
        program = program_open_to(request.user, program_id)
        runs_program.require(request.user, program)
        wanted = checked(NewAppointmentSerializer, request)
        return once(request, lambda: self._appoint(request.user, program, wanted))

    def _appoint(self, by: Person, program: Program, wanted: dict[str, Any]) -> Response:
        person = Person.objects.filter(pk=wanted["person"]).first()
        asked = wanted.get("cohort")
        cohort = Cohort.objects.filter(program=program, pk=asked).first() if asked else None
        if person is None or (asked and cohort is None):
            raise Missing
        row = programs.appoint(
            person=person, program=program, role=wanted["role"], cohort=cohort, ends=wanted.get("ends"), by=by
        )
        return Response(shape_appointment(row), status=201)


class AppointmentView(APIView):
    scopes: ClassVar = {"DELETE": "seats:write"}

    @extend_schema(operation_id="appointments_delete", request=None, responses={204: None})
    def delete(self, request: Request, appointment_id: UUID) -> Response:
        """End it now (who runs the program)."""
        query(request)
        programs.dismiss(appointment=appointment_ranked(request.user, appointment_id), by=request.user)
        return Response(status=204)

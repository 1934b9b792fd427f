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
from community.programs.models import Cohort, Enrollment, Program
from community.programs.rules import (
    cohort_open_to,
    episode_of_staff,
    leads_cohort,
    program_open_to,
    runs_program,
)
from community.programs.serializers import (
    CohortChangeSerializer,
    CohortPageSerializer,
    CohortSerializer,
    EnrollmentPageSerializer,
    EnrollmentSerializer,
    NewCohortSerializer,
    NewEnrollmentSerializer,
    WeekSerializer,
    shape_cohort,
    shape_enrollment,
)


class CohortsView(APIView):
    scopes: ClassVar = {"GET": "chat:read"}

    @extend_schema(operation_id="cohorts_list", parameters=PAGED, responses=CohortPageSerializer)
    def get(self, request: Request) -> Response:
        """The cohorts I lead or am in, and when they meet."""
        rows = Cohort.objects.open_to(request.user.pk, clock.now()).to_show().order_by("created", "pk")
        return Response(offset_page(request, rows, lambda found: [shape_cohort(one) for one in found]))


class ProgramCohortsView(APIView):
    scopes: ClassVar = {"POST": "seats:write"}

    @extend_schema(operation_id="cohorts_create", request=NewCohortSerializer, responses={201: CohortSerializer})
    def post(self, request: Request, program_id: UUID) -> Response:
        """Open a cohort, and its room (who runs the program)."""
        query(request)
        program = program_open_to(request.user, program_id)
        runs_program.require(request.user, program)
        wanted = checked(NewCohortSerializer, request)
        return once(request, lambda: self._open(request.user, program, wanted))

    def _open(self, by: Person, program: Program, wanted: dict[str, Any]) -> Response:
        cohort = programs.open_cohort(program=program, slots=wanted.pop("slots", ()), wanted=wanted, by=by)
        return Response(shape_cohort(cohort_open_to(by, cohort.pk)), status=201)


class CohortView(APIView):
    scopes: ClassVar = {"GET": "chat:read", "PATCH": "seats:write"}

    @extend_schema(operation_id="cohorts_read", responses=CohortSerializer)
    def get(self, request: Request, cohort_id: UUID) -> Response:
        """One of them."""
        query(request)
        return Response(shape_cohort(cohort_open_to(request.user, cohort_id)))

    @extend_schema(operation_id="cohorts_change", request=CohortChangeSerializer, responses=CohortSerializer)
    def patch(self, request: Request, cohort_id: UUID) -> Response:
        """Change what is given (who runs the program)."""
        query(request)
        cohort = cohort_open_to(request.user, cohort_id)
        programs.change_cohort(cohort=cohort, wanted=checked(CohortChangeSerializer, request), by=request.user)
        return Response(shape_cohort(cohort_open_to(request.user, cohort_id)))


class SlotsView(APIView):
    scopes: ClassVar = {"PUT": "seats:write"}

    @extend_schema(operation_id="cohorts_slots", request=WeekSerializer, responses=CohortSerializer)
    def put(self, request: Request, cohort_id: UUID) -> Response:
        """Give it its times of the week, in place of those it had (who leads it)."""
        query(request)
        cohort = cohort_open_to(request.user, cohort_id)
        leads_cohort.require(request.user, cohort)
        programs.set_slots(cohort=cohort, slots=checked(WeekSerializer, request)["slots"], by=request.user)
        return Response(shape_cohort(cohort_open_to(request.user, cohort_id)))


class CohortEnrollmentsView(APIView):
    scopes: ClassVar = {"GET": "seats:write", "POST": "seats:write"}

    @extend_schema(operation_id="cohort_enrollments_list", parameters=PAGED, responses=EnrollmentPageSerializer)
    def get(self, request: Request, cohort_id: UUID) -> Response:
        """Everybody's episodes here, open and ended (who leads it)."""
        cohort = cohort_open_to(request.user, cohort_id)
        leads_cohort.require(request.user, cohort)
        rows = Enrollment.objects.filter(cohort=cohort).to_show().order_by("began", "pk")
        return Response(
            offset_page(request, rows, lambda found: [shape_enrollment(one, for_staff=True) for one in found])
        )

    @extend_schema(
        operation_id="cohort_enrollments_create",
        request=NewEnrollmentSerializer,
        responses={201: EnrollmentSerializer},
    )
    def post(self, request: Request, cohort_id: UUID) -> Response:
        """Enroll somebody, and give them their seat (who leads it)."""
        query(request)
        cohort = cohort_open_to(request.user, cohort_id)
        leads_cohort.require(request.user, cohort)
        wanted = checked(NewEnrollmentSerializer, request)
        return once(request, lambda: self._enroll(request.user, cohort, wanted))

    def _enroll(self, by: Person, cohort: Cohort, wanted: dict[str, Any]) -> Response:
        person = Person.objects.filter(pk=wanted.pop("person")).first()
        if person is None:
            raise Missing
        enrollment = programs.enroll(person=person, cohort=cohort, by=by, **wanted)
        return Response(shape_enrollment(episode_of_staff(by, enrollment.pk), for_staff=True), status=201)

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation.api import PAGED, Request, checked, offset_page, query
from community.programs import services as programs
from community.programs.models import Enrollment
from community.programs.rules import episode_of_staff, own_episode
from community.programs.serializers import (
    EndSerializer,
    EnrollmentPageSerializer,
    EnrollmentSerializer,
    FarewellSerializer,
    PhaseMoveSerializer,
    shape_enrollment,
)


class EnrollmentsView(APIView):
    scopes: ClassVar = {"GET": "account"}

    @extend_schema(operation_id="enrollments_list", parameters=PAGED, responses=EnrollmentPageSerializer)
    def get(self, request: Request) -> Response:
        """My own times in a program."""
        rows = Enrollment.objects.of(request.user.pk).to_show().order_by("began", "pk")
        return Response(
            offset_page(request, rows, lambda found: [shape_enrollment(one, for_staff=False) for one in found])
        )


class FarewellView(APIView):
    scopes: ClassVar = {"PUT": "account"}

    @extend_schema(operation_id="enrollments_farewell", request=FarewellSerializer, responses=EnrollmentSerializer)
    def put(self, request: Request, enrollment_id: UUID) -> Response:
        """What the room is told when my time there ends: a line, or nothing."""
        query(request)
        mine = own_episode(request.user, enrollment_id)
        farewell = checked(FarewellSerializer, request)["farewell"]
        programs.choose_farewell(enrollment=mine, farewell=farewell, by=request.user)
        return Response(shape_enrollment(own_episode(request.user, enrollment_id), for_staff=False))


class ComeBackView(APIView):
    scopes: ClassVar = {"PUT": "account"}

    @extend_schema(operation_id="enrollments_ask_back", request=None, responses=EnrollmentSerializer)
    def put(self, request: Request, enrollment_id: UUID) -> Response:
        """Ask staff to come back, within 90 days of the end; again is the same."""
        query(request)
        programs.ask_to_come_back(enrollment=own_episode(request.user, enrollment_id), by=request.user)
        return Response(shape_enrollment(own_episode(request.user, enrollment_id), for_staff=False))


class OwnAwayView(APIView):
    scopes: ClassVar = {"PUT": "account", "DELETE": "account"}

    @extend_schema(operation_id="enrollments_away_mine", request=None, responses=EnrollmentSerializer)
    def put(self, request: Request, enrollment_id: UUID) -> Response:
        """I am away for a while: my seat waits, and nobody is told; again is the same."""
        query(request)
        programs.away(enrollment=own_episode(request.user, enrollment_id), by=request.user)
        return Response(shape_enrollment(own_episode(request.user, enrollment_id), for_staff=False))

    @extend_schema(operation_id="enrollments_back_mine", request=None, responses=EnrollmentSerializer)
    def delete(self, request: Request, enrollment_id: UUID) -> Response:
        """I am back."""
        query(request)
        programs.come_back(enrollment=own_episode(request.user, enrollment_id), by=request.user)
        return Response(shape_enrollment(own_episode(request.user, enrollment_id), for_staff=False))


class PhaseView(APIView):
    scopes: ClassVar = {"PUT": "seats:write"}

    @extend_schema(operation_id="enrollments_phase", request=PhaseMoveSerializer, responses=EnrollmentSerializer)
    def put(self, request: Request, enrollment_id: UUID) -> Response:
        """Write down that somebody is in another step of care (who leads the cohort)."""
        query(request)
        theirs = episode_of_staff(request.user, enrollment_id)
        programs.move_phase(enrollment=theirs, by=request.user, **checked(PhaseMoveSerializer, request))
        return _for_staff(request, enrollment_id)


class GraduateView(APIView):
    scopes: ClassVar = {"PUT": "seats:write"}

    @extend_schema(operation_id="enrollments_graduate", request=None, responses=EnrollmentSerializer)
    def put(self, request: Request, enrollment_id: UUID) -> Response:
        """Somebody finished the program today (who leads the cohort)."""
        query(request)
        programs.graduate(enrollment=episode_of_staff(request.user, enrollment_id), by=request.user)
        return _for_staff(request, enrollment_id)


class EndView(APIView):
    scopes: ClassVar = {"PUT": "seats:write"}

    @extend_schema(operation_id="enrollments_end", request=EndSerializer, responses=EnrollmentSerializer)
    def put(self, request: Request, enrollment_id: UUID) -> Response:
        """Somebody's time ends today before the program is finished (who leads the cohort)."""
        query(request)
        theirs = episode_of_staff(request.user, enrollment_id)
        programs.withdraw(enrollment=theirs, by=request.user, **checked(EndSerializer, request))
        return _for_staff(request, enrollment_id)


class AwayView(APIView):
    scopes: ClassVar = {"PUT": "seats:write", "DELETE": "seats:write"}

    @extend_schema(operation_id="enrollments_away", request=None, responses=EnrollmentSerializer)
    def put(self, request: Request, enrollment_id: UUID) -> Response:
        """Somebody is away for a while: the seat waits, and nobody is told (who leads the cohort)."""
        query(request)
        programs.away(enrollment=episode_of_staff(request.user, enrollment_id), by=request.user)
        return _for_staff(request, enrollment_id)

    @extend_schema(operation_id="enrollments_back", request=None, responses=EnrollmentSerializer)
    def delete(self, request: Request, enrollment_id: UUID) -> Response:
        """Somebody is back (who leads the cohort)."""
        query(request)
        programs.come_back(enrollment=episode_of_staff(request.user, enrollment_id), by=request.user)
        return _for_staff(request, enrollment_id)


def _for_staff(request: Request, enrollment_id: UUID) -> Response:
    return Response(shape_enrollment(episode_of_staff(request.user, enrollment_id), for_staff=True))

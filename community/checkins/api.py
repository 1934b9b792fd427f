"""My check-ins over REST, and for who leads a cohort what was shared with them."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.checkins import services as checkins
from community.checkins.models import CheckIn, Reminder
from community.checkins.rules import led_episode, own_check_in, shared_with, sign_in
from community.checkins.serializers import (
    AnswersSerializer,
    CheckedInSerializer,
    CheckInPageSerializer,
    CheckInSerializer,
    ReminderSerializer,
    SharedCheckInPageSerializer,
    ShareSerializer,
    shape,
    shape_reminder,
    shape_shared,
)
from community.foundation import inputs
from community.foundation.api import PAGED, Request, checked, offset_page, query
from community.programs.rules import own_episode
from community.safety.reading import care_beside


def _mine(request: Request, day: str) -> CheckIn:
    query(request)
    return own_check_in(request.user, inputs.day(day, at="/day"))


class CheckInsView(APIView):
    scopes: ClassVar = {"GET": "care"}

    @extend_schema(operation_id="checkins_list", parameters=PAGED, responses=CheckInPageSerializer)
    def get(self, request: Request) -> Response:
        """My days, the newest first."""
        rows = CheckIn.objects.of(request.user.pk).to_show().newest_first()
        return Response(offset_page(request, rows, lambda found: [shape(one) for one in found]))


class CheckInView(APIView):
    scopes: ClassVar = {"*": "care"}

    @extend_schema(operation_id="checkins_read", responses=CheckInSerializer)
    def get(self, request: Request, day: str) -> Response:
        """One of my days."""
        return Response(shape(_mine(request, day)))

    @extend_schema(operation_id="checkins_put", request=AnswersSerializer, responses=CheckedInSerializer)
    def put(self, request: Request, day: str) -> Response:
        """How today is, or was one of the seven days before. Again replaces it, and ends what was shared of it."""
        query(request)
        answers = checked(AnswersSerializer, request)
        about = {name: answers.pop(name) for name in ("seen", "pressed", "drawn") if name in answers}
        row = checkins.check_in(person=request.user, day=inputs.day(day, at="/day"), answers=answers, **about)
        return Response(shape(row) | care_beside(sign_in(row)))

    @extend_schema(operation_id="checkins_erase", request=None, responses={204: None})
    def delete(self, request: Request, day: str) -> Response:
        """Forget one of my days."""
        checkins.erase(person=request.user, check_in=_mine(request, day))
        return Response(status=204)


class ShareView(APIView):
    scopes: ClassVar = {"*": "care"}

    @extend_schema(operation_id="checkins_share", request=ShareSerializer, responses=CheckInSerializer)
    def put(self, request: Request, day: str, enrollment_id: UUID) -> Response:
        """Let who leads the cohort of this episode of mine read one day; again is the same."""
        one, episode = _mine(request, day), own_episode(request.user, enrollment_id)
        checkins.share(person=request.user, check_in=one, enrollment=episode, **checked(ShareSerializer, request))
        return Response(shape(_mine(request, day)))

    @extend_schema(operation_id="checkins_take_back", request=None, responses={204: None})
    def delete(self, request: Request, day: str, enrollment_id: UUID) -> Response:
        """Share it no more; again is the same."""
        one, episode = _mine(request, day), own_episode(request.user, enrollment_id)
        checkins.take_back(person=request.user, check_in=one, enrollment=episode)
        return Response(status=204)


class ReminderView(APIView):
    scopes: ClassVar = {"*": "care"}

    @extend_schema(operation_id="checkins_reminder", responses=ReminderSerializer)
    def get(self, request: Request) -> Response:
        """When I am reminded."""
        query(request)
        return Response(shape_reminder(Reminder.objects.of(request.user.pk).first()))

    @extend_schema(operation_id="checkins_remind", request=ReminderSerializer, responses=ReminderSerializer)
    def put(self, request: Request) -> Response:
        """Remind me each day at this time on my own clock, or no more."""
        query(request)
        wanted: dict[str, Any] = checked(ReminderSerializer, request)
        return Response(shape_reminder(checkins.remind(person=request.user, **wanted)))


class SharedCheckInsView(APIView):
    scopes: ClassVar = {"GET": "care"}

    @extend_schema(operation_id="enrollments_checkins", parameters=PAGED, responses=SharedCheckInPageSerializer)
    def get(self, request: Request, enrollment_id: UUID) -> Response:
        """What somebody in a cohort I lead chose to share with me, the newest day first; often nothing."""
        rows = shared_with(request.user, led_episode(request.user, enrollment_id))
        return Response(offset_page(request, rows, lambda found: [shape_shared(one) for one in found]))

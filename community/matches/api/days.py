"""Days that a mentee shares with their mentor, over REST, for both of them."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.checkins.rules import own_check_in
from community.checkins.serializers import SharedCheckInPageSerializer, ShareSerializer, shape_shared
from community.foundation import inputs
from community.foundation.api import PAGED, Request, checked, offset_page, query
from community.matches import services as matches
from community.matches.rules import days_shared, match_of


class DaysView(APIView):
    scopes: ClassVar = {"GET": "care"}

    @extend_schema(operation_id="mentoring_match_days", parameters=PAGED, responses=SharedCheckInPageSerializer)
    def get(self, request: Request, match_id: UUID) -> Response:
        """The days the mentee chose to share with the mentor, for either of us; the newest first, often none."""
        rows = days_shared(request.user, match_of(request.user, match_id))
        return Response(offset_page(request, rows, lambda found: [shape_shared(one) for one in found]))


class DayView(APIView):
    scopes: ClassVar = {"*": "care"}

    @extend_schema(operation_id="mentoring_match_share_day", request=ShareSerializer, responses={204: None})
    def put(self, request: Request, match_id: UUID, day: str) -> Response:
        """Let my mentor read one of my days; again is the same."""
        query(request)
        match, one = match_of(request.user, match_id), own_check_in(request.user, inputs.day(day, at="/day"))
        matches.share_day(match=match, check_in=one, by=request.user, **checked(ShareSerializer, request))
        return Response(status=204)

    @extend_schema(operation_id="mentoring_match_take_day_back", request=None, responses={204: None})
    def delete(self, request: Request, match_id: UUID, day: str) -> Response:
        """Share it no more; again is the same."""
        query(request)
        match, one = match_of(request.user, match_id), own_check_in(request.user, inputs.day(day, at="/day"))
        matches.take_day_back(match=match, check_in=one, by=request.user)
        return Response(status=204)

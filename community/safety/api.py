"""One's own help cards over REST."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation.api import Request, StrictSerializer, checked, query
from community.safety import services as safety
from community.safety.models import Sign
from community.safety.reading import card_of
from community.safety.rules import own_sign
from community.safety.serializers import CareSerializer, CaresSerializer, shape_card

CARDS_MOST = 20


class CaresView(APIView):
    scopes: ClassVar = {"GET": "account"}

    @extend_schema(operation_id="care_list", responses=CaresSerializer)
    def get(self, request: Request) -> Response:
        """The cards that are not put away, the newest first; at most 20."""
        query(request)
        found = Sign.objects.of(request.user.pk).with_open_card().to_show()[:CARDS_MOST]
        return Response({"results": [shape_card(card_of(sign)) for sign in found]})


class CareView(APIView):
    scopes: ClassVar = {"GET": "account"}

    @extend_schema(operation_id="care_read", responses=CareSerializer)
    def get(self, request: Request, sign_id: UUID) -> Response:
        query(request)
        return Response(shape_card(card_of(own_sign(request.user, sign_id))))


class SafeView(APIView):
    scopes: ClassVar = {"POST": "account"}

    @extend_schema(operation_id="care_safe", request=None, responses=CareSerializer)
    def post(self, request: Request, sign_id: UUID) -> Response:
        """ "I'm safe, it was a figure of speech": less urgent, the card goes, and somebody reads it all the same."""
        query(request)
        sign = own_sign(request.user, sign_id)
        checked(StrictSerializer, request)
        return Response(shape_card(card_of(safety.say_safe(sign=sign, by=request.user))))


class AwayView(APIView):
    scopes: ClassVar = {"POST": "account"}

    @extend_schema(operation_id="care_away", request=None, responses=CareSerializer)
    def post(self, request: Request, sign_id: UUID) -> Response:
        """Put the card away."""
        query(request)
        sign = own_sign(request.user, sign_id)
        checked(StrictSerializer, request)
        return Response(shape_card(card_of(safety.put_away(sign=sign, by=request.user))))

"""Letting who leads one's group know that one would like to talk, over REST."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation.api import Request, query
from community.programs import services as programs
from community.programs.serializers import TalkSerializer


class TalkView(APIView):
    scopes: ClassVar = {"POST": "care"}

    @extend_schema(operation_id="talk_ask", request=None, responses={201: TalkSerializer})
    def post(self, request: Request) -> Response:
        """Who leads my group hears that I would like to talk, and no reason; 409 `no_lead` where nobody does."""
        query(request)
        return Response({"told": list(programs.ask_to_talk(person=request.user))}, status=201)

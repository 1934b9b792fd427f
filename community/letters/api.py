"""How I hear of updates, over REST."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation.api import Flag, Request, StrictSerializer, Words, checked, query
from community.letters import services as letters
from community.letters.models import Reach


class ReachSerializer(serializers.Serializer[Reach]):
    mail = serializers.BooleanField()
    sms = serializers.BooleanField()
    phone = serializers.CharField(help_text="Empty when none is given.")


class ReachChangeSerializer(StrictSerializer):
    mail = Flag(required=False)
    sms = Flag(required=False)
    phone = Words(required=False, allow_blank=True, max_length=30)


class ReachView(APIView):
    scopes: ClassVar = {"GET": "account", "PATCH": "account"}

    @extend_schema(operation_id="me_reach", responses=ReachSerializer)
    def get(self, request: Request) -> Response:
        """How I hear of updates while I am away."""
        query(request)
        return Response(ReachSerializer(letters.reach_of(person=request.user)).data)

    @extend_schema(operation_id="me_reach_change", request=ReachChangeSerializer, responses=ReachSerializer)
    def patch(self, request: Request) -> Response:
        """Choose otherwise."""
        query(request)
        wanted = checked(ReachChangeSerializer, request)
        return Response(ReachSerializer(letters.choose(person=request.user, wanted=wanted)).data)

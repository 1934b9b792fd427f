from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation import clock
from community.foundation.api import Request, checked, query
from community.foundation.errors import Missing
from community.people import services as people
from community.people.models import Session
from community.people.serializers import (
    DevicesSerializer,
    MeChangeSerializer,
    MeSerializer,
    shape_device,
    shape_me,
)
from community.people.sessions import this_session


class MeView(APIView):
    scopes: ClassVar = {"GET": "account", "PATCH": "account"}

    @extend_schema(operation_id="me_read", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """Who I am here."""
        query(request)
        return Response(shape_me(request.user))

    @extend_schema(operation_id="me_change", request=MeChangeSerializer, responses=MeSerializer)
    def patch(self, request: Request) -> Response:
        """Change what I choose about myself."""
        query(request)
        wanted = checked(MeChangeSerializer, request)
        return Response(shape_me(people.change(person=request.user, wanted=wanted)))


class DevicesView(APIView):
    scopes: ClassVar = {"GET": "account"}

    @extend_schema(operation_id="me_devices", responses=DevicesSerializer)
    def get(self, request: Request) -> Response:
        """Where I am signed in; all of it, an account holds few."""
        query(request)
        here = this_session(request._request)  # noqa: SLF001 - how DRF itself reaches Django's request
        rows = Session.objects.devices_of(request.user.pk, clock.now())
        devices = [shape_device(row, request.user, current=row.pk == here) for row in rows]
        return Response({"results": devices, "next": None, "previous": None})


class DeviceView(APIView):
    scopes: ClassVar = {"DELETE": "account"}

    @extend_schema(operation_id="me_device_end", responses={204: None})
    def delete(self, request: Request, session_id: UUID) -> Response:
        """Sign one of my devices out, at once."""
        query(request)
        if not people.end_sessions(person=request.user, only=session_id):
            raise Missing
        return Response(status=204)

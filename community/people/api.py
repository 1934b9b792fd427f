from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation.api import Request, checked, query
from community.people import services as people
from community.people.serializers import MeChangeSerializer, MeSerializer, shape_me


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

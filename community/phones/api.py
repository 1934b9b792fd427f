"""This phone, over REST: a page's own calls, since a token is no phone."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation.api import Request, checked, query
from community.foundation.errors import Missing
from community.people.models import Session
from community.people.sessions import this_session
from community.phones import services as phones
from community.phones.serializers import (
    PhoneAnswerSerializer,
    PhoneIdSerializer,
    PhoneKeySerializer,
    PhoneSerializer,
)


class PhoneView(APIView):
    scopes: ClassVar = {"GET": "account", "PUT": "account"}

    @extend_schema(operation_id="me_phone", responses=PhoneSerializer)
    def get(self, request: Request) -> Response:
        """Whether this phone is only mine."""
        query(request)
        session = Session.objects.of(request.user.pk).filter(pk=_here(request)).first()
        return Response({"only_mine": session and session.only_mine})

    @extend_schema(operation_id="me_phone_answer", request=PhoneAnswerSerializer, responses=PhoneSerializer)
    def put(self, request: Request) -> Response:
        """Say whether this phone is only mine."""
        query(request)
        wanted = checked(PhoneAnswerSerializer, request)
        phones.answer(person=request.user, session_id=_here(request), **wanted)
        return Response(wanted)


class PhoneKeyView(APIView):
    scopes: ClassVar = {"POST": "account"}

    @extend_schema(operation_id="me_phone_key", request=PhoneIdSerializer, responses=PhoneKeySerializer)
    def post(self, request: Request) -> Response:
        """The key of what this phone keeps, if it is only mine."""
        query(request)
        wanted = checked(PhoneIdSerializer, request)
        key = phones.open_phone(person=request.user, session_id=_here(request), phone_id=wanted["phone"])
        return Response({"key": key})


def _here(request: Request) -> UUID:
    """The session of the page that asks. Raises Missing for a token."""
    here = None if request.auth else this_session(request._request)  # noqa: SLF001 - how DRF reaches Django's request
    if here is None:
        raise Missing
    return here

"""My agreements over REST."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.consent import services as consent
from community.consent.models import Channel, ConsentRecord
from community.consent.rules import record_of
from community.consent.serializers import (
    ConsentPageSerializer,
    ConsentSerializer,
    ConsentWordsSerializer,
    shape,
    shape_with_words,
)
from community.consent.wording import named, named_one
from community.foundation.api import PAGED, Request, offset_page, query


class ConsentsView(APIView):
    scopes: ClassVar = {"GET": "account"}

    @extend_schema(operation_id="consents_list", parameters=PAGED, responses=ConsentPageSerializer)
    def get(self, request: Request) -> Response:
        """What I agreed to, and what I took back."""
        rows = ConsentRecord.objects.of(request.user.pk).order_by("given", "pk")
        return Response(offset_page(request, rows, lambda found: [shape(one) for one in named(found)]))


class ConsentView(APIView):
    scopes: ClassVar = {"GET": "account", "PUT": "account", "DELETE": "account"}

    @extend_schema(operation_id="consents_read", responses=ConsentWordsSerializer)
    def get(self, request: Request, record_id: UUID) -> Response:
        """One agreement with the words that were shown, and those that are asked today."""
        query(request)
        return Response(shape_with_words(named_one(record_of(request.user, record_id)), request.user.language))

    @extend_schema(operation_id="consents_agree_again", request=None, responses=ConsentSerializer)
    def put(self, request: Request, record_id: UUID) -> Response:
        """Agree to today's words for what I took back; the answer is the new agreement. Again is the same."""
        query(request)
        record = record_of(request.user, record_id)
        again = consent.agree_again(person=request.user, record=record, channel=Channel.API)
        return Response(shape(named_one(again)))

    @extend_schema(operation_id="consents_revoke", request=None, responses={204: None})
    def delete(self, request: Request, record_id: UUID) -> Response:
        """Take one back; what stood on it ends at once. Again is the same."""
        query(request)
        consent.revoke(person=request.user, record=record_of(request.user, record_id))
        return Response(status=204)

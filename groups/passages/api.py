"""What is offered to me, over REST."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.consent.models import Channel
from community.foundation.api import PAGED, Request, checked, offset_page, query
from groups.passages import services as passages
from groups.passages.models import AlumniOffer, Answer
from groups.passages.rules import offer_of
from groups.passages.serializers import AnswerSerializer, OfferPageSerializer, OfferSerializer, shape_offer


class OffersView(APIView):
    scopes: ClassVar = {"GET": "account"}

    @extend_schema(operation_id="alumni_offers_list", parameters=PAGED, responses=OfferPageSerializer)
    def get(self, request: Request) -> Response:
        """The alumni rooms I was offered a seat in."""
        rows = AlumniOffer.objects.of(request.user.pk).to_show().order_by("offered", "pk")
        return Response(offset_page(request, rows, lambda found: [shape_offer(one) for one in found]))


class OfferAnswerView(APIView):
    scopes: ClassVar = {"PUT": "account"}

    @extend_schema(operation_id="alumni_offers_answer", request=AnswerSerializer, responses=OfferSerializer)
    def put(self, request: Request, offer_id: UUID) -> Response:
        """Say yes (the seat opens, and the agreement is kept), or not now."""
        query(request)
        offer = offer_of(request.user, offer_id)
        wanted = checked(AnswerSerializer, request)
        if wanted["answer"] == Answer.YES:
            passages.accept_offer(person=request.user, offer=offer, alias=wanted.get("alias"), channel=Channel.API)
        else:
            passages.decline_offer(person=request.user, offer=offer)
        return Response(shape_offer(offer_of(request.user, offer_id)))

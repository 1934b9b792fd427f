"""What is offered to me, over REST."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.consent.models import Channel
from community.foundation.api import PAGED, Request, checked, offset_page, once, query
from community.people.models import Person
from groups.membership.rules import reach
from groups.membership.serializers import GroupSerializer, shape_group
from groups.passages import services as passages
from groups.passages.models import AlumniOffer, Answer
from groups.passages.rules import kept_for, kept_seat, offer_of
from groups.passages.serializers import (
    AnswerSerializer,
    ComeBackSerializer,
    KeptSeatPageSerializer,
    KeptSeatWordsSerializer,
    OfferPageSerializer,
    OfferSerializer,
    shape_kept,
    shape_offer,
    shape_offers,
    shape_room,
)


class OffersView(APIView):
    scopes: ClassVar = {"GET": "account"}

    @extend_schema(operation_id="alumni_offers_list", parameters=PAGED, responses=OfferPageSerializer)
    def get(self, request: Request) -> Response:
        """The alumni rooms I was offered a seat in."""
        rows = AlumniOffer.objects.of(request.user.pk).to_show().order_by("offered", "pk")
        return Response(offset_page(request, rows, shape_offers))


class KeptSeatsView(APIView):
    scopes: ClassVar = {"GET": "account"}

    @extend_schema(operation_id="kept_seats_list", parameters=PAGED, responses=KeptSeatPageSerializer)
    def get(self, request: Request) -> Response:
        """The rooms I left where a seat waits for me while my time there goes on."""
        rows = kept_for(request.user.pk)
        return Response(offset_page(request, rows, lambda found: [shape_room(one) for one in found]))


class KeptSeatView(APIView):
    scopes: ClassVar = {"GET": "account", "POST": "account"}

    @extend_schema(operation_id="kept_seats_read", responses=KeptSeatWordsSerializer)
    def get(self, request: Request, group_id: UUID) -> Response:
        """One of them: the name it had, and what I am asked to agree to again."""
        query(request)
        return Response(shape_kept(kept_seat(request.user, group_id), request.user))

    @extend_schema(operation_id="kept_seats_take", request=ComeBackSerializer, responses={201: GroupSerializer})
    def post(self, request: Request, group_id: UUID) -> Response:
        """Come back in; nobody is told."""
        query(request)
        wanted = checked(ComeBackSerializer, request)
        return once(request, lambda: self._come_back(request.user, group_id, wanted))

    def _come_back(self, person: Person, group_id: UUID, wanted: dict[str, Any]) -> Response:
        kept = kept_seat(person, group_id)
        passages.come_back_in(person=person, group=kept.group, channel=Channel.API, **wanted)
        return Response(shape_group(reach(person, group_id)), status=201)


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

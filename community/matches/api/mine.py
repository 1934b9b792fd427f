"""My matches over REST, from whichever side, and what I am asked about them."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation import clock
from community.foundation.api import PAGED, Request, checked, offset_page, query
from community.foundation.errors import Missing
from community.matches import services as matches
from community.matches.desk.heeding import sign_in
from community.matches.models import Match, MatchCheckIn
from community.matches.reading.one import cards_of, walking
from community.matches.reading.quiet import quiet_among
from community.matches.reading.shapes import shape
from community.matches.rules import checkin_of, match_of
from community.matches.serializers.mine import (
    AimedSerializer,
    AimSerializer,
    CallSerializer,
    DeclinedSerializer,
    DeclineSerializer,
    EndMatchSerializer,
    MatchAnswerSerializer,
    MatchCheckInPageSerializer,
    MatchCheckInSerializer,
    MatchPageSerializer,
    MatchSerializer,
    NothingSerializer,
    PlanEndSerializer,
    shape_checkin,
)
from community.people.models import Person
from community.safety.reading import care_beside

STEPS: dict[str, Callable[..., object]] = {
    "choose": matches.choose,
    "withdraw": matches.withdraw,
    "accept": lambda **asked: walking(matches.accept(**asked)),
    "confirm": matches.confirm,
    "pause": matches.pause,
    "resume": matches.resume,
    "look-again": matches.look_again,
    "ask-cover": matches.wish_cover,
}
STEP = OpenApiParameter("step", str, OpenApiParameter.PATH, enum=sorted(STEPS))


def _shapes(rows: list[Match], reader: Person) -> list[dict[str, Any]]:
    """In the order they come, in as many questions for one as for many."""
    known: dict[UUID, dict[str, Any]] = {}
    quiet = quiet_among(reader, rows)
    for mentee in (True, False):
        side = [one for one in rows if (one.mentee_id == reader.pk) == mentee]
        cards = cards_of(side, reader, mentee=mentee)
        known |= {card.match.pk: shape(card, quiet.get(card.match.pk)) for card in cards}
    return [known[one.pk] for one in rows]


def _now(request: Request, match: Match, **beside: Any) -> Response:
    """As it stands by now, and what is told with it; where it is shown no more, nothing."""
    row = Match.objects.shown_to(request.user.pk, clock.now()).to_show().filter(pk=match.pk).first()
    return Response(status=204) if row is None else Response(_shapes([row], request.user)[0] | beside)


class MatchesView(APIView):
    scopes: ClassVar = {"GET": "care"}

    @extend_schema(operation_id="mentoring_matches", parameters=PAGED, responses=MatchPageSerializer)
    def get(self, request: Request) -> Response:
        """Mine: the cards I may choose from, who I asked or who asks me, who I walk with and did. The newest first."""
        rows = Match.objects.shown_to(request.user.pk, clock.now()).to_show().newest_first()
        return Response(offset_page(request, rows, lambda found: _shapes(found, request.user)))


class NoneView(APIView):
    scopes: ClassVar = {"POST": "care"}

    @extend_schema(operation_id="mentoring_matches_none", request=NothingSerializer, responses=DeclinedSerializer)
    def post(self, request: Request) -> Response:
        """None of my cards; I keep my place in line."""
        query(request)
        checked(NothingSerializer, request)
        return Response({"declined": matches.decline_all(by=request.user)})


class MatchView(APIView):
    scopes: ClassVar = {"GET": "care"}

    @extend_schema(operation_id="mentoring_match", responses=MatchSerializer)
    def get(self, request: Request, match_id: UUID) -> Response:
        """One of mine."""
        query(request)
        return _now(request, match_of(request.user, match_id))


class StepView(APIView):
    scopes: ClassVar = {"POST": "care"}

    @extend_schema(
        operation_id="mentoring_match_step",
        parameters=[STEP],
        request=NothingSerializer,
        responses={200: MatchSerializer, 204: None},
    )
    def post(self, request: Request, match_id: UUID, step: str) -> Response:
        """Take one of the steps: 200 with how it stands, 204 once it is gone.

        What does not lead on from where the two stand is 409 and changes nothing.
        """
        query(request)
        match = match_of(request.user, match_id)
        if step not in STEPS:
            raise Missing
        checked(NothingSerializer, request)
        STEPS[step](match=match, by=request.user)
        return _now(request, match)


class DeclineView(APIView):
    scopes: ClassVar = {"POST": "care"}

    @extend_schema(operation_id="mentoring_match_decline", request=DeclineSerializer, responses={204: None})
    def post(self, request: Request, match_id: UUID) -> Response:
        """Not this one: a mentee of a card, a mentor of who asked. Neither hears why."""
        query(request)
        match = match_of(request.user, match_id)
        matches.decline(match=match, by=request.user, **checked(DeclineSerializer, request))
        return Response(status=204)


class EndView(APIView):
    scopes: ClassVar = {"POST": "care"}

    @extend_schema(operation_id="mentoring_match_end", request=EndMatchSerializer, responses=MatchSerializer)
    def post(self, request: Request, match_id: UUID) -> Response:
        """End it, without a reason; the other is told only that it has ended."""
        query(request)
        match = match_of(request.user, match_id)
        matches.end(match=match, by=request.user, **checked(EndMatchSerializer, request))
        return _now(request, match)


class PlanEndView(APIView):
    scopes: ClassVar = {"POST": "care"}

    @extend_schema(operation_id="mentoring_match_plan_end", request=PlanEndSerializer, responses=MatchSerializer)
    def post(self, request: Request, match_id: UUID) -> Response:
        """Wish for a last day, or agree to the other's."""
        query(request)
        match = match_of(request.user, match_id)
        matches.plan_end(match=match, by=request.user, **checked(PlanEndSerializer, request))
        return _now(request, match)


class AimsView(APIView):
    scopes: ClassVar = {"POST": "care"}

    @extend_schema(operation_id="mentoring_match_aims", request=AimSerializer, responses=AimedSerializer)
    def post(self, request: Request, match_id: UUID) -> Response:
        """Say what we two want from this, or agree to what the other said. Words of danger come with a help card."""
        query(request)
        match = match_of(request.user, match_id)
        row = matches.aim(match=match, by=request.user, **checked(AimSerializer, request))
        return _now(request, match, **care_beside(sign_in(row, request.user)))


class CallView(APIView):
    scopes: ClassVar = {"POST": "care"}

    @extend_schema(operation_id="mentoring_match_call", request=CallSerializer, responses=MatchSerializer)
    def post(self, request: Request, match_id: UUID) -> Response:
        """Whether I would like to call; numbers show to the two alone, and only while both would."""
        query(request)
        match = match_of(request.user, match_id)
        matches.call(match=match, by=request.user, **checked(CallSerializer, request))
        return _now(request, match)


class CheckInsView(APIView):
    scopes: ClassVar = {"GET": "care"}

    @extend_schema(operation_id="mentoring_checkins", parameters=PAGED, responses=MatchCheckInPageSerializer)
    def get(self, request: Request) -> Response:
        """What I was asked about how it goes, the newest first; the other's are nowhere."""
        rows = MatchCheckIn.objects.of(request.user.pk).newest_first()
        return Response(offset_page(request, rows, lambda found: [shape_checkin(one) for one in found]))


class AnswerView(APIView):
    scopes: ClassVar = {"POST": "care"}

    @extend_schema(
        operation_id="mentoring_checkin_answer", request=MatchAnswerSerializer, responses=MatchCheckInSerializer
    )
    def post(self, request: Request, checkin_id: UUID) -> Response:
        """Say how it goes, once. On the twelfth day "yes" keeps going, and "another" parts the two without fault."""
        query(request)
        checkin = checkin_of(request.user, checkin_id)
        row = matches.answer(checkin=checkin, by=request.user, **checked(MatchAnswerSerializer, request))
        return Response(shape_checkin(row))

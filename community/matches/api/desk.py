"""The coordinator's board over REST; to everybody else there is nothing here."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation.api import PAGED, Request, checked, offset_page, query
from community.foundation.errors import Missing
from community.matches import services as matches
from community.matches.models import Match
from community.matches.reading.board import board_of, row_of
from community.matches.reading.desk import (
    shape_board,
    shape_match,
    shape_row,
    shape_suggestion,
)
from community.matches.reading.ended import ended_lately, ended_rows
from community.matches.reading.said import answers_of
from community.matches.reading.suggesting import suggestable, suggestions_for
from community.matches.rules import checkin_of_staff, match_of_staff
from community.matches.serializers.desk import (
    BoardRowPageSerializer,
    BoardRowSerializer,
    BoardSerializer,
    DeskMatchSerializer,
    StandInSerializer,
    SuggestedSerializer,
    SuggestionsSerializer,
    SuggestSerializer,
)
from community.matches.serializers.mine import NothingSerializer
from community.mentoring.models import Mentor, MentorRequest
from community.mentoring.rules import request_of_staff
from community.people.models import Person
from community.programs.models import Program
from community.programs.rules import program_run_by

STEPS: dict[str, Callable[..., Match]] = {
    "approve": matches.approve,
    "undo": matches.take_back,
    "reject": matches.reject,
    "pause": matches.pause,
    "resume": matches.resume,
    "end": matches.end,
    "lift": matches.lift,
}
STEP = OpenApiParameter("step", str, OpenApiParameter.PATH, enum=sorted(STEPS))


def pressed(request: Request) -> None:
    """Nothing is asked beside the press itself."""
    query(request)
    checked(NothingSerializer, request)


def _row(reader: Person, match: Match) -> dict[str, Any]:
    return shape_row(row_of(match_of_staff(reader, match.pk), reader))


def _waiting(reader: Person, request_id: UUID) -> MentorRequest:
    """A request that waits, of somebody else in a program I run. Raises Missing."""
    found = request_of_staff(reader, request_id)
    if not found.is_open:
        raise Missing
    return found


def _mentor(reader: Person, mentor_id: UUID, hoping: MentorRequest) -> Mentor:
    """One of those whom the reader is shown for that request. Raises Missing."""
    found = suggestable(hoping, reader).filter(pk=mentor_id).first()
    if found is None:
        raise Missing
    return found


def _ended(found: list[Match], reader: Person, program: Program) -> list[dict[str, Any]]:
    return [shape_row(one) for one in ended_rows(found, reader, program)]


class BoardView(APIView):
    scopes: ClassVar = {"GET": "care"}

    @extend_schema(operation_id="desk_board", responses=BoardSerializer)
    def get(self, request: Request, program_id: UUID) -> Response:
        """Who waits, who is asked, who walks together, and what waits for me."""
        query(request)
        return Response(shape_board(board_of(request.user, program_run_by(request.user, program_id))))


class EndedView(APIView):
    scopes: ClassVar = {"GET": "care"}

    @extend_schema(operation_id="desk_ended", parameters=PAGED, responses=BoardRowPageSerializer)
    def get(self, request: Request, program_id: UUID) -> Response:
        """Two who walked together and parted in the last thirty days, and why; the newest first."""
        program = program_run_by(request.user, program_id)
        rows = ended_lately(request.user, program)
        page = offset_page(request, rows, lambda found: _ended(found, request.user, program))
        if page["results"]:
            matches.note_look_at_ended(program_id=program.pk, by=request.user)
        return Response(page)


class DeskMatchView(APIView):
    scopes: ClassVar = {"GET": "care"}

    @extend_schema(operation_id="desk_match", responses=DeskMatchSerializer)
    def get(self, request: Request, match_id: UUID) -> Response:
        """Two people: where they stand, what waits for me, and what each said of how it goes."""
        query(request)
        found = match_of_staff(request.user, match_id)
        answers = list(answers_of(found))
        matches.note_look(match=found, answers=len(answers), by=request.user)
        return Response(shape_match(row_of(found, request.user), answers))


class DeskStepView(APIView):
    scopes: ClassVar = {"POST": "care"}

    @extend_schema(
        operation_id="desk_match_step", parameters=[STEP], request=NothingSerializer, responses=BoardRowSerializer
    )
    def post(self, request: Request, match_id: UUID, step: str) -> Response:
        """One press about two people."""
        found = match_of_staff(request.user, match_id)
        if step not in STEPS:
            raise Missing
        pressed(request)
        return Response(_row(request.user, STEPS[step](match=found, by=request.user)))


class SuggestionsView(APIView):
    scopes: ClassVar = {"GET": "care", "POST": "care"}

    @extend_schema(operation_id="desk_suggestions", responses=SuggestionsSerializer)
    def get(self, request: Request, request_id: UUID) -> Response:
        """Whom I may suggest for somebody who waits, and what stands in the way of the others."""
        query(request)
        found = suggestions_for(_waiting(request.user, request_id), request.user)
        return Response({"results": [shape_suggestion(one) for one in found]})

    @extend_schema(operation_id="desk_suggest", request=SuggestSerializer, responses={201: BoardRowSerializer})
    def post(self, request: Request, request_id: UUID) -> Response:
        """Suggest one of them."""
        query(request)
        hoping, asked = _waiting(request.user, request_id), checked(SuggestSerializer, request)
        mentor = _mentor(request.user, asked["mentor"], hoping)
        made = matches.propose(request=hoping, mentor=mentor, note=asked.get("note", ""), by=request.user)
        return Response(_row(request.user, made), status=201)


class BestView(APIView):
    scopes: ClassVar = {"POST": "care"}

    @extend_schema(operation_id="desk_suggest_best", request=NothingSerializer, responses=SuggestedSerializer)
    def post(self, request: Request, request_id: UUID) -> Response:
        """Suggest the best three, at once."""
        hoping = _waiting(request.user, request_id)
        pressed(request)
        return Response({"suggested": len(matches.suggest(request=hoping, by=request.user))})


class StandInView(APIView):
    scopes: ClassVar = {"POST": "care"}

    @extend_schema(operation_id="desk_stand_in", request=StandInSerializer, responses={201: BoardRowSerializer})
    def post(self, request: Request, match_id: UUID) -> Response:
        """Suggest somebody to stand in for two weeks."""
        query(request)
        covered = match_of_staff(request.user, match_id)
        asked = checked(StandInSerializer, request)
        mentor = _mentor(request.user, asked["mentor"], covered.request)
        made = matches.propose_cover(match=covered, mentor=mentor, by=request.user)
        return Response(_row(request.user, made), status=201)


class SeenToView(APIView):
    scopes: ClassVar = {"POST": "care"}

    @extend_schema(operation_id="desk_match_seen_to", request=NothingSerializer, responses={204: None})
    def post(self, request: Request, checkin_id: UUID) -> Response:
        """I talked with somebody who wanted to, or finds it hard."""
        asked = checkin_of_staff(request.user, checkin_id)
        pressed(request)
        matches.see_to(checkin=asked, by=request.user)
        return Response(status=204)

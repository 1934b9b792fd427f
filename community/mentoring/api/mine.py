"""My requests over REST, and me as a mentor."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.consent.models import Channel
from community.foundation.api import PAGED, Request, checked, offset_page, once, query
from community.foundation.errors import Missing
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor, MentorRequest
from community.mentoring.rules import mentor_of, mentoring_programs, request_of, standing_of, standings
from community.mentoring.serializers.mine import (
    MentorBreakSerializer,
    MentorChangeSerializer,
    MentorPageSerializer,
    MentorRequestPageSerializer,
    MentorRequestSerializer,
    MentorSerializer,
    NewMentorSerializer,
    NewRequestSerializer,
    RequestChangeSerializer,
    ToldSerializer,
    shape_mentor,
    shape_request,
)
from community.people.models import Person
from community.programs.models import Program


def _program(person: Person, wanted: dict[str, Any]) -> Program:
    """The program that was meant, if this person is in it or finished it. Raises Missing."""
    asked = wanted.pop("program")
    found = next((one for one in mentoring_programs(person) if one.pk == asked), None)
    if found is None:
        raise Missing
    return found


def _shape(mentor: Mentor) -> dict[str, Any]:
    return shape_mentor(mentor, standing_of(mentor))


class MentorRequestsView(APIView):
    scopes: ClassVar = {"*": "care"}

    @extend_schema(operation_id="mentor_requests_list", parameters=PAGED, responses=MentorRequestPageSerializer)
    def get(self, request: Request) -> Response:
        """What I hope and hoped for, the newest first."""
        rows = MentorRequest.objects.of(request.user.pk).newest_first()
        return Response(offset_page(request, rows, lambda found: [shape_request(one) for one in found]))

    @extend_schema(
        operation_id="mentor_requests_create", request=NewRequestSerializer, responses={201: MentorRequestSerializer}
    )
    def post(self, request: Request) -> Response:
        """Hope for a mentor; while one request waits, again is that one."""
        query(request)
        wanted = checked(NewRequestSerializer, request)
        program, agrees = _program(request.user, wanted), wanted.pop("agrees")

        made = once(request, lambda: self._ask(request.user, program, wanted, agrees))
        return Response(shape_request(request_of(request.user, UUID(made.data["id"]))), status=made.status_code)

    def _ask(self, person: Person, program: Program, wanted: dict[str, Any], agrees: object) -> Response:
        """Its id alone: what somebody says is kept beside no key."""
        row = mentoring.ask(person=person, program=program, wanted=wanted, agrees=agrees, channel=Channel.API)
        return Response({"id": str(row.pk)}, status=201)


class MentorRequestView(APIView):
    scopes: ClassVar = {"*": "care"}

    @extend_schema(operation_id="mentor_requests_read", responses=MentorRequestSerializer)
    def get(self, request: Request, request_id: UUID) -> Response:
        """One of mine."""
        query(request)
        return Response(shape_request(request_of(request.user, request_id)))

    @extend_schema(
        operation_id="mentor_requests_change", request=RequestChangeSerializer, responses=MentorRequestSerializer
    )
    def patch(self, request: Request, request_id: UUID) -> Response:
        """Hope for something else; the place in line stays."""
        query(request)
        row, wanted = request_of(request.user, request_id), checked(RequestChangeSerializer, request)
        return Response(shape_request(mentoring.change_request(person=request.user, request=row, wanted=wanted)))

    @extend_schema(operation_id="mentor_requests_withdraw", request=None, responses={204: None})
    def delete(self, request: Request, request_id: UUID) -> Response:
        """Take it back; again is the same."""
        query(request)
        mentoring.withdraw(person=request.user, request=request_of(request.user, request_id))
        return Response(status=204)


class MentorsView(APIView):
    scopes: ClassVar = {"*": "care"}

    @extend_schema(operation_id="mentors_list", parameters=PAGED, responses=MentorPageSerializer)
    def get(self, request: Request) -> Response:
        """Me as a mentor, in each of my programs."""
        rows = Mentor.objects.of(request.user.pk).to_show().newest_first()
        return Response(offset_page(request, rows, self._shapes))

    def _shapes(self, found: list[Mentor]) -> list[dict[str, Any]]:
        known = standings(found)
        return [shape_mentor(one, known[one.pk]) for one in found]

    @extend_schema(operation_id="mentors_apply", request=NewMentorSerializer, responses={201: MentorSerializer})
    def post(self, request: Request) -> Response:
        """Offer to be a mentor in a program I finished; while that goes on, again is that one."""
        query(request)
        wanted = checked(NewMentorSerializer, request)
        program, agrees = _program(request.user, wanted), wanted.pop("agrees")

        made = once(request, lambda: self._apply(request.user, program, wanted, agrees))
        return Response(_shape(mentor_of(request.user, UUID(made.data["id"]))), status=made.status_code)

    def _apply(self, person: Person, program: Program, wanted: dict[str, Any], agrees: object) -> Response:
        """Its id alone: what somebody says is kept beside no key."""
        row = mentoring.apply(person=person, program=program, wanted=wanted, agrees=agrees, channel=Channel.API)
        return Response({"id": str(row.pk)}, status=201)


class MentorView(APIView):
    scopes: ClassVar = {"*": "care"}

    @extend_schema(operation_id="mentors_read", responses=MentorSerializer)
    def get(self, request: Request, mentor_id: UUID) -> Response:
        """Me as a mentor there."""
        query(request)
        return Response(_shape(mentor_of(request.user, mentor_id)))

    @extend_schema(operation_id="mentors_change", request=MentorChangeSerializer, responses=MentorSerializer)
    def patch(self, request: Request, mentor_id: UUID) -> Response:
        """Say it anew: hours, how many people, "not now", and the rest."""
        query(request)
        row, wanted = mentor_of(request.user, mentor_id), checked(MentorChangeSerializer, request)
        return Response(_shape(mentoring.change(person=request.user, mentor=row, wanted=wanted)))

    @extend_schema(operation_id="mentors_finish", request=None, responses={204: None})
    def delete(self, request: Request, mentor_id: UUID) -> Response:
        """Finish being a mentor."""
        query(request)
        mentoring.retire(mentor=mentor_of(request.user, mentor_id), by=request.user)
        return Response(status=204)


class MentorBreakView(APIView):
    scopes: ClassVar = {"*": "care"}

    @extend_schema(operation_id="mentors_pause", request=MentorBreakSerializer, responses=MentorSerializer)
    def put(self, request: Request, mentor_id: UUID) -> Response:
        """Take a break, with somebody to stand in where that can be found, unless they say otherwise."""
        query(request)
        row = mentor_of(request.user, mentor_id)
        cover = checked(MentorBreakSerializer, request).get("wishes_cover", True)
        return Response(_shape(mentoring.pause(mentor=row, wishes_cover=cover, by=request.user)))

    @extend_schema(operation_id="mentors_resume", request=None, responses=MentorSerializer)
    def delete(self, request: Request, mentor_id: UUID) -> Response:
        """Be back."""
        query(request)
        return Response(_shape(mentoring.resume(mentor=mentor_of(request.user, mentor_id), by=request.user)))


class MentorAgreementView(APIView):
    scopes: ClassVar = {"PUT": "care"}

    @extend_schema(operation_id="mentors_agree", request=None, responses=MentorSerializer)
    def put(self, request: Request, mentor_id: UUID) -> Response:
        """Agree to today's words for mentors, as a renewal or coming back needs; again is the same."""
        query(request)
        row = mentor_of(request.user, mentor_id)
        mentoring.agree(person=request.user, mentor=row, channel=Channel.API)
        return Response(_shape(row))


class NotMineView(APIView):
    scopes: ClassVar = {"POST": "care"}

    @extend_schema(operation_id="mentors_not_mine", request=None, responses=ToldSerializer)
    def post(self, request: Request, mentor_id: UUID) -> Response:
        """Leave a word with who supervises me that something is not mine to carry; it is no emergency service."""
        query(request)
        told = mentoring.not_mine(mentor=mentor_of(request.user, mentor_id), by=request.user)
        return Response({"told": [one.alias for one in told]})

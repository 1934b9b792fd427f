"""Mentors and who waits over REST, for staff; to everybody else there is nothing here."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation import clock
from community.foundation.api import PAGED, Request, checked, offset_page, once, query
from community.foundation.errors import Missing
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor, MentorRequest, SupervisionNote
from community.mentoring.reading import steps_for
from community.mentoring.rules import may_lead, mentor_of_staff, request_of_staff, standing_of, standings
from community.mentoring.serializers.desk import (
    ClearanceSerializer,
    DeskMentorPageSerializer,
    DeskMentorWholeSerializer,
    NewNoteSerializer,
    NoteSerializer,
    NotesSerializer,
    SupervisorSerializer,
    WaitingPageSerializer,
    WaitingSerializer,
    shape_at_the_desk,
    shape_note,
    shape_waiting,
)
from community.mentoring.serializers.said import shape_said
from community.people.models import Person


def _led(person: Person, mentor_id: UUID) -> Mentor:
    """One I may lead on. Raises Missing."""
    found = mentor_of_staff(person, mentor_id)
    if not may_lead(person, found):
        raise Missing
    return found


def _whole(person: Person, mentor_id: UUID) -> Response:
    """One of them as it stands now, with what may be done."""
    row = mentor_of_staff(person, mentor_id)
    leads = may_lead(person, row)
    more = {
        "said": shape_said(row) if leads else None,
        "steps": [step for step, _words in steps_for(row)] if leads else [],
    }
    return Response({**shape_at_the_desk(row, standing_of(row)), **more})


class DeskMentorsView(APIView):
    scopes: ClassVar = {"GET": "care"}

    @extend_schema(operation_id="desk_mentors_list", parameters=PAGED, responses=DeskMentorPageSerializer)
    def get(self, request: Request) -> Response:
        """Mentors I lead or supervise, who has been where they are for longest on top."""
        rows = Mentor.objects.of_staff(request.user.pk, clock.now()).open().to_show().longest_first()
        return Response(offset_page(request, rows, self._shapes))

    def _shapes(self, found: list[Mentor]) -> list[dict[str, Any]]:
        known = standings(found)
        return [shape_at_the_desk(one, known[one.pk]) for one in found]


class DeskMentorView(APIView):
    scopes: ClassVar = {"GET": "care"}

    @extend_schema(operation_id="desk_mentors_read", responses=DeskMentorWholeSerializer)
    def get(self, request: Request, mentor_id: UUID) -> Response:
        """One of them; what they say of themselves is for who runs the program."""
        query(request)
        return _whole(request.user, mentor_id)


class DeskMentorStepView(APIView):
    scopes: ClassVar = {"POST": "care"}

    @extend_schema(operation_id="desk_mentors_step", request=None, responses=DeskMentorWholeSerializer)
    def post(self, request: Request, mentor_id: UUID, step: str) -> Response:
        """One step of theirs: screen, train, approve, renew, pause, resume or retire."""
        query(request)
        row = mentor_of_staff(request.user, mentor_id)
        if step not in mentoring.BY_STAFF:
            raise Missing
        mentoring.BY_STAFF[step](mentor=row, by=request.user)
        return _whole(request.user, mentor_id)


class ClearanceView(APIView):
    scopes: ClassVar = {"PUT": "care"}

    @extend_schema(operation_id="desk_mentors_clear", request=ClearanceSerializer, responses=DeskMentorWholeSerializer)
    def put(self, request: Request, mentor_id: UUID) -> Response:
        """Write down until when what I looked at is good; no papers are kept."""
        query(request)
        row, wanted = _led(request.user, mentor_id), checked(ClearanceSerializer, request)
        mentoring.clear(mentor=row, until=wanted["until"], by=request.user)
        return _whole(request.user, mentor_id)


class SupervisorView(APIView):
    scopes: ClassVar = {"PUT": "care"}

    @extend_schema(
        operation_id="desk_mentors_supervisor", request=SupervisorSerializer, responses=DeskMentorWholeSerializer
    )
    def put(self, request: Request, mentor_id: UUID) -> Response:
        """Say whom they turn to."""
        query(request)
        row, wanted = _led(request.user, mentor_id), checked(SupervisorSerializer, request)
        named = Person.objects.filter(pk=wanted["supervisor"]).first()
        mentoring.name_supervisor(mentor=row, supervisor=named, by=request.user)
        return _whole(request.user, mentor_id)


class NotesView(APIView):
    scopes: ClassVar = {"*": "care"}

    @extend_schema(operation_id="desk_mentors_notes", responses=NotesSerializer)
    def get(self, request: Request, mentor_id: UUID) -> Response:
        """What supervisors keep in mind, the newest first. Who is not theirs leaves an entry that they looked."""
        query(request)
        notes = mentoring.read_notes(mentor=mentor_of_staff(request.user, mentor_id), by=request.user)
        return Response({"results": [shape_note(one) for one in notes]})

    @extend_schema(operation_id="desk_mentors_note", request=NewNoteSerializer, responses={201: NoteSerializer})
    def post(self, request: Request, mentor_id: UUID) -> Response:
        """Keep something in mind about a mentor."""
        query(request)
        row, wanted = mentor_of_staff(request.user, mentor_id), checked(NewNoteSerializer, request)

        made = once(request, lambda: self._write(request.user, row, wanted["body"]))
        note = SupervisionNote.objects.read_by(request.user.pk, clock.now()).select_related("author")
        return Response(shape_note(note.get(pk=made.data["id"])), status=made.status_code)

    def _write(self, person: Person, mentor: Mentor, body: str) -> Response:
        """Its id alone: no word of it is kept beside a key."""
        return Response({"id": str(mentoring.write_note(mentor=mentor, body=body, by=person).pk)}, status=201)


class WaitingView(APIView):
    scopes: ClassVar = {"GET": "care"}

    @extend_schema(operation_id="desk_requests_list", parameters=PAGED, responses=WaitingPageSerializer)
    def get(self, request: Request) -> Response:
        """Who waits for a mentor in the programs I run, in their order, with what they say."""
        rows = MentorRequest.objects.of_staff(request.user.pk, clock.now()).open().to_show().in_line()
        return Response(offset_page(request, rows, lambda found: [shape_waiting(one) for one in found]))


class FirstView(APIView):
    scopes: ClassVar = {"*": "care"}

    @extend_schema(operation_id="desk_requests_first", request=None, responses=WaitingSerializer)
    def put(self, request: Request, request_id: UUID) -> Response:
        """Let somebody go first; again is the same."""
        return self._mark(request, request_id, urgent=True)

    @extend_schema(operation_id="desk_requests_in_line", request=None, responses=WaitingSerializer)
    def delete(self, request: Request, request_id: UUID) -> Response:
        """In line again, where they were."""
        return self._mark(request, request_id, urgent=False)

    def _mark(self, request: Request, request_id: UUID, *, urgent: bool) -> Response:
        query(request)
        shown = request_of_staff(request.user, request_id)
        return Response(shape_waiting(mentoring.mark(request=shown, urgent=urgent, by=request.user)))

"""Which addresses hear which event, in one table; a wall test asks for a row, or a stated silence, for every event.

A hint says where to look, never what was said.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from community.audit.events import BackupRestored
from community.cases.events import CaseChanged, CaseOpened, CaseResolved
from community.cases.models import Case
from community.cases.rules import lookers
from community.checkins.events import CheckedIn, CheckInShared
from community.consent.events import ConsentGiven, ConsentRevoked
from community.foundation import clock
from community.foundation.events import Event
from community.integrations.events import TokenRevoked
from community.joining.events import PersonJoined
from community.matches import events as matches
from community.matches.models import Match
from community.mentoring import events as mentoring
from community.mentoring.models import Mentor
from community.milestones import events as milestones
from community.notices.events import NoticesSeen, NoticeWritten
from community.paging.events import Paged
from community.people.events import (
    AccountClosed,
    AccountOpened,
    PasswordChanged,
    PersonBlocked,
    PersonRenamed,
    PresenceChosen,
    SessionsEnded,
    ZoneChosen,
)
from community.programs import events as programs
from community.programs.models import Appointment, Program
from community.recovery.events import SheetUsed
from community.safetyplan.events import SafetyPlanChanged, SafetyPlanShared
from community.sanctions.events import PersonRestored, PersonSuspended
from community.schedule.events import DutyAnswered, DutyAsked, RosterChanged
from community.schedule.rules import staff_of
from community.sheets.events import EmergencySheetOpened
from groups.chat.events import MessagesChanged
from groups.membership.events import NamesAlike, Seated, SeatsChanged, Unseated
from groups.membership.models import Group, Membership
from groups.moderation.events import (
    AppealContinued,
    AppealDecided,
    Appealed,
    Decided,
    ProposalAnswered,
    Proposed,
    Reported,
)
from groups.outreach.events import Arrived
from groups.passages.events import AlumniOffered, SeatFarewell

#: What changes a board of mentors, and what is between two people who both know of it.
BETWEEN_TWO: tuple[type[Event], ...] = (
    matches.MatchOffered, matches.MatchAccepted, matches.MatchConfirmed, matches.MatchPaused, matches.MatchResumed,
    matches.MatchEnded, matches.MatchChanged,
)  # fmt: skip
#: What changes a board alone: a card is told of once staff can take it back no more, by NewsForOne.
ON_THE_BOARD: tuple[type[Event], ...] = (
    matches.MatchProposed, matches.MatchApproved, matches.CoverWished, matches.BatchMade, matches.ManyProposed,
    matches.ManyApproved,
    mentoring.MentorRequested, mentoring.RequestChanged, mentoring.RequestClosed,
)  # fmt: skip
#: What is another about one mentor: at the desk, and on a page of the mentor's own.
OF_A_MENTOR: tuple[type[Event], ...] = (
    mentoring.MentorApplied, mentoring.ScreeningBegun, mentoring.TrainingBegun, mentoring.MentorApproved,
    mentoring.MentorPaused, mentoring.MentorResumed, mentoring.RenewalFellDue, mentoring.MentorRenewed,
    mentoring.MentorRetired, mentoring.MentorChanged,
)  # fmt: skip


class OfProgram(Protocol):
    """What happened in a program."""

    @property
    def program_id(self) -> UUID: ...


@dataclass(frozen=True, slots=True)
class Hint:
    """Look at ``address``: a group's log or seats, or a person's own doors."""

    address: str
    what: dict[str, Any]


def group_address(group_id: UUID | str) -> str:
    return f"group.{group_id}"


def person_address(person_id: UUID | str) -> str:
    return f"person.{person_id}"


def _log(event: MessagesChanged) -> list[Hint]:
    return [Hint(group_address(event.group_id), {"version": event.version})]


def _seats(event: SeatsChanged) -> list[Hint]:
    return [Hint(group_address(event.group_id), {"seats": event.seats})]


def _seat(event: Seated | Unseated) -> list[Hint]:
    return [
        Hint(group_address(event.group_id), {"seats": event.seats}),
        Hint(person_address(event.person_id), {"seats": True}),
    ]


def _back(event: PersonRestored) -> list[Hint]:
    return [Hint(person_address(event.person_id), {"seats": True})]


def _doors(event: SessionsEnded) -> list[Hint]:
    return [Hint(person_address(event.person_id), {"doors": True})]


def _token(event: TokenRevoked) -> list[Hint]:
    return [Hint(person_address(event.person_id), {"doors": True})]


def _presence(event: PresenceChosen) -> list[Hint]:
    """Who shows it is renewed where their sockets are; who shows it no longer is gone from every room at once."""
    if event.shown:
        return [Hint(person_address(event.person_id), {"presence": True})]
    seats = Membership.objects.current().of(event.person_id).values_list("group_id", "member_id")
    return [Hint(group_address(group_id), {"around": {str(member_id): 0}}) for group_id, member_id in seats]


def _inbox(event: NoticeWritten | NoticesSeen) -> list[Hint]:
    return [Hint(person_address(event.person_id), {"notices": event.version})]


def _board(event: OfProgram) -> list[Hint]:
    """Who runs the program may be looking at its board of mentors."""
    runs = Appointment.objects.live(clock.now()).running().for_program(event.program_id)
    people = runs.values_list("person_id", flat=True).distinct()
    return [Hint(person_address(person), {"board": True}) for person in people]


def _match(*people: UUID) -> list[Hint]:
    """Each may be looking at a page about whom they walk with, or may."""
    return [Hint(person_address(person), {"match": True}) for person in people]


def _two(event: matches.MatchAccepted) -> list[Hint]:
    return [*_board(event), *_match(event.mentee_id, event.guide_id)]


def _mentor(event: mentoring.OfMentor) -> list[Hint]:
    """Staff who may look at them, the supervisor too, and the mentor. Who walks with them hears nothing of it here."""
    desk = _board(event)
    whose = Mentor.objects.filter(pk=event.mentor_id, supervisor__isnull=False).values_list("supervisor", flat=True)
    turned_to = [Hint(person_address(one), {"board": True}) for one in whose]
    return [*desk, *(one for one in turned_to if one not in desk), *_match(event.person_id)]


def _came_to_nothing(event: matches.MatchFellThrough) -> list[Hint]:
    """The two hear it where the mentor was asked. A mentor who was not never hears of it, in any way."""
    asked = Match.objects.filter(pk=event.match_id, asked__isnull=False).exists()
    return [*_board(event), *(_match(event.mentee_id, event.guide_id) if asked else ())]


def _news(event: matches.NewsForOne) -> list[Hint]:
    return _match(event.person_id)


def _queue(event: CaseOpened | CaseChanged | CaseResolved | Paged) -> list[Hint]:
    """Who may look into it may be looking at the queue, or at it."""
    case = Case.objects.filter(pk=event.case_id).first()
    return [Hint(person_address(person), {"queue": True}) for person in (lookers(case) if case else ())]


def _roster(event: RosterChanged) -> list[Hint]:
    """Who may be on call there may be looking at its roster; and its rooms say who reads."""
    program = Program.objects.filter(pk=event.program_id).first()
    people = staff_of(program, clock.now()).values_list("person_id", flat=True).distinct() if program else ()
    rooms = Group.objects.filter(program=event.program_id).values_list("pk", flat=True)
    return [
        *(Hint(person_address(person), {"board": True}) for person in people),
        *(Hint(group_address(room), {"reading": True}) for room in rooms),
    ]


AUDIENCE: dict[type[Event], Callable[[Any], list[Hint]]] = {
    MessagesChanged: _log,
    SeatsChanged: _seats,
    Seated: _seat,
    Unseated: _seat,
    SessionsEnded: _doors,
    PersonRestored: _back,
    TokenRevoked: _token,
    PresenceChosen: _presence,
    NoticeWritten: _inbox,
    NoticesSeen: _inbox,
    CaseOpened: _queue,
    CaseChanged: _queue,
    CaseResolved: _queue,
    Paged: _queue,
    RosterChanged: _roster,
    **dict.fromkeys(ON_THE_BOARD, _board),
    **dict.fromkeys(BETWEEN_TWO, _two),
    **dict.fromkeys(OF_A_MENTOR, _mentor),
    matches.MatchFellThrough: _came_to_nothing,
    matches.NewsForOne: _news,
}

SILENT: dict[type[Event], str] = {
    AccountClosed: "every device is signed out by SessionsEnded; nobody learns of a death from a screen",
    AccountOpened: "nobody was told that it was closed",
    NamesAlike: "whoever keeps the room is told by a notice, and says NoticeWritten",
    PersonJoined: "nobody is told of a newcomer until they say that they are here",
    Arrived: "a hello says MessagesChanged; of who looks around only who leads is told, by NoticeWritten",
    Proposed: "who may say yes is told by a notice, and says NoticeWritten",
    ProposalAnswered: "who proposed it is told by a notice, and says NoticeWritten",
    PersonSuspended: "each of their rooms says SeatsChanged, and has no place for them any more",
    Decided: "the person is told by a notice, and says NoticeWritten",
    Appealed: "who may look at it again finds it at their desk",
    AppealContinued: "who wrote on the other side is told by a notice, and says NoticeWritten",
    AppealDecided: "the person is told by a notice, and says NoticeWritten",
    Reported: "the case says who is told",
    CheckedIn: "private to the person; no device is told",
    CheckInShared: "who leads the cohort is told by a notice, and says NoticeWritten",
    EmergencySheetOpened: "the case says CaseChanged; its person hears of it afterwards, by a notice",
    SafetyPlanChanged: "private to the person; whoever was shown it reads it as it stands when they look",
    SafetyPlanShared: "who may read it is told by a notice, and says NoticeWritten",
    BackupRestored: "each device is signed out by SessionsEnded, and learns the new history when it comes back",
    SheetUsed: "every device it concerns is signed out by SessionsEnded",
    programs.CohortOpened: "its room says Seated to each who gets a seat there",
    programs.CohortChanged: "its room says SeatsChanged when its name is another one",
    programs.Enrolled: "the cohort's room says Seated",
    programs.PhaseMoved: "between the person and staff; no room learns of it",
    programs.Graduated: "the seat in the cohort's room says SeatsChanged; how an episode ended is told to nobody",
    programs.EnrollmentEnded: "the seat in the cohort's room says SeatsChanged; how an episode ended is told to nobody",
    programs.FarewellChosen: "the room is told by a line of its own, once, if that was chosen",
    programs.WentAway: "the seat waits, and nobody is told",
    programs.CameBack: "the seat waited, and nobody is told",
    programs.AskedBack: "staff find it on their own page; no room learns of it",
    programs.AskingAnswered: "staff tell the person themselves",
    programs.Appointed: "the rooms that are kept say Seated",
    programs.AppointmentEnded: "the rooms that were kept say Unseated",
    milestones.RecoveryDateSet: "a recovery date is its person's alone",
    milestones.RecoveryDateCorrected: "a recovery date is its person's alone",
    milestones.NewCountStarted: "nobody is told, and no room shows a trace",
    milestones.NewCountUndone: "nobody is told, and no room shows a trace",
    milestones.LadderChanged: "each finds it on their own path, when they look",
    milestones.CountForgotten: "nobody is told, and no room shows a trace",
    mentoring.NotMineToCarry: "who supervises is told by a notice, and says NoticeWritten",
    mentoring.MentoringPolicyChanged: "each finds it on their own page, when they look",
    matches.BatchAsked: "the worker hears of it; who asked finds it on their page",
    matches.MatchCheckedIn: "private to the person and staff; the other learns nothing",
    AlumniOffered: "the notice of it says NoticeWritten",
    SeatFarewell: "the line in the room says MessagesChanged",
    ConsentGiven: "what stands on it says so itself, as Seated and SeatsChanged",
    ConsentRevoked: "what stood on it says so itself, as Unseated and SeatsChanged",
    PasswordChanged: "the person is told by a notice, and says NoticeWritten",
    PersonRenamed: "the rooms where the name is used say SeatsChanged",
    ZoneChosen: "where somebody lives is told to nobody",
    DutyAsked: "who is asked is told by a notice, and says NoticeWritten",
    DutyAnswered: "that somebody counts says RosterChanged",
    PersonBlocked: "whom a person blocked comes with their own next hello, and to nobody else",
}

"""Which addresses hear which event, in one table; a wall test asks for a row, or a stated silence, for every event.

A hint says where to look, never what was said.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from community.audit.events import BackupRestored
from community.checkins.events import CheckedIn, CheckInShared
from community.consent.events import ConsentGiven, ConsentRevoked
from community.foundation.events import Event
from community.integrations.events import TokenRevoked
from community.joining.events import PersonJoined
from community.matches import events as matches
from community.mentoring import events as mentoring
from community.milestones import events as milestones
from community.notices.events import NoticesSeen, NoticeWritten
from community.people.events import (
    PasswordChanged,
    PersonBlocked,
    PersonRenamed,
    PresenceChosen,
    SessionsEnded,
    ZoneChosen,
)
from community.programs import events as programs
from community.recovery.events import SheetUsed
from groups.chat.events import MessagesChanged
from groups.membership.events import Seated, SeatsChanged, Unseated
from groups.membership.models import Membership
from groups.outreach.events import Arrived
from groups.passages.events import AlumniOffered, SeatFarewell


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


AUDIENCE: dict[type[Event], Callable[[Any], list[Hint]]] = {
    MessagesChanged: _log,
    SeatsChanged: _seats,
    Seated: _seat,
    Unseated: _seat,
    SessionsEnded: _doors,
    TokenRevoked: _token,
    PresenceChosen: _presence,
    NoticeWritten: _inbox,
    NoticesSeen: _inbox,
}

SILENT: dict[type[Event], str] = {
    PersonJoined: "nobody is told of a newcomer until they say that they are here",
    Arrived: "the room hears the line it leaves by MessagesChanged",
    CheckedIn: "private to the person; no device is told",
    CheckInShared: "who leads the cohort is told by a notice, and says NoticeWritten",
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
    mentoring.MentorApplied: "staff find it at their desk; no room learns of it",
    mentoring.ScreeningBegun: "the mentor is told by a notice, and says NoticeWritten",
    mentoring.TrainingBegun: "the mentor is told by a notice, and says NoticeWritten",
    mentoring.MentorApproved: "the mentor is told by a notice, and says NoticeWritten",
    mentoring.MentorPaused: "between the mentor and staff; no room learns of it",
    mentoring.MentorResumed: "between the mentor and staff; no room learns of it",
    mentoring.RenewalFellDue: "the mentor is told by a notice, and says NoticeWritten",
    mentoring.MentorRenewed: "the mentor is told by a notice, and says NoticeWritten",
    mentoring.MentorRetired: "between the mentor and staff; no room learns of it",
    mentoring.MentorChanged: "between the mentor and staff; no room learns of it",
    mentoring.NotMineToCarry: "who supervises is told by a notice, and says NoticeWritten",
    mentoring.MentorRequested: "staff find it at their desk; no room learns of it",
    mentoring.RequestChanged: "between the person and staff; no room learns of it",
    mentoring.RequestClosed: "between the person and staff; no room learns of it",
    mentoring.MentoringPolicyChanged: "each finds it on their own page, when they look",
    matches.MatchProposed: "staff find it on their board; neither of the two learns of it",
    matches.MatchApproved: "the mentee is told by a notice once it can be taken back no more",
    matches.MatchOffered: "the mentor is told by a notice, and says NoticeWritten",
    matches.MatchAccepted: "both are told by a notice, and their room says Seated",
    matches.MatchConfirmed: "both are told by a notice, and say NoticeWritten",
    matches.MatchPaused: "the other is told by a notice, and says NoticeWritten",
    matches.MatchResumed: "the other is told by a notice, and says NoticeWritten",
    matches.MatchEnded: "both are told by a notice; their room says MessagesChanged",
    matches.MatchFellThrough: "a mentee who was asked for is told by a notice; nobody else learns of it",
    matches.MatchChanged: "the other is told by a notice, and says NoticeWritten",
    matches.BatchAsked: "the worker hears of it; who asked finds it on their page",
    matches.BatchMade: "who asked is told by a notice, and says NoticeWritten",
    matches.MatchCheckedIn: "private to the person and staff; the other learns nothing",
    AlumniOffered: "the notice of it says NoticeWritten",
    SeatFarewell: "the line in the room says MessagesChanged",
    ConsentGiven: "what stands on it says so itself, as Seated and SeatsChanged",
    ConsentRevoked: "what stood on it says so itself, as Unseated and SeatsChanged",
    PasswordChanged: "the person is told by a notice, and says NoticeWritten",
    PersonRenamed: "the rooms where the name is used say SeatsChanged",
    ZoneChosen: "where somebody lives is told to nobody",
    PersonBlocked: "whom a person blocked comes with their own next hello, and to nobody else",
}

"""What matches hear of the rooms below."""

from community.checkins.events import CheckedIn
from community.matches import services as matches
from community.matches import tasks
from community.matches.events import BatchAsked, MatchEnded
from community.matches.models import Match
from community.mentoring.events import (
    MentorPaused,
    MentorRequested,
    MentorResumed,
    MentorRetired,
    RenewalFellDue,
    RequestClosed,
)
from community.people.events import AccountClosed
from community.sanctions.events import PersonRestored, PersonSuspended


def on_request_closed(event: RequestClosed) -> None:
    matches.close_with_request(request_id=event.request_id)


def on_mentor_paused(event: MentorPaused) -> None:
    matches.rest_with_mentor(mentor_id=event.mentor_id, away=True)


def on_mentor_resumed(event: MentorResumed) -> None:
    matches.back_with_mentor(mentor_id=event.mentor_id)


def on_renewal_due(event: RenewalFellDue) -> None:
    matches.rest_with_mentor(mentor_id=event.mentor_id)


def on_mentor_retired(event: MentorRetired) -> None:
    matches.leave_with_mentor(mentor_id=event.mentor_id)


def on_match_ended(event: MatchEnded) -> None:
    matches.end_days(match_id=event.match_id)


def on_checked_in(event: CheckedIn) -> None:
    matches.end_shares_of(check_in_id=event.check_in_id)


def on_closed(event: AccountClosed) -> None:
    matches.fall_silent(person_id=event.person_id)


def on_batch_asked(event: BatchAsked) -> None:
    """The task is a row of the same transaction: it is never lost, and never there for nothing."""
    tasks.work_out.enqueue(str(event.batch_id))


def on_requested(event: MentorRequested) -> None:
    """Who walked with a mentor there before waits for no batch; the task begins once this is true, and holds rows anew.

    Here the request's row is held already, and mentors' come before it.
    """
    walked = Match.objects.primary().accepted().of_mentee(event.person_id).filter(program=event.program_id)
    if walked.exists():
        tasks.suggest_again.enqueue(str(event.request_id))


def on_doors(_event: PersonSuspended | PersonRestored) -> None:
    tasks.suspended()

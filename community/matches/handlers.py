"""What matches hear of the rooms below."""

from community.matches import services as matches
from community.matches import tasks
from community.matches.events import BatchAsked
from community.mentoring.events import MentorPaused, MentorRetired, RequestClosed


def on_request_closed(event: RequestClosed) -> None:
    matches.close_with_request(request_id=event.request_id)


def on_mentor_paused(event: MentorPaused) -> None:
    matches.rest_with_mentor(mentor_id=event.mentor_id)


def on_mentor_retired(event: MentorRetired) -> None:
    matches.leave_with_mentor(mentor_id=event.mentor_id)


def on_batch_asked(event: BatchAsked) -> None:
    """The task is a row of the same transaction: it is never lost, and never there for nothing."""
    tasks.work_out.enqueue(str(event.batch_id))

"""What matches hear of the rooms below."""

from community.matches import services as matches
from community.mentoring.events import MentorPaused, MentorRetired, RequestClosed


def on_request_closed(event: RequestClosed) -> None:
    matches.close_with_request(request_id=event.request_id)


def on_mentor_paused(event: MentorPaused) -> None:
    matches.rest_with_mentor(mentor_id=event.mentor_id)


def on_mentor_retired(event: MentorRetired) -> None:
    matches.leave_with_mentor(mentor_id=event.mentor_id)

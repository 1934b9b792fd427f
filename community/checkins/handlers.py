"""What is shared in an episode ends with it."""

from community.checkins import services as checkins
from community.programs.events import EnrollmentEnded, Graduated


def on_episode_over(event: EnrollmentEnded | Graduated) -> None:
    checkins.end_shares(enrollment_id=event.enrollment_id)

"""What was shown because of an episode or a match ends with it."""

from community.matches.events import MatchEnded
from community.programs.events import EnrollmentEnded, Graduated
from community.safetyplan import services as safetyplan


def on_episode_over(event: EnrollmentEnded | Graduated) -> None:
    safetyplan.end_shares(tie_id=event.enrollment_id)


def on_match_over(event: MatchEnded) -> None:
    safetyplan.end_shares(tie_id=event.match_id)

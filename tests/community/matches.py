"""What the tests of matches share: a match at any state, without the way there."""

from datetime import timedelta
from typing import Any

from community.foundation import clock
from community.matches.models import Match
from community.matches.plans.codes import WALKING, State
from community.mentoring.models import Mentor, MentorRequest


def matched(request: MentorRequest, mentor: Mentor, state: State = State.ACTIVE, **more: Any) -> Match:
    """These two, as they stand in the table; for what only reads."""
    now = clock.now()
    row: Match = Match.objects.create(
        request=request, mentor=mentor, mentee=request.person, guide=mentor.person, program=request.program,
        state=state, made=now, since=now, fit=500,
        **{"accepted": now - timedelta(days=3) if state in WALKING else None, **more},
    )  # fmt: skip
    return row

"""Two people while one of them is out of every room: they rest, and go on where they were; nobody new is met.

A break that nobody took (``paused_by`` None) is one of these. Asked of the rows as they stand, so that again, late, or
twice at once is the same.
"""

from django.db import transaction

from community.audit import services as audit
from community.foundation import clock
from community.foundation.events import publish
from community.matches import events
from community.matches.desk.holding import fall, go_on, happened, held_anyway, move, subject
from community.matches.desk.telling import tell
from community.matches.models import Match
from community.matches.plans.codes import PAUSE_LASTS, Action, Reason, State
from community.people.models import Person
from community.sanctions.rules import is_suspended


@transaction.atomic
def rest(*, match: Match) -> bool:
    """Let two people rest while one of them is suspended, or let go of what was only suggested; False if it is not so.

    The other is told that there is something new on the page, which says that they are taking a break, and not why.
    Publishes MatchPaused or MatchFellThrough.
    """
    row = held_anyway(match)
    out = [one for one in (row.mentee, row.guide) if is_suspended(one, None)]
    if not out or not row.is_open or row.state == State.PAUSED:
        return False
    if row.is_walking:
        row.paused_from, row.paused_by = row.state, None
        move(row, Action.PAUSE, "paused_from", "paused_by", until=clock.now() + PAUSE_LASTS)
        publish(happened(events.MatchPaused, row))
        told = True
    else:
        told = row.state == State.OFFERED
        fall(row, Reason.RULES)
    if told:
        tell(row, *_others(row, out))
    audit.record(action="match.rest", actor=None, subject=subject(row.pk))
    return True


@transaction.atomic
def wake(*, match: Match) -> bool:
    """Let two people go on whom a suspension made rest, once none of them is suspended; False if it is not so.

    Publishes MatchResumed.
    """
    row = held_anyway(match)
    resting = row.state == State.PAUSED and row.paused_by_id is None
    if not resting or is_suspended(row.mentee, None) or is_suspended(row.guide, None):
        return False
    go_on(row)
    tell(row, row.mentee, row.guide)
    audit.record(action="match.wake", actor=None, subject=subject(row.pk))
    return True


def _others(row: Match, out: list[Person]) -> list[Person]:
    return [one for one in (row.mentee, row.guide) if one not in out]

"""What happens to matches when a request waits no more, or a mentor takes a break or leaves.

Heard in the transaction that closes the request or moves the mentor, whose row is held; so the mentor's is not taken
after a request's. Freeing a place needs no count.
"""

from uuid import UUID

from django.db import transaction

from community.audit import services as audit
from community.matches.desk.holding import end_standing_in, fall, subject
from community.matches.desk.telling import tell_each
from community.matches.models import Match
from community.matches.plans.codes import PLACED, Kind, Reason, State
from community.mentoring import services as mentoring
from community.mentoring.models import Closing, MentorRequest
from community.people.models import Person

BEFORE = (State.PROPOSED, State.SHORTLISTED, State.OFFERED)  # nobody said yes to anybody


@transaction.atomic
def close_with_request(*, request_id: UUID) -> int:
    """What was suggested for a request that waits no more is gone; returns how many that were."""
    request = MentorRequest.objects.locked_one(request_id)
    why = Reason.MATCHED if request.closing == Closing.MATCHED else Reason.NOT_WAITING
    return _drop(Match.objects.filter(request=request, kind=Kind.PRIMARY).at(*BEFORE).ids(), why)


@transaction.atomic
def rest_with_mentor(*, mentor_id: UUID) -> int:
    """A mentor takes a break: nobody new. Whoever asked them hears that they can ask another."""
    return _drop(_held(mentor_id, *BEFORE), Reason.RULES)


@transaction.atomic
def leave_with_mentor(*, mentor_id: UUID) -> int:
    """A mentor leaves: everybody who walked with them waits again, in the place of then. Returns how many."""
    return _drop(_held(mentor_id, *BEFORE, *PLACED), Reason.MENTOR_LEFT)


def _held(mentor_id: UUID, *states: State) -> list[UUID]:
    """The requests first, in the order of their ids, then the rows' ids in theirs."""
    rows = list(Match.objects.filter(mentor=mentor_id).at(*states))
    for request_id in sorted({one.request_id for one in rows}):
        MentorRequest.objects.locked_one(request_id)
    return Match.objects.filter(mentor=mentor_id).at(*states).ids()


def _drop(ids: list[UUID], why: Reason) -> int:
    rows = [one for one in (Match.objects.locked_one(match_id) for match_id in ids) if one.is_open]
    told: list[tuple[Match, Person]] = []
    again = []
    for row in rows:
        asked = row.state == State.OFFERED
        walked = fall(row, why)
        told += [(one, one.guide) for one in end_standing_in(row)]
        if walked and row.kind == Kind.PRIMARY:
            again.append(mentoring.parted(request=row.request))
        if walked or (asked and why != Reason.NOT_WAITING):
            told.append((row, row.mentee))
    tell_each(told)
    for request in again:
        mentoring.back_in_line(request=request)
    for row in rows:
        audit.record(action="match.fall", actor=None, subject=subject(row.pk), reason=why)
    return len(rows)

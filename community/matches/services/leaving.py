"""What happens to matches when a request waits no more, a mentor takes a break or leaves, or a rule is broken by now.

The first are heard in the transaction that closes the request or moves the mentor, whose row is held; so the mentor's
is not taken after a request's. Freeing a place needs no count.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from community.audit import services as audit
from community.matches.desk.again import to_let_go
from community.matches.desk.holding import end_standing_in, fall, held_all, held_anyway, subject
from community.matches.desk.telling import tell_each
from community.matches.models import Match
from community.matches.plans.codes import PLACED, Kind, Reason, State
from community.mentoring import services as mentoring
from community.mentoring.models import Closing, Mentor, MentorRequest
from community.people.models import Person

BEFORE = (State.PROPOSED, State.SHORTLISTED, State.OFFERED)  # nobody said yes to anybody


@transaction.atomic
def close_with_request(*, request_id: UUID) -> int:
    """What was suggested for a request that waits no more is gone; returns how many that were."""
    request = MentorRequest.objects.locked_one(request_id)
    why = Reason.MATCHED if request.closing == Closing.MATCHED else Reason.NOT_WAITING
    return _drop(Match.objects.filter(request=request, kind=Kind.PRIMARY).at(*BEFORE).ids(), why)


@transaction.atomic
def rest_with_mentor(*, mentor_id: UUID, away: bool = False) -> int:
    """A mentor takes a break, or is to be approved again: nobody new, and whoever walks with them stays.

    Whoever asked them hears that they can ask another. ``away``: it is a break, and whoever walks with them is told
    once that there is something new on their page, which says it; also where the mentor stands in for another.
    """
    ids = _held(mentor_id, *BEFORE)
    beside = Match.objects.going().alive().filter(mentor=mentor_id).select_related("mentee")
    return _drop(ids, Reason.RULES, also=[(one, one.mentee) for one in beside] if away else [])


@transaction.atomic
def leave_with_mentor(*, mentor_id: UUID) -> int:
    """A mentor leaves: everybody who walked with them waits again, in the place of then. Returns how many."""
    return _drop(_held(mentor_id, *BEFORE, *PLACED), Reason.MENTOR_LEFT)


@transaction.atomic
def fall_silent(*, person_id: UUID) -> int:
    """A mentor has died: who was suggested to them, or asked them, has no card of theirs any more, and is told nothing.

    Of two who walked together no machine asks anything from now on; it ends once somebody has told the other
    (:func:`end_with_death`). Returns how many cards went. Publishes MatchFellThrough for each.
    """
    ids = Mentor.objects.of(person_id).values_list("pk", flat=True)
    theirs = Mentor.objects.locked_whole_many(list(ids))
    return sum(
        _fallen(Match.objects.locked_one(match_id)) for mentor_id in theirs for match_id in _held(mentor_id, *BEFORE)
    )


def _fallen(row: Match) -> bool:
    if row.state not in BEFORE:
        return False
    fall(row, Reason.DIED)
    audit.record(action="match.fall", actor=None, subject=subject(row.pk), reason=Reason.DIED)
    return True


@transaction.atomic
def end_with_death(*, person_id: UUID, other_id: UUID) -> int:
    """One of two who walked together has died, and a person has told the other: it ends, and no machine says so.

    Who hoped keeps the place they had, for when they ask again. Returns how many ended. Publishes MatchEnded for each.
    """
    rows = held_all(Match.objects.walking().between(person_id, other_id))
    ended = [row for row in rows if row.is_walking]
    for row in ended:
        fall(row, Reason.DIED)
        end_standing_in(row)
        if row.kind == Kind.PRIMARY:
            mentoring.parted(request=row.request)
    for row in ended:
        audit.record(action="match.fall", actor=None, subject=subject(row.pk), reason=Reason.DIED)
    return len(ended)


@transaction.atomic
def let_go(*, match: Match) -> bool:
    """What was suggested breaks a rule by now, or its mentee walks with somebody: it goes; False if it may stay.

    Whoever had the card is told nothing. Of an offer the mentee hears, in the words that any other reason has.
    Publishes MatchFellThrough.
    """
    row = held_anyway(match)
    why = to_let_go([row]).get(row.pk) if row.state in BEFORE else None
    return why is not None and bool(_drop([row.pk], why))


def _held(mentor_id: UUID, *states: State) -> list[UUID]:
    """The requests first, in the order of their ids, then the rows' ids in theirs."""
    rows = list(Match.objects.filter(mentor=mentor_id).at(*states))
    for request_id in sorted({one.request_id for one in rows}):
        MentorRequest.objects.locked_one(request_id)
    return Match.objects.filter(mentor=mentor_id).at(*states).ids()


def _drop(ids: list[UUID], why: Reason, *, also: Iterable[tuple[Match, Person]] = ()) -> int:
    rows = [one for one in (Match.objects.locked_one(match_id) for match_id in ids) if one.is_open]
    told = list(also)
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

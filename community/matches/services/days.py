"""A mentee lets their mentor read one of their days, or no more. It is theirs to give, a day at a time."""

from uuid import UUID

from django.db import transaction

from community.audit import services as audit
from community.checkins.models import CheckIn
from community.checkins.rules import as_it_was_seen
from community.foundation import clock
from community.foundation.errors import Missing
from community.matches.desk.holding import subject
from community.matches.models import Match, SharedDay
from community.matches.rules import may_share_days
from community.notices import services as notices
from community.people.models import Person

DAY_SHARED = "match_day_shared"


@transaction.atomic
def share_day(*, match: Match, check_in: CheckIn, by: Person, seen: str | None = None) -> SharedDay:
    """Let the mentor of ``match`` read this one day, as it is now; again is the same.

    ``seen``: what stood there as they chose to share it; what another device wrote since is not shared unseen.
    Raises Missing, Conflict "stale", and NotAllowed unless ``by`` is the mentee and the two walk together.
    """
    row = Match.objects.locked_one(match.pk)
    may_share_days.require(by, row)
    day = _mine(by, check_in)
    if seen is not None:
        as_it_was_seen(day, seen)
    shared, fresh = SharedDay.objects.get_or_create(match=row, check_in=day, defaults={"at": clock.now()})
    if fresh:
        notices.tell(person=row.guide, notice=DAY_SHARED, about=row.pk)
        audit.record(action="match.share_day", actor=by.pk, subject=subject(row.pk))
    return shared


@transaction.atomic
def take_day_back(*, match: Match, check_in: CheckIn, by: Person) -> None:
    """Share a day no more with that mentor; again is the same. Raises Missing."""
    gone, _kinds = SharedDay.objects.filter(match=match, check_in=_mine(by, check_in)).delete()
    if gone:
        audit.record(action="match.take_day_back", actor=by.pk, subject=subject(match.pk))


@transaction.atomic
def end_days(*, match_id: UUID) -> int:
    """The two walk together no more: nothing of what was shared is read any more. Returns how many days that were."""
    return SharedDay.objects.filter(match=match_id).delete()[0]


@transaction.atomic
def end_shares_of(*, check_in_id: UUID) -> int:
    """A day was said anew: that is its person's alone. Returns with how many it was shared."""
    return SharedDay.objects.filter(check_in=check_in_id).delete()[0]


def _mine(person: Person, check_in: CheckIn) -> CheckIn:
    """Its row, held: what is shared is what stands in it."""
    row = CheckIn.objects.select_for_update(no_key=True).of(person.pk).filter(pk=check_in.pk).first()
    if row is None:
        raise Missing
    return row

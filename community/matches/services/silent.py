"""Nothing is heard of a mentor: they get a kind word, and the mentee is offered somebody who stands in."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock
from community.foundation.errors import Conflict
from community.foundation.events import publish
from community.matches import events
from community.matches.desk.holding import happened, held_anyway, subject
from community.matches.desk.silence import heard_of, is_away
from community.matches.desk.telling import tell, tell_each
from community.matches.models import Match, Silence
from community.matches.plans.codes import GOING, SILENT_AFTER, Kind
from community.matches.rules import is_mentee
from community.mentoring.models import Mentor
from community.people.models import Person


@transaction.atomic
def note_silence(*, match: Match) -> bool:
    """Tell both, once a silence, when nothing was heard of the mentor for a week; False when that is done, or not so.

    A silence after a visit without a word is another one. Whoever asked for cover already is not offered it again.
    """
    row = Match.objects.locked_one(match.pk)
    if row.state not in GOING or row.kind != Kind.PRIMARY or is_away(row):
        return False
    now, heard = clock.now(), heard_of([row]).last(row)
    there = Silence.objects.open().filter(match=row).first()
    if now - heard < SILENT_AFTER or (there is not None and heard <= there.heard):
        return False
    silence = there or Silence(match=row)
    silence.heard, silence.noticed = heard, now
    silence.save()
    tell(row, *([row.guide, row.mentee] if silence.cover_wished is None else [row.guide]))
    audit.record(action="match.silence", actor=None, subject=subject(row.pk))
    return True


@transaction.atomic
def wish_cover(*, match: Match, by: Person) -> Match:
    """Ask staff for somebody who stands in while nothing is heard of one's mentor, or they take a break; they are not

    told. Again is the same. Raises NotAllowed, and Conflict when there is neither any more. Publishes CoverWished.
    """
    is_mentee.require(by, match)
    row = held_anyway(match)
    silence = Silence.objects.standing().filter(match=row).first() or _break_of(row)
    if silence is None:
        raise Conflict(_("They are back, or you two have parted. Look at the page again."), code="state")
    if silence.cover_wished is None:
        silence.cover_wished = clock.now()
        silence.save()
        publish(happened(events.CoverWished, row))
        audit.record(action="match.wish_cover", actor=by.pk, subject=subject(row.pk))
    return row


@transaction.atomic
def back_with_mentor(*, mentor_id: UUID) -> int:
    """A mentor is back from a break of their own, and was heard of: what their mentees wished for meanwhile is over.

    Each is told that there is something new on their page, also where the mentor stands in for another; and the mentor
    is asked what they were not asked meanwhile. Returns how many that were.
    """
    mentor = Mentor.objects.locked_one(mentor_id)
    beside = Match.objects.going().alive().filter(mentor=mentor)
    rows = list(Match.objects.locked(beside.ids()))
    Match.objects.primary().filter(pk__in=[one.pk for one in rows]).update(asks=clock.now())
    Silence.objects.open().filter(match__in=rows).update(ended=clock.now())
    tell_each((row, row.mentee) for row in rows)
    return len(rows)


def _break_of(row: Match) -> Silence | None:
    """What a wish is kept in while the mentor takes a break, which began with the last sign of theirs."""
    if not is_away(row):
        return None
    there = Silence.objects.open().filter(match=row).first()
    silence = there or Silence(match=row, heard=row.mentor.since)
    silence.noticed = clock.now()
    return silence

"""Who reads a day that a mentee shared: the mentor who walks with them, and nobody else."""

from community.checkins.models import CheckIn
from community.checkins.querysets import CheckInQuerySet
from community.checkins.rules import PURPOSE
from community.consent.rules import may
from community.foundation.registers import Answer
from community.foundation.rules import rule
from community.matches.models import Match, SharedDay
from community.matches.rules.asked import is_mentee
from community.people.models import Person


@rule
def walks_on(_person: Person, match: Match) -> bool:
    return match.is_walking


may_share_days = is_mentee & walks_on


def days_shared(viewer: Person, match: Match) -> CheckInQuerySet:
    """What of the mentee's days ``viewer``, one of the two, finds shared between them; mostly nothing."""
    rows = SharedDay.objects.filter(match=match)
    if viewer.pk != match.mentee_id:
        rows = rows.read_by(viewer.pk) if may(viewer, match.mentee, PURPOSE) else rows.none()
    found: CheckInQuerySet = CheckIn.objects.filter(pk__in=rows.values("check_in"))
    return found.newest_first()


def shared_by_choice(viewer: Person, subject: Person, purpose: str) -> Answer:
    """A ground: a mentor reads the days their mentee chose to share, and nothing else of the kind."""
    if purpose != PURPOSE:
        return Answer.SILENT
    return Answer.OPEN if SharedDay.objects.read_by(viewer.pk).of(subject.pk).exists() else Answer.SILENT

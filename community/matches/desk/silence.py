"""How long nothing was heard of a mentor: asked of the rows of many at once, by the board and by the worker alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Max

from community.foundation import clock
from community.matches.models import Match, MatchCheckIn, Silence
from community.matches.plans.codes import GOING, Kind
from community.mentoring.plans.codes import State as MentorState
from community.people.models import Session


@dataclass(frozen=True, slots=True)
class Heard:
    """What a match itself does not know of its mentor's signs of life."""

    answered: dict[UUID, datetime]  # when the mentor of a match last said how it goes
    seen: dict[UUID | None, datetime]  # when somebody last was here

    def last(self, match: Match) -> datetime:
        """The last sign: a message in their room, an answer, a visit, their yes, or the end of a break.

        A break of the two, or of the mentor alone.
        """
        signs = [match.accepted, match.guide_wrote, self.seen.get(match.guide_id), self.answered.get(match.pk)]
        if match.rested:
            signs.append(match.since)
        if match.mentor.state == MentorState.ACTIVE:
            signs.append(match.mentor.since)
        return max(one for one in signs if one is not None)


def is_away(match: Match) -> bool:
    """Whether the mentor takes a break of their own, while the two go on."""
    return match.state in GOING and match.kind == Kind.PRIMARY and match.mentor.state == MentorState.PAUSED


def stand_in_is_away(match: Match) -> bool:
    """Whether who stands in takes a break of their own: somebody else may have to."""
    return match.state in GOING and match.kind == Kind.COVER and match.mentor.state == MentorState.PAUSED


def heard_of(matches: Iterable[Match]) -> Heard:
    """For many who walk together, in two questions."""
    rows = list(matches)
    here = Session.objects.filter(person__in={one.guide_id for one in rows}).values("person")
    asked = MatchCheckIn.objects.filter(match__in=rows, person=F("match__guide"), answered__isnull=False)
    return Heard(
        answered=dict(asked.values("match").annotate(last=Max("answered")).values_list("match", "last")),
        seen=dict(here.annotate(last=Max("last_seen")).values_list("person", "last")),
    )


def end_silence(match: Match, at: datetime) -> None:
    """The mentor wrote, or said how it goes; their match's row is held."""
    Silence.objects.open().filter(match=match, heard__lt=at).update(ended=clock.now())

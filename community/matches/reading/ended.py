"""Two who walked together and parted lately: the board has them no more, and why it ended is for who coordinates."""

from collections.abc import Iterable
from datetime import timedelta

from community.foundation import clock
from community.matches.models import Match
from community.matches.querysets import MatchQuerySet
from community.matches.reading.rows import Row
from community.mentoring.rules import sponsors_in
from community.people.models import Person
from community.programs.models import Program

LATELY = timedelta(days=30)


def ended_lately(reader: Person, program: Program) -> MatchQuerySet:
    """Other people's, of the last thirty days, the last on top."""
    now = clock.now()
    theirs: MatchQuerySet = Match.objects.of_staff(reader.pk, now).filter(program=program)
    return theirs.ended_since(now - LATELY).to_show().newest_first()


def ended_rows(matches: Iterable[Match], reader: Person, program: Program) -> list[Row]:
    """Rows of that list, in the order they come; what waits for staff stands on the board."""
    sponsors = sponsors_in([program])
    return [Row(one, [], reader.pk, sponsors=sponsors) for one in matches]

"""Where days are counted, whose counts are whose, and who says which days count in a program."""

from collections.abc import Iterable
from uuid import UUID

from community.foundation.errors import Missing
from community.foundation.rules import rule
from community.milestones.models import Focus, Tally
from community.people.models import Person
from community.programs.models import Enrollment, Program
from community.programs.rules import may_change_program

may_change_ladder = may_change_program


@rule
def counts_days(person: Person, _everything: None) -> bool:
    """Whether days in recovery are counted for ``person`` at all.

    The programs they are in decide, each of them; for who is in none any more, those that ended on the last day of any.
    Where one counts no days there is no count behind any door, and what was entered before stands untouched and unseen.
    """
    return all(program.profile.counts_days for program in programs_deciding(person))


def programs_deciding(person: Person) -> list[Program]:
    """The programs somebody is in, the one they joined last first; for who is in none any more, those of last."""
    return deciding_among(Enrollment.objects.of(person.pk).select_related("program").order_by("-began", "pk"))


def deciding_among(episodes: Iterable[Enrollment]) -> list[Program]:
    """As :func:`programs_deciding`, of all the episodes of one person, those that began last first."""
    found = list(episodes)
    last = max((one.ended for one in found if one.ended is not None), default=None)
    deciding = [one for one in found if one.is_open] or [one for one in found if one.ended == last]
    return [one.program for one in deciding]


def tally_of(person: Person, tally_id: UUID) -> Tally:
    """One's own. Raises Missing."""
    found = Tally.objects.of(person.pk).filter(pk=tally_id).first()
    if found is None:
        raise Missing
    return found


def focus_of(person: Person, focus_id: UUID) -> Focus:
    """One's own count, where days are counted. Raises Missing."""
    found = Focus.objects.of(person.pk).to_show().filter(pk=focus_id).first()
    if found is None or not counts_days(person, None):
        raise Missing
    return found

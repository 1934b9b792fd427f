"""Where days are counted, and whose counts are whose."""

from uuid import UUID

from community.foundation.errors import Missing
from community.foundation.rules import rule
from community.milestones.models import Focus
from community.people.models import Person
from community.programs.models import Enrollment


@rule
def counts_days(person: Person, _everything: None) -> bool:
    """Whether days in recovery are counted for ``person`` at all.

    The programs they are in decide, each of them; for who is in none any more, the one they were in last. Where one
    counts no days there is no count behind any door, and what was entered before stands untouched and unseen.
    """
    episodes = Enrollment.objects.of(person.pk).select_related("program")
    going_on = list(episodes.open())
    deciding = going_on or list(episodes.ended().order_by("-ended", "-began")[:1])
    return all(one.program.profile.counts_days for one in deciding)


def focus_of(person: Person, focus_id: UUID) -> Focus:
    """One's own count, where days are counted. Raises Missing."""
    found = Focus.objects.of(person.pk).to_show().filter(pk=focus_id).first()
    if found is None or not counts_days(person, None):
        raise Missing
    return found

"""What a person is shown of what else they count: how often, in any program, and no day of it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.milestones.chips import times_chip
from community.milestones.models import TALLY_MOST, Tally, TallyKind
from community.milestones.reading.paths import Mark
from community.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyShown:
    """How often somebody did something: chips reached, the next one; ``more`` and ``less`` are a press away."""

    tally: Tally
    title: str
    line: str
    marks: tuple[Mark, ...]
    more: int | None
    less: int | None


def tallies_of(person: Person) -> list[TallyShown]:
    """What else ``person`` counts, in any program: times, and no day of any."""
    return [_tally(one) for one in Tally.objects.of(person.pk).to_show()]


def _tally(tally: Tally) -> TallyShown:
    called = {
        TallyKind.SKILL: _("Skills I used"),
        TallyKind.SHOWN_UP: _("Times I showed up"),
        TallyKind.GOAL: _("A goal of my own"),
    }
    marks = [_mark(times, tally.count) for times in tally.reached]
    if tally.next:
        marks.append(_mark(tally.next, tally.count))
    return TallyShown(
        tally=tally,
        title=tally.name or called[TallyKind(tally.kind)],
        line=times_chip(tally.count).label if tally.count else _("Not yet"),
        marks=tuple(marks),
        more=tally.count + 1 if tally.count < TALLY_MOST else None,
        less=tally.count - 1 if tally.count else None,
    )


def _mark(times: int, count: int) -> Mark:
    left = times - count
    words = ngettext("%(count)s more", "%(count)s more", left) % {"count": left} if left > 0 else ""
    return Mark(chip=times_chip(times), when=words, ahead=left > 0, is_next=left > 0)

"""What a person is shown of what else they count: how often, in any program, and no day of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.milestones.chips import chip_of, times_words
from community.milestones.ladders import Ladder, Step, so_often
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


def tallies_of(person: Person, ladders: Mapping[str, Ladder]) -> list[TallyShown]:
    """What else ``person`` counts, in any program: times, and no day of any. ``ladders``: theirs, by kind."""
    return [_tally(one, ladders[one.kind]) for one in Tally.objects.of(person.pk).to_show()]


def _tally(tally: Tally, ladder: Ladder) -> TallyShown:
    called = {
        TallyKind.SKILL: _("Skills I used"),
        TallyKind.SHOWN_UP: _("Times I showed up"),
        TallyKind.GOAL: _("A goal of my own"),
    }
    reached, ahead = so_often(ladder, tally.count)
    marks = [_mark(step, ladder, tally.count) for step in (*reached, *ahead[:1])]
    return TallyShown(
        tally=tally,
        title=tally.name or called[TallyKind(tally.kind)],
        line=times_words(tally.count) if tally.count else _("Not yet"),
        marks=tuple(marks),
        more=tally.count + 1 if tally.count < TALLY_MOST else None,
        less=tally.count - 1 if tally.count else None,
    )


def _mark(step: Step, ladder: Ladder, count: int) -> Mark:
    left = step.number - count
    words = ngettext("%(count)s more", "%(count)s more", left) % {"count": left} if left > 0 else ""
    return Mark(chip=chip_of(step, ladder.look(step)), when=words, ahead=left > 0, is_next=left > 0)

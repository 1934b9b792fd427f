"""What who runs a program is shown of its ladders."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from community.milestones.chips import Chip, chip_of, finished_chip
from community.milestones.desk import ladders_of
from community.milestones.ladders import Ladder, LadderKind, kinds
from community.milestones.models import KINDS
from community.programs.models import Program


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderShown:
    """One ladder of a program, for who runs it. ``yearly``: each year after counts as well."""

    kind: str
    title: str
    says: str
    chips: tuple[Chip, ...]
    yearly: bool


def ladders_shown(program: Program) -> list[LadderShown]:
    """The ladders a program has; where it counts no days, its weeks alone."""
    says = {
        LadderKind.DAYS: _("For the days people count themselves. They may share them."),
        LadderKind.WEEKS: _("For the weeks since somebody began. They pass quietly."),
        LadderKind.SINCE: _("For the time since somebody finished. It passes quietly."),
        LadderKind.SKILL: _("For how often somebody used a skill, by their own word. Nobody else sees it."),
        LadderKind.SHOWN_UP: _("For how often somebody showed up, by their own word. Nobody else sees it."),
        LadderKind.GOAL: _("For how often somebody did what they named themselves. Nobody else sees it."),
    }
    found = ladders_of([program])
    return [
        LadderShown(
            kind=kind.value,
            title=str(KINDS[kind]),
            says=says[kind],
            chips=_chips(found[program.pk, kind], kind),
            yearly=found[program.pk, kind].yearly is not None,
        )
        for kind in kinds(counts_days=program.profile.counts_days)
    ]


def _chips(ladder: Ladder, kind: LadderKind) -> tuple[Chip, ...]:
    """Those of the steps; weeks end with finishing the program, which every program has."""
    steps = tuple(chip_of(step, ladder.look(step)) for step in ladder.steps)
    return (*steps, finished_chip(ladder.finish)) if kind is LadderKind.WEEKS else steps

"""Which ladder is whose: a program's own where somebody changed it, else the preset."""

from collections.abc import Iterable
from uuid import UUID

from community.milestones.ladders import OF_DAYS, PRESET_OF, PRESETS, Ladder, LadderKind, Scheme
from community.milestones.models import ProgramLadder
from community.milestones.rules import programs_deciding
from community.people.models import Person
from community.programs.models import Program

Ladders = dict[tuple[UUID, LadderKind], Ladder]


def ladders_of(programs: Iterable[Program]) -> Ladders:
    """The ladders of these programs; where one counts no days, those of days are empty, whatever stands written."""
    asked = list(programs)
    rows = ProgramLadder.objects.of(one.pk for one in asked).with_rungs() if asked else ()
    changed = {(row.program_id, LadderKind(row.kind)): row for row in rows}
    return {
        (program.pk, kind): _ladder(program, kind, changed.get((program.pk, kind)))
        for program in asked
        for kind in LadderKind
    }


def _ladder(program: Program, kind: LadderKind, row: ProgramLadder | None) -> Ladder:
    if kind in OF_DAYS and not program.profile.counts_days:
        return PRESETS[Scheme.NONE]
    return row.as_ladder() if row else PRESETS[PRESET_OF[kind]]


def ladder_of(program: Program, kind: LadderKind) -> Ladder:
    return ladders_of([program])[program.pk, kind]


def ladder_of_days(person: Person) -> Ladder | None:
    """By which somebody's own counts go: their program's, the one they joined last; None where no days are counted.

    Who was in no program goes by the preset.
    """
    deciding = programs_deciding(person)
    if not all(program.profile.counts_days for program in deciding):
        return None
    return ladder_of(deciding[0], LadderKind.DAYS) if deciding else PRESETS[Scheme.ABSTINENCE]

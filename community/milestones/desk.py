"""Which ladder is whose: a program's own where somebody changed it, else the preset; and how far somebody came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from community.milestones import dates
from community.milestones.ladders import BEGINNINGS, NO_DAYS, PRESETS, Ladder, LadderKind, Scheme, kinds
from community.milestones.models import ProgramLadder
from community.milestones.rules import deciding_among, programs_deciding
from community.people.models import Person
from community.programs.models import Enrollment, Outcome, Program

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
    if kind not in kinds(counts_days=program.profile.counts_days):
        return NO_DAYS
    return row.as_ladder() if row else PRESETS[BEGINNINGS[kind][0]]


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


def ladder_to_draw(person: Person) -> Ladder:
    """As :func:`ladder_of_days`, and one without a step where no days are counted."""
    return ladder_of_days(person) or NO_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeProgress:
    """How far one episode came, in weeks: up to today while it goes on, else up to its last day.

    ``finished``: the day somebody finished the program. Every other end looks the same, and takes no week away.
    """

    program: Program
    way: dates.Path
    goes_on: bool
    finished: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The weeks of each episode, the latest first; and, where days are counted, the time ``since`` one was finished."""

    weeks: tuple[EpisodeProgress, ...]
    since: EpisodeProgress | None


def progress_of(person: Person, today: date) -> Progress:
    """How far somebody came in their programs, by the ladders of each; the time since finishing where days count."""
    episodes = list(Enrollment.objects.of(person.pk).select_related("program").order_by("-began", "pk"))
    ladders = ladders_of({one.program for one in episodes})
    weeks = tuple(_weeks(one, ladders[one.program_id, LadderKind.WEEKS], today) for one in episodes)
    last = next((one for one in weeks if one.finished), None)
    if last is None or last.finished is None:
        return Progress(weeks=weeks, since=None)
    if not all(program.profile.counts_days for program in (last.program, *deciding_among(episodes))):
        return Progress(weeks=weeks, since=None)
    way = dates.path(last.finished, ladders[last.program.pk, LadderKind.SINCE], today)
    return Progress(
        weeks=weeks, since=EpisodeProgress(program=last.program, way=way, goes_on=True, finished=last.finished)
    )


def _weeks(episode: Enrollment, ladder: Ladder, today: date) -> EpisodeProgress:
    way = dates.path(episode.began, ladder, today if episode.ended is None else min(today, episode.ended))
    finished = episode.ended if episode.outcome == Outcome.GRADUATED else None
    return EpisodeProgress(program=episode.program, way=way, goes_on=episode.is_open, finished=finished)

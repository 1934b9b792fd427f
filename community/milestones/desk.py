"""Which ladder is whose: a program's own where somebody changed it, else the preset; and how far somebody came."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from community.milestones import dates
from community.milestones.ladders import (
    BY_TIMES,
    NO_DAYS,
    PRESETS,
    Ladder,
    LadderKind,
    Scheme,
    kinds,
    preset,
)
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
    return row.as_ladder() if row else preset(kind)


def ladder_of(program: Program, kind: LadderKind) -> Ladder:
    return ladders_of([program])[program.pk, kind]


def ladder_of_days(person: Person, deciding: Sequence[Program] | None = None) -> Ladder | None:
    """By which somebody's own counts go: their program's, the one they joined last; None where no days are counted.

    Who was in no program goes by the preset. ``deciding``: the programs that decide, where they are at hand.
    """
    if deciding is None:
        deciding = programs_deciding(person)
    if not all(program.profile.counts_days for program in deciding):
        return None
    return ladder_of(deciding[0], LadderKind.DAYS) if deciding else PRESETS[Scheme.ABSTINENCE]


def ladders_of_times(person: Person) -> dict[str, Ladder]:
    """By which go the times somebody counts, by their kind: of the program they joined last; else the preset."""
    program = next(iter(programs_deciding(person)), None)
    return _of_times(program, ladders_of([program]) if program else {})


def _of_times(program: Program | None, ladders: Ladders) -> dict[str, Ladder]:
    return {kind.value: ladders[program.pk, kind] if program else preset(kind) for kind in BY_TIMES}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The episodes of one person, the latest first, and the ladders of their programs: all that a path is drawn by."""

    episodes: tuple[Enrollment, ...]
    ladders: Ladders

    @property
    def deciding(self) -> list[Program]:
        """The programs by which days are counted for them."""
        return deciding_among(self.episodes)

    @property
    def days(self) -> Ladder | None:
        """As :func:`ladder_of_days`."""
        if not all(program.profile.counts_days for program in self.deciding):
            return None
        first = next(iter(self.deciding), None)
        return self.ladders[first.pk, LadderKind.DAYS] if first else PRESETS[Scheme.ABSTINENCE]

    @property
    def times(self) -> dict[str, Ladder]:
        """As :func:`ladders_of_times`."""
        return _of_times(next(iter(self.deciding), None), self.ladders)


def ways_of(person: Person) -> Ways:
    """Read once for all that is shown of somebody, in two questions."""
    rows = Enrollment.objects.of(person.pk).select_related("program").order_by("-began", "pk")
    episodes = tuple(rows)
    return Ways(episodes=episodes, ladders=ladders_of({one.program for one in episodes}))


def progress_of(person: Person, today: date) -> Progress:
    """How far somebody came in their programs, by the ladders of each; the time since finishing where days count."""
    return progress_along(ways_of(person), today)


def progress_along(ways: Ways, today: date) -> Progress:
    """As :func:`progress_of`, of what was read already."""
    weeks = tuple(_weeks(one, ways.ladders[one.program_id, LadderKind.WEEKS], today) for one in ways.episodes)
    last = next((one for one in weeks if one.finished), None)
    if last is None or last.finished is None:
        return Progress(weeks=weeks, since=None)
    if not all(program.profile.counts_days for program in (last.program, *ways.deciding)):
        return Progress(weeks=weeks, since=None)
    way = dates.path(last.finished, ways.ladders[last.program.pk, LadderKind.SINCE], today)
    return Progress(
        weeks=weeks, since=EpisodeProgress(program=last.program, way=way, goes_on=True, finished=last.finished)
    )


def _weeks(episode: Enrollment, ladder: Ladder, today: date) -> EpisodeProgress:
    way = dates.path(episode.began, ladder, today if episode.ended is None else min(today, episode.ended))
    finished = episode.ended if episode.outcome == Outcome.GRADUATED else None
    return EpisodeProgress(program=episode.program, way=way, goes_on=episode.is_open, finished=finished)

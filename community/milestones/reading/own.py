"""All that one page shows somebody of what is their own: paths, how often, and whether days are counted at all."""

from dataclasses import dataclass

from community.milestones.desk import ways_of
from community.milestones.reading.paths import PathShown, paths_of
from community.milestones.reading.tallies import TallyShown, tallies_of
from community.people.models import Person
from community.programs.models import Program


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """``counts``: whether days are counted for them. ``deciding``: the programs that say so."""

    paths: list[PathShown]
    tallies: list[TallyShown]
    counts: bool
    deciding: list[Program]


def own_of(person: Person) -> Own:
    """What ``person`` alone is shown, in five questions; one less where no days are counted or nothing is."""
    ways = ways_of(person)
    return Own(
        paths=paths_of(person, ways),
        tallies=tallies_of(person, ways.times),
        counts=ways.days is not None,
        deciding=ways.deciding,
    )

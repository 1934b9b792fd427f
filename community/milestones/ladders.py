"""Ladders: which days of a path count, as data. Pure: a preset is what a program begins with and may edit.

A code says what it counts: "d30" whole days, "w4" weeks, "m6" calendar months, "y1" years, each from the start date.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import count

CODE_FORM = re.compile(r"([dwmy])([1-9][0-9]{0,4})")
MOST = {"d": 36_500, "w": 5_200, "m": 1_200, "y": 100}


class Unit(StrEnum):
    """What a step counts, by the first letter of its code."""

    DAYS = "d"
    WEEKS = "w"
    MONTHS = "m"
    YEARS = "y"


@dataclass(frozen=True, slots=True)
class Step:
    """One day that counts: ``number`` whole ``unit``s after the start, a hundred years at most."""

    unit: Unit
    number: int

    @property
    def code(self) -> str:
        return f"{self.unit}{self.number}"

    @classmethod
    def of(cls, code: str) -> "Step":
        """The step a code names. Raises ValueError for what names none."""
        found = CODE_FORM.fullmatch(code)
        if found is None or int(found[2]) > MOST[found[1]]:
            raise ValueError(f"no such code: {code}")
        return cls(Unit(found[1]), int(found[2]))


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps of a path; ``yearly`` goes on with each year after that one, without end."""

    steps: tuple[Step, ...]
    yearly: int | None = None

    @property
    def further(self) -> Iterator[Step]:
        """The years after ``steps``, one after another, as long as somebody asks."""
        return iter(()) if self.yearly is None else (Step(Unit.YEARS, year) for year in count(self.yearly + 1))

    @classmethod
    def of(cls, codes: str, *, yearly: int | None = None) -> "Ladder":
        return cls(tuple(map(Step.of, codes.split())), yearly)


class Scheme(StrEnum):
    """The presets with dates. In the two first people read "Days in recovery"; their codes are for data alone.

    Key tags and chips of twelve-step fellowships are their model, as far as it is told: there is no official set.
    """

    ABSTINENCE = "abstinence"
    ABSTINENCE_MONTHLY = "abstinence_monthly"
    PROGRAM_WEEKS = "program_weeks"
    ALUMNI = "alumni"
    NONE = "none"


#: Finishing a program is a milestone of ``program_weeks`` as well; it has no date of its own to count to.
PRESETS: dict[Scheme, Ladder] = {
    Scheme.ABSTINENCE: Ladder.of("d1 d30 d60 d90 m6 m9 y1 m18 y2", yearly=2),
    Scheme.ABSTINENCE_MONTHLY: Ladder.of("d1 d30 d60 d90 m4 m5 m6 m7 m8 m9 m10 m11 y1 m18 y2", yearly=2),
    Scheme.PROGRAM_WEEKS: Ladder.of("w1 w2 w4 w6 w8 w12"),
    Scheme.ALUMNI: Ladder.of("m1 m3 m6 y1 y2", yearly=2),
    Scheme.NONE: Ladder(()),
}

"""Ladders: which days of a path count, as data. Pure: a preset is what a program begins with and may edit.

A code says what it counts: "d30" whole days, "w4" weeks, "m6" calendar months, "y1" years, each from the start date;
"n5" how often something was done, and no day of it.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import count

CODE_FORM = re.compile(r"([dwmyn])([1-9][0-9]{0,4})")
MOST = {"d": 36_500, "w": 5_200, "m": 1_200, "y": 100, "n": 9_999}
A_YEAR = {"d": 365, "w": 52, "m": 12, "y": 1}  # times are in no year


class Unit(StrEnum):
    """What a step counts, by the first letter of its code."""

    DAYS = "d"
    WEEKS = "w"
    MONTHS = "m"
    YEARS = "y"
    TIMES = "n"


@dataclass(frozen=True, slots=True)
class Step:
    """One day that counts: ``number`` whole ``unit``s after the start, a hundred years at most; or so many times."""

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
class Look:
    """How a program wants a step called and drawn; what it leaves empty goes by the step's number."""

    label: str = ""
    color: str = ""
    drawing: str = ""


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps of a path; ``yearly`` goes on with each year after that one, without end.

    ``finish``: how the chip of finishing a program looks, at the end of its weeks.
    ``added``: from which day on a step that was put in later counts, so that no day is celebrated that had passed by
    then; ``yearly_added`` says the same of all the years to come. ``version`` grows with every change; a preset has 0.
    """

    steps: tuple[Step, ...]
    yearly: int | None = None
    looks: Mapping[Step, Look] = field(default_factory=dict, hash=False)
    finish: Look = PLAIN
    added: Mapping[Step, date] = field(default_factory=dict, hash=False)
    yearly_added: date | None = None
    version: int = field(default=0, compare=False)

    @property
    def further(self) -> Iterator[Step]:
        """The years after ``steps``, one after another, as long as somebody asks."""
        if self.yearly is None:
            return iter(())
        stand = years_among(self.steps)
        return (Step(Unit.YEARS, year) for year in count(self.yearly + 1) if year not in stand)

    def has(self, step: Step) -> bool:
        """Whether it is one of the steps, or of the years that go on."""
        further = self.yearly is not None and step.unit is Unit.YEARS and step.number > self.yearly
        return step in self.steps or further

    def since(self, step: Step) -> date:
        """From which day on this step counts."""
        if step in self.steps:
            return self.added.get(step, date.min)
        return self.yearly_added or date.min

    def look(self, step: Step) -> Look:
        return self.looks.get(step, Look())

    def becomes(self, looks: Mapping[Step, Look], *, yearly: bool, today: date, finish: Look = PLAIN) -> "Ladder":
        """The ladder of these steps from ``today`` on: what stood before keeps its days, what is new counts from today.

        Whatever stands at the edge is taken for new: so no day is celebrated that had passed when it was put in.
        """
        added = {step: self.since(step) if self.has(step) else today for step in looks}
        year = year_before_further(looks) if yearly else None
        return Ladder(
            steps=tuple(looks),
            yearly=year,
            looks=looks,
            finish=finish,
            added={step: day for step, day in added.items() if day > date.min},
            yearly_added=None if year is None else self.yearly_added if year == self.yearly else today,
            version=self.version + 1,
        )

    def agreed(self, steps: Collection[Step]) -> "Ladder":
        """With these steps as well, whenever they were put in or taken out: somebody said yes to them."""
        more = tuple(step for step in steps if step not in self.steps)
        kept = {step: day for step, day in self.added.items() if step not in steps}
        return replace(self, steps=self.steps + more, added=kept)

    @classmethod
    def of(cls, codes: str, *, yearly: int | None = None) -> "Ladder":
        return cls(tuple(map(Step.of, codes.split())), yearly)


def years_among(steps: Collection[Step]) -> frozenset[int]:
    """The whole years that stand among the steps, as years or as months."""
    by_month = (step.number // 12 for step in steps if step.unit is Unit.MONTHS and step.number % 12 == 0)
    return frozenset({step.number for step in steps if step.unit is Unit.YEARS}.union(by_month))


def year_before_further(steps: Collection[Step]) -> int:
    """The year after which "each year" goes on: the last of those that stand in a row; without any, the last lived."""
    stand = years_among(steps)
    if not stand:
        return max((step.number // A_YEAR[step.unit] for step in steps), default=0)
    last = min(stand)
    while last + 1 in stand:
        last += 1
    return last


class LadderKind(StrEnum):
    """What a program has a ladder for: the days people count themselves, the weeks in it, the time since finishing.

    And, by how often alone, for skills they used, times they showed up and goals of their own.
    """

    DAYS = "days"
    WEEKS = "weeks"
    SINCE = "since"
    SKILL = "skill"
    SHOWN_UP = "shown_up"
    GOAL = "goal"


class Scheme(StrEnum):
    """The presets with dates. In the two first people read "Days in recovery"; their codes are for data alone.

    Key tags and chips of twelve-step fellowships are their model, as far as it is told: there is no official set.
    """

    ABSTINENCE = "abstinence"
    ABSTINENCE_MONTHLY = "abstinence_monthly"
    PROGRAM_WEEKS = "program_weeks"
    ALUMNI = "alumni"
    NONE = "none"


#: Finishing a program is a milestone of ``program_weeks`` as well; it comes by an event, not by a date.
FINISHED = "graduation"
PRESETS: dict[Scheme, Ladder] = {
    Scheme.ABSTINENCE: Ladder.of("d1 d30 d60 d90 m6 m9 y1 m18 y2", yearly=2),
    Scheme.ABSTINENCE_MONTHLY: Ladder.of("d1 d30 d60 d90 m4 m5 m6 m7 m8 m9 m10 m11 y1 m18 y2", yearly=2),
    Scheme.PROGRAM_WEEKS: Ladder.of("w1 w2 w4 w6 w8 w12"),
    Scheme.ALUMNI: Ladder.of("m1 m3 m6 y1 y2", yearly=2),
    Scheme.NONE: Ladder(()),
}
#: How often something was done, for skills, showing up and goals of one's own.
TIMES = Ladder.of("n1 n5 n10 n25 n50 n100")
#: Where no days are counted.
NO_DAYS = PRESETS[Scheme.NONE]

#: What a program may begin with and go back to; it has the first until somebody changes it.
BEGINNINGS: dict[LadderKind, tuple[Scheme, ...]] = {
    LadderKind.DAYS: (Scheme.ABSTINENCE, Scheme.ABSTINENCE_MONTHLY),
    LadderKind.WEEKS: (Scheme.PROGRAM_WEEKS,),
    LadderKind.SINCE: (Scheme.ALUMNI,),
}
BY_TIMES = frozenset({LadderKind.SKILL, LadderKind.SHOWN_UP, LadderKind.GOAL})
#: What a step of each may count. In the weeks there is no day count, whatever somebody types.
UNITS: dict[LadderKind, tuple[Unit, ...]] = {
    LadderKind.DAYS: (Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS),
    LadderKind.WEEKS: (Unit.WEEKS,),
    LadderKind.SINCE: (Unit.MONTHS, Unit.YEARS),
    **dict.fromkeys(sorted(BY_TIMES), (Unit.TIMES,)),
}
#: These are where days are counted, and nowhere else.
OF_DAYS = frozenset({LadderKind.DAYS, LadderKind.SINCE})


def so_often(ladder: Ladder, times: int) -> tuple[list[Step], list[Step]]:
    """The steps of a ladder of times that are reached, and those still to come, each in order."""
    steps = sorted(ladder.steps, key=lambda step: step.number)
    return [one for one in steps if one.number <= times], [one for one in steps if one.number > times]


def preset(kind: LadderKind) -> Ladder:
    """What a program begins with."""
    return TIMES if kind in BY_TIMES else PRESETS[BEGINNINGS[kind][0]]


def kinds(*, counts_days: bool) -> tuple[LadderKind, ...]:
    """The ladders a program has."""
    return tuple(kind for kind in LadderKind if counts_days or kind not in OF_DAYS)

"""The hours very many people share in the coming week: each week a row of moments, two weeks a product of two rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from community.matching import windows
from community.matching.crowd.traits import Short, Whole
from community.matching.facts import Side, Window

MINUTE = timedelta(minutes=1)
MICROSECOND = timedelta(microseconds=1)
type Weeks = NDArray[np.uint8]
type Lengths = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Hours:
    """For each mentee and mentor the number of their week, and for each week in which stretches of time they are free.

    ``long``: how long each stretch is. A week has 10,080 minutes, so whole minutes add up exactly in 32 bits; where
    somebody's hours do not begin on one, microseconds do in 64.
    """

    mentee: Whole
    mentor: Whole
    weeks_of_mentees: Weeks
    weeks_of_mentors: Weeks
    long: Lengths
    unit: int  # how many of these are a minute

    @classmethod
    def of(cls, mentees: Sequence[Side], mentors: Sequence[Side], week_of: datetime) -> "Hours":
        known = {window for side in (*mentees, *mentors) for window in side.windows}
        spans = {window: _moments(window, week_of) for window in known}
        edges = np.array(sorted({moment for found in spans.values() for span in found for moment in span}), np.int64)
        minute = MINUTE // MICROSECOND
        whole = not (edges % minute).any()
        long = (np.diff(edges) // minute).astype(np.float32) if whole else np.diff(edges).astype(np.float64)
        free = {window: _stretches(found, edges) for window, found in spans.items()}
        mentee, weeks_of_mentees = _weeks(mentees, free, len(long))
        mentor, weeks_of_mentors = _weeks(mentors, free, len(long))
        return cls(mentee, mentor, weeks_of_mentees, weeks_of_mentors, long, 1 if whole else minute)

    def shared(self, rows: Whole, weeks: Whole, theirs: Lengths) -> Short:
        """Whole minutes a week of these mentees with the mentors' weeks that ``theirs`` tells (:meth:`told`)."""
        mine, place = np.unique(self.mentee[rows], return_inverse=True)
        product = self.weeks_of_mentees[mine].astype(self.long.dtype) @ theirs
        minutes: Short = (product if self.unit == 1 else product // self.unit).astype(np.int16)
        if not _all_in_order(place, len(mine)):
            minutes = minutes[place]
        return minutes if _all_in_order(weeks, theirs.shape[1]) else minutes[:, weeks]

    def told(self, columns: Whole) -> tuple[Whole, Lengths]:
        """For these mentors the number of their week among their weeks, and those weeks with how long they are."""
        theirs, place = np.unique(self.mentor[columns], return_inverse=True)
        return place, (self.weeks_of_mentors[theirs] * self.long).astype(self.long.dtype).T


def _all_in_order(places: Whole, number: int) -> bool:
    return len(places) == number and bool((places == np.arange(number)).all())


def _moments(window: Window, week_of: datetime) -> list[tuple[int, int]]:
    found = windows.spans((window,), week_of)
    return [((begin - week_of) // MICROSECOND, (end - week_of) // MICROSECOND) for begin, end in found]


def _stretches(spans: Iterable[tuple[int, int]], edges: Whole) -> list[slice]:
    return [slice(int(np.searchsorted(edges, begin)), int(np.searchsorted(edges, end))) for begin, end in spans]


def _weeks(sides: Sequence[Side], free: dict[Window, list[slice]], stretches: int) -> tuple[Whole, Weeks]:
    """The number of each one's week, and the weeks; who has the same windows has the same one."""
    numbers: dict[tuple[Window, ...], int] = {}
    number = np.array([numbers.setdefault(side.windows, len(numbers)) for side in sides], np.int64)
    weeks = np.zeros((len(numbers), stretches), np.uint8)
    for found, row in numbers.items():
        for window in found:
            for stretch in free[window]:
                weeks[row, stretch] = 1
    return number, weeks

"""People as columns, and what any block of mentees comes to with any mentors: the rules and the fit, exactly as

``codes.broken`` and ``fit.fit`` say them of two; a test compares.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from community.matching import fit
from community.matching.codes import OVERLAP, needs_another, of_the_mentor, of_their_programs
from community.matching.crowd.hours import Hours, Lengths
from community.matching.crowd.traits import Languages, Short, Table, Whole, Words
from community.matching.facts import Bonds, MenteeFacts, MentorFacts, Policy, Side

NO = -1  # a pair that breaks a rule
UNKNOWN = 100_000  # years from everybody


@dataclass(frozen=True, slots=True)
class Block:
    """People who wait, for whom the same mentors are to be looked at; those mentors, and what is theirs whoever comes.

    ``weeks``: for each mentor the number of their week among ``hours``. ``always``: free room and the same program.
    """

    rows: Whole
    columns: Whole
    weeks: Whole
    hours: Lengths
    always: Short


class Columns:
    """Everybody who waits and every mentor, with what each two of them need to be judged."""

    def __init__(
        self,
        mentees: Sequence[MenteeFacts],
        mentors: Sequence[MentorFacts],
        *,
        bonds: Bonds,
        policy: Policy,
        week_of: datetime,
    ) -> None:
        self.mentees, self.mentors, self.policy = mentees, mentors, policy
        self.hours = Hours.of(mentees, mentors, week_of)
        self.languages = Languages(mentees, mentors)
        self.values = Words([one.values for one in mentees], [one.values for one in mentors])
        self.stages = Words([one.life_stages for one in mentees], [one.life_stages for one in mentors])
        self.pathways = [
            Table.of(mentees, mentors, _ways, fit.pathway_part),
            Table.of(mentees, mentors, _ways, lambda mentee, mentor: fit.pathway_part(mentor, mentee)),
        ]
        self.wishes = [
            Table.of(mentees, mentors, _wished, _hoped),
            Table.of(mentees, mentors, _wished, lambda mentee, mentor: _hoped(mentor, mentee)),
        ]
        self.needs = Table.of(mentees, mentors, _wished, _needed)
        self.born = _years(mentees, UNKNOWN), _years(mentors, -UNKNOWN)
        self.room = np.array([fit.room_part(one) for one in mentors], np.int16)
        self.minutes_worth = np.array([fit.hours_part(minute) for minute in range(fit.ENOUGH + 1)], np.int16)
        self.apart = _apart(mentees, mentors, bonds)

    def blocks(self) -> Iterator[Block]:
        """All who wait, in blocks. Nobody is in one for whom no mentor is to be looked at."""
        able = np.array([not any(of_the_mentor(one, self.policy)) for one in self.mentors], np.bool_)
        for members in self.alike(range(len(self.mentees))):
            one = self.mentees[members[0]]
            met = [not any(of_their_programs(one, mentor, self.policy)) for mentor in self.mentors]
            columns = np.flatnonzero(able & np.array(met, np.bool_))
            if len(columns):
                yield self.block(np.array(members, np.int64), columns)

    def alike(self, places: Iterable[int]) -> Iterable[list[int]]:
        """These mentees in groups of people whom the same mentors may have, as far as their programs go."""
        groups: defaultdict[tuple[str, str, bool, bool, bool, bool], list[int]] = defaultdict(list)
        for place in places:
            one = self.mentees[place]
            groups[one.program, one.track, one.across, one.opted_in, one.minor, one.guardian_consent].append(place)
        return groups.values()

    def block(self, rows: Whole, columns: Whole) -> Block:
        """These mentees, all of one program, and these mentors."""
        one = self.mentees[int(rows[0])]
        same = np.array([fit.program_part(one, self.mentors[place]) for place in columns.tolist()], np.int16)
        return Block(rows, columns, *self.hours.told(columns), self.room[columns] + same)

    def fits(self, block: Block, rows: Whole) -> Short:
        """How well each of these mentees of the block fits each of its mentors; NO where they break a rule.

        What is the same for the whole block was looked at as it was made.
        """
        columns = block.columns
        minutes = self.hours.shared(rows, block.weeks, block.hours)
        fair = minutes >= OVERLAP
        fair &= self.languages.any(rows, columns)
        fair &= self.needs.among(rows, columns) == 0
        found = self._both_sides(rows, columns)
        found += self.minutes_worth[np.minimum(minutes, fit.ENOUGH)]
        found += 50 * np.minimum(self.values.among(rows, columns), 3).astype(np.int16)
        found += 100 * (self.stages.among(rows, columns) > 0).astype(np.int16)
        years = np.abs(self.born[0][rows][:, None] - self.born[1][columns][None, :])
        found += 50 * (years <= fit.AGES).astype(np.int16)
        found += block.always[None, :]
        found[~fair] = NO
        for line, row in enumerate(rows.tolist()):
            if row in self.apart:
                found[line, np.isin(columns, self.apart[row])] = NO
        return found

    def _both_sides(self, rows: Whole, columns: Whole) -> Short:
        """What each side has of its own, drawn halfway to the lower; all else in a fit is the same for both."""
        mine = self.pathways[0].among(rows, columns) + self.wishes[0].among(rows, columns)
        theirs = self.pathways[1].among(rows, columns) + self.wishes[1].among(rows, columns)
        mine += 40 * self.languages.best_of_mentee(rows, columns).astype(np.int16)
        theirs += 40 * self.languages.best_of_mentor(rows, columns).astype(np.int16)
        found: Short = (3 * np.minimum(mine, theirs) + np.maximum(mine, theirs)) >> 2
        return found


def _ways(side: Side) -> frozenset[str]:
    return side.pathways


def _wished(side: Side) -> tuple[object, ...]:
    return side.gender, side.gender_wish, side.style


def _hoped(own: Side, other: Side) -> int:
    return fit.gender_part(own, other) + fit.style_part(own, other)


def _needed(mentee: Side, mentor: Side) -> int:
    return needs_another(mentee, mentor) or needs_another(mentor, mentee)


def _years(sides: Iterable[Side], unknown: int) -> NDArray[np.int32]:
    return np.array([unknown if one.birth_year is None else one.birth_year for one in sides], np.int32)


def _apart(mentees: Sequence[MenteeFacts], mentors: Sequence[MentorFacts], bonds: Bonds) -> dict[int, list[int]]:
    """For whom who waits there are mentors whom something keeps away, and which; themselves among them."""
    waiting: defaultdict[str, list[int]] = defaultdict(list)
    offered: defaultdict[str, list[int]] = defaultdict(list)
    for place, mentee in enumerate(mentees):
        waiting[mentee.person].append(place)
    for place, mentor in enumerate(mentors):
        offered[mentor.person].append(place)
    found: defaultdict[int, list[int]] = defaultdict(list)
    for person in waiting.keys() & offered.keys():
        for row in waiting[person]:
            found[row] += offered[person]
    for two in bonds.open | bonds.blocked | bonds.no_rematch | bonds.conflicts:
        for one, other in (tuple(two), tuple(two)[::-1]) if len(two) == 2 else ():
            for row in waiting.get(one, ()):
                found[row] += offered.get(other, [])
    return dict(found)

"""Which single rule keeps whom from somebody, of very many people and mentors; ``leftover.alone`` says it of few."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from community.matching.codes import OVERLAP, Code, of_the_mentor, of_their_programs
from community.matching.crowd.columns import Columns
from community.matching.crowd.lists import CELLS
from community.matching.crowd.traits import Whole
from community.matching.solver.leftover import OF_NO_PAIR, Alone, ranked

CODES = tuple(Code)
type Small = NDArray[np.int8]
TOLD = tuple(number for number, code in enumerate(CODES) if code not in OF_NO_PAIR)


def alone(columns: Columns, mentees: Iterable[int]) -> tuple[Alone, ...]:
    """For these, by their places in the line. What stands between two people is in no row."""
    found: defaultdict[tuple[Code, tuple[str, ...]], list[int]] = defaultdict(list)
    if not columns.mentors:
        return ()
    step = max(CELLS // len(columns.mentors), 1)
    for members in columns.alike(sorted(mentees)):
        many, which = _of_all(columns, members[0])
        for start in range(0, len(members), step):
            rows = np.array(members[start : start + step], np.int64)
            only = _only(columns, rows, many, which)
            for number in TOLD:
                for place in rows[(only == number).any(axis=1)].tolist():
                    one = columns.mentees[place]
                    about = one.languages if CODES[number] is Code.LANGUAGE else ()
                    found[CODES[number], about].append(place)
    return ranked({row: [columns.mentees[place].id for place in sorted(places)] for row, places in found.items()})


def _of_all(columns: Columns, place: int) -> tuple[Small, Small]:
    """For each mentor how many rules are broken whoever of this one's kind it is, and the last of them."""
    one = columns.mentees[place]
    broken = [
        [*of_the_mentor(mentor, columns.policy), *of_their_programs(one, mentor, columns.policy)]
        for mentor in columns.mentors
    ]
    many = np.array([len(codes) for codes in broken], np.int8)
    return many, np.array([CODES.index(codes[-1]) if codes else -1 for codes in broken], np.int8)


def _only(columns: Columns, rows: Whole, many: Small, which: Small) -> Small:
    """For each pair the number of the one rule it breaks, or -1."""
    everybody = np.arange(len(columns.mentors))
    block = columns.block(rows, everybody)
    apart = np.zeros((len(rows), len(everybody)), np.bool_)
    for line, row in enumerate(rows.tolist()):
        apart[line, columns.apart.get(row, [])] = True
    broken = {
        Code.TIME_OVERLAP: columns.hours.shared(rows, block.weeks, block.hours) < OVERLAP,
        Code.LANGUAGE: ~columns.languages.any(rows, everybody),
        Code.GENDER_REQUIRED: columns.needs.among(rows, everybody) > 0,
        Code.BLOCKED: apart,
    }
    count = np.tile(many, (len(rows), 1))
    found = np.tile(which, (len(rows), 1))
    for code, so in broken.items():
        count += so
        found[so] = CODES.index(code)
    found[count != 1] = -1
    return found

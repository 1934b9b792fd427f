"""What the solver is asked: who waits, who has how many places, and who could walk with whom."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

BEST = 1000  # the highest fit there is
PLACES_MOST = 2**31 - 1
type Columns = tuple[array[int], array[int], array[int]]


class Unusable(ValueError):
    """An instance that contradicts itself. The words say what and where, in one line."""


class Pair(NamedTuple):
    """Two ids, always in this order."""

    mentee: str
    mentor: str


class Eligible(NamedTuple):
    """A pair that breaks no rule, with its fit from 0 to 1000."""

    mentee: str
    mentor: str
    fit: int


@dataclass(frozen=True, slots=True)
class Instance:
    """One question to the solver. Ids are any text; somebody may be a mentee and a mentor, with one id.

    ``mentees`` stand in the order in which they are served: the urgent first, then by the date of their request.
    ``capacity`` counts all the places a mentor has, those that are taken by ``existing`` matches among them.
    ``pairs`` are three columns of one length: the place of the mentee, the place of the mentor in the order of
    ``capacity``, and the fit. Raises Unusable where it contradicts itself.
    """

    mentees: tuple[str, ...]
    capacity: Mapping[str, int]
    pairs: Columns
    existing: tuple[Pair, ...] = ()
    days_waiting: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(set(self.mentees)) != len(self.mentees):
            raise Unusable("somebody waits twice")
        for mentor, places in self.capacity.items():
            if not 0 <= places <= PLACES_MOST:
                raise Unusable(f"a mentor cannot have {places} places: {mentor!a}")

    @classmethod
    def of(
        cls,
        mentees: Iterable[str],
        capacity: Mapping[str, int],
        eligible: Iterable[tuple[str, str, int]],
        existing: Iterable[tuple[str, str]] = (),
        days_waiting: Mapping[str, int] | None = None,
    ) -> "Instance":
        """The same from ids. Raises Unusable for ids that nobody has, a pair that stands twice, a fit out of range."""
        waiting = tuple(mentees)
        column = {mentor: place for place, mentor in enumerate(capacity)}
        row = {mentee: place for place, mentee in enumerate(waiting)}
        tails, heads, fits = array("i"), array("i"), array("i")
        seen: set[tuple[str, str]] = set()
        for mentee, mentor, fit in eligible:
            if mentee not in row or mentor not in column:
                raise Unusable(f"no such {'mentor' if mentee in row else 'mentee'} in a pair: {mentee!a}, {mentor!a}")
            if (mentee, mentor) in seen:
                raise Unusable(f"a pair stands twice: {mentee!a}, {mentor!a}")
            if not 0 <= fit <= BEST:
                raise Unusable(f"a fit is from 0 to {BEST}, not {fit}: {mentee!a}, {mentor!a}")
            seen.add((mentee, mentor))
            tails.append(row[mentee])
            heads.append(column[mentor])
            fits.append(fit)
        return cls(
            waiting, dict(capacity), (tails, heads, fits), tuple(Pair(*one) for one in existing), days_waiting or {}
        )

    @property
    def free(self) -> dict[str, int]:
        """The places each mentor has left; none where more are taken than there are."""
        taken = Counter(pair.mentor for pair in self.existing)
        return {mentor: max(places - taken[mentor], 0) for mentor, places in self.capacity.items()}

    @property
    def waiting(self) -> tuple[str, ...]:
        """Who has no mentor yet, in the order in which they are served."""
        accompanied = {pair.mentee for pair in self.existing}
        return tuple(mentee for mentee in self.mentees if mentee not in accompanied)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who is proposed to whom, in the order of the mentees, and who is left.

    ``most`` is what no proposal for as many of the longest waiting can exceed in total: where it equals ``total``,
    nothing better exists. ``proven`` says that the number of people and who they are cannot be bettered either.
    """

    matches: tuple[Eligible, ...]
    unmatched: tuple[str, ...]
    most: int
    proven: bool = True

    @property
    def total(self) -> int:
        return sum(match.fit for match in self.matches)

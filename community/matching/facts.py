"""What the rules and the fit are told of two people. Whoever asks fills these in; nothing here is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

DAY = 24 * 60  # minutes
OWN_ALONE = frozenset({"teen", "eating_disorder"})  # tracks that only their own serve


@dataclass(frozen=True, slots=True)
class Window:
    """A time of every week: from ``start`` to ``end`` in minutes of the day on the wall of ``zone``; Monday is 0.

    An end at or before the start is on the day after. Raises ValueError for a time no week has.
    """

    weekday: int
    start: int
    end: int
    zone: str

    def __post_init__(self) -> None:
        if self.weekday not in range(7) or self.start not in range(DAY) or self.end not in range(DAY):
            raise ValueError("a window is a weekday from 0 to 6 and two times of the day in minutes")


class WishKind(StrEnum):
    """How much it matters: not at all, a hope, or a must."""

    ANY = "any"
    PREFER = "prefer"
    NEED = "need"


@dataclass(frozen=True, slots=True)
class Wish:
    """Which genders somebody hopes for in the other, or needs."""

    kind: WishKind = WishKind.ANY
    of: frozenset[str] = frozenset()

    def met_by(self, gender: str) -> bool:
        """Whether the other is one of those; who did not say is none."""
        return bool(gender) and gender in self.of


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What both sides say of themselves. ``across``: would meet people of other programs of the organization.

    ``languages`` begin with the one they like best; an empty ``gender`` was not said.
    """

    id: str
    person: str
    program: str
    track: str
    across: bool = False
    opted_in: bool = False
    languages: tuple[str, ...] = ()
    gender: str = ""
    gender_wish: Wish = field(default_factory=Wish)
    pathways: frozenset[str] = frozenset()
    life_stages: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()
    birth_year: int | None = None
    style: str = ""
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MenteeFacts(Side):
    """Somebody who asks for a mentor. ``minor`` by the organization's age; consent is of a guardian, and recorded."""

    minor: bool = False
    guardian_consent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorFacts(Side):
    """Somebody who is one. ``tenure_days`` since their date or, where no days are counted, since they finished.

    ``free`` of their ``places`` are open; ``days_since_match`` is None for who never had one.
    """

    adult: bool = False
    approved: bool = False
    available: bool = False
    youth_cleared: bool = False
    free: int = 0
    places: int = 0
    tenure_days: int | None = None
    days_since_match: int | None = None


type Two = frozenset[str]


@dataclass(frozen=True, slots=True)
class Bonds:
    """What stands between people, as sets of two: open matches, blocks, no second try, conflicts of interest."""

    open: frozenset[Two] = frozenset()
    blocked: frozenset[Two] = frozenset()
    no_rematch: frozenset[Two] = frozenset()
    conflicts: frozenset[Two] = frozenset()


@dataclass(frozen=True, slots=True)
class Policy:
    """What a program asks. ``mentor_tracks``: whose mentors serve a track; one that is not there has its own."""

    tenure_days: int = 365
    mentor_tracks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    minors: bool = False
    floor: int = 250

    def serves(self, *, mentor: str, mentee: str) -> bool:
        """Whether mentors of one track walk with people of another; teens and eating disorders have their own alone."""
        if mentee in OWN_ALONE or mentor in OWN_ALONE:
            return mentor == mentee
        return mentor in self.mentor_tracks.get(mentee, frozenset({mentee}))

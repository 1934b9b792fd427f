"""Questions asked below and answered above. Rooms hand in their answers from ``apps.ready()``.

docs/privacy.md lists what stands in each register; a wall test compares the two.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.functional import Promise

if TYPE_CHECKING:
    from community.people.models import Person


class Answer(Enum):
    """What one ground says of one question. ``SHUT`` wins over ``OPEN``; all ``SILENT`` means no."""

    OPEN = "open"
    SHUT = "shut"
    SILENT = "silent"


type Mark = Callable[[UUID, datetime], int]
type Ground = Callable[["Person", "Person", str], Answer]
type Chore = Callable[[], int]
type Reminders = Callable[["Person", datetime], list["Reminder"]]
type AboutPerson = Callable[["Person", UUID], list["Further"]]
type AboutDay = Callable[["Person", date], list["Further"]]
type AboutRoom = Callable[["Person", UUID], list["Leading"]]
type Walks = Callable[["Person", datetime], list["Walk"]]
type AsksCraving = Callable[[UUID], bool]
type LookAlike = Callable[[UUID, str, UUID | None], bool]
type Among = Callable[[Collection[UUID]], Iterable[tuple[UUID, UUID]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeKind:
    """A kind of word to somebody who is away: what their own page says, in neutral words, and where the rest is told.

    ``link`` names that page's address; ``takes`` is the one part of the address that the notice's id fills. ``always``
    is for what somebody must hear whatever they chose, at any hour: their account, and safety.
    """

    says: str | Promise
    link: str = ""
    takes: str = ""
    always: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """Something that waits at the desk of who works here, in their language; ``link`` names its page."""

    icon: str
    title: str
    says: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """A page that a room above hands to a page below; ``link`` names it, and takes what that page is about."""

    icon: str
    title: str
    link: str
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leading:
    """Where a page about two people leads, with its whole address, if there is one."""

    title: str
    says: str
    href: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """How it stands between somebody and who walks with them, or may, in one program; the page says the rest.

    ``hopes``: they are the one who hoped for a mentor. ``together``: both said yes.
    """

    program_id: UUID
    hopes: bool
    together: bool
    page: Leading


@dataclass(frozen=True, slots=True)
class Figure:
    """A number for whoever runs the site; ``ask`` says None where there is none to say."""

    about: str
    ask: Callable[[], float | None]


class Register[T]:
    """Named answers, in the order they were handed in. A name is taken once."""

    def __init__(self, about: str) -> None:
        self.about = about
        self._kept: dict[str, T] = {}

    def add(self, name: str, item: T) -> None:
        if self._kept.setdefault(name, item) is not item:
            raise ValueError(f"{name} is registered twice for {self.about}")

    def names(self) -> list[str]:
        return list(self._kept)

    def items(self) -> list[tuple[str, T]]:
        return list(self._kept.items())

    def __iter__(self) -> Iterator[T]:
        return iter(self._kept.values())


grounds: Register[Ground] = Register("whether one person may see something of another")
marks: Register[Mark] = Register("how far a group had come at a moment (the last position before it, else 0)")
errands: Register[Chore] = Register("what the worker does every second, and upkeep too; each may run twice at once")
upkeep: Register[Chore] = Register("what the house does by itself every minute; each may run twice, or twice at once")
notices: Register[NoticeKind] = Register("kinds of words to somebody who is away")
reminders: Register[Reminders] = Register("what waits at the desk of who works for a program")
about_people: Register[AboutPerson] = Register("what else who looks at somebody's time in a program may read of them")
about_days: Register[AboutDay] = Register("what else somebody may do with a day they said something of")
about_pairs: Register[AboutRoom] = Register("what else somebody in a room of two is shown there")
walks: Register[Walks] = Register("who walks with somebody, or may, for the page Mentoring")
about_matches: Register[AboutRoom] = Register("what else two people who walk together find on their page")
cravings: Register[AsksCraving] = Register("whether a plan of somebody's own asks how strong a craving is")
look_alikes: Register[LookAlike] = Register("whether somebody else in a cohort's room goes by a name like this")
blocks: Register[Among] = Register("who of some people chose not to meet whom; whichever way round, in one question")
conflicts: Register[Among] = Register("who of some people stands to whom as nobody's mentor may, in a few questions")
figures: Register[Figure] = Register("how the site stands, for whoever runs it: numbers and moments, of nobody")

"""Questions asked below and answered above. Rooms hand in their answers from ``apps.ready()``.

docs/privacy.md lists what stands in each register; a wall test compares the two.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.functional import Promise

if TYPE_CHECKING:
    from django.db.models import Exists, QuerySet

    from community.cases.models import Case
    from community.people.models import Person
    from community.programs.models import Program


class Answer(Enum):
    """What one ground says of one question. ``SHUT`` wins over ``OPEN``; all ``SILENT`` means no."""

    OPEN = "open"
    SHUT = "shut"
    SILENT = "silent"


type Mark = Callable[[UUID, datetime], int]
type Ground = Callable[["Person", "Person", str], Answer]
type Chore = Callable[[], int]
type ReadWith = Callable[[datetime], "Exists"]
type Reminders = Callable[["Person", datetime], list["Reminder"]]
type ReadsNow = Callable[["Person | None"], list["Leading"]]
type OnCall = Callable[["Person", datetime], list["Leading"]]
type AboutPerson = Callable[["Person", UUID], list["Further"]]
type AboutDay = Callable[["Person", date], list["Further"]]
type SavingTells = Callable[["Person", date], list["Leading"]]
type DayReaders = Callable[["Person", date], list["DayReader"]]
type Companions = Callable[["Person"], list["Leading"]]
type AboutRoom = Callable[["Person", UUID], list["Leading"]]
type Walks = Callable[["Person", datetime], list["Walk"]]
type InPeace = Callable[[UUID], bool]
type AsksCraving = Callable[[UUID], bool]
type Stands = Callable[[UUID], bool]
type Mutes = Callable[[UUID, UUID], bool]
type LookAlike = Callable[[UUID, str, UUID | None], bool]
type Apart = Callable[[UUID], Iterable[UUID]]
type SharedRooms = Callable[[Collection[tuple[UUID, UUID]]], dict[tuple[UUID, UUID], list[str]]]
type Places = Callable[[Collection[UUID]], dict[UUID, str]]
type AboutCase = Callable[["Person", UUID], list["Evidence"]]
type Closer = Callable[[UUID], bool]
type AfterDeath = Callable[["Person", UUID], list["Further"]]
type AfterCase = Callable[["Person", "Case"], list["Further"]]
type Gaps = Callable[["Program"], list[str]]
type LastHere = Callable[["Person", datetime], datetime | None]
type AboutMe = Callable[["Person"], list["Further"]]
type Wordings = Callable[[Collection[str]], dict[str, str]]
type Among = Callable[[Collection[UUID]], Iterable[tuple[UUID, UUID]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeKind:
    """A kind of word to somebody who is away: what their own page says, in neutral words, and where the rest is told.

    ``link`` names that page's address; ``takes`` is the one part of the address that the notice's id fills. ``always``
    is for what somebody must hear whatever they chose, at any hour: their account, and safety. ``of_room``: it tells
    what is new in a room, named by ``about``, and not to who muted that room; never true of a duty there.
    """

    says: str | Promise
    link: str = ""
    takes: str = ""
    always: bool = False
    of_room: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """Something that waits at the desk of who works here, in their language; ``link`` names its page."""

    icon: str
    title: str
    says: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """A page that a room above hands to a page below; ``link`` names it, and takes what that page is about.

    ``press``: it is no page but something that is done by one press, for which the page below has a form.
    """

    icon: str
    title: str
    link: str
    says: str = ""
    press: bool = False


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Words as they were kept when somebody told us of them; ``meant``: they are those somebody told us of."""

    alias: str
    at: datetime
    words: str
    note: str = ""
    meant: bool = False
    gone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a room above shows of something that needs a person: where it was, and what was said."""

    where: str
    told: list[str]
    lines: list[Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReader:
    """Somebody else with whom a day may be shared, or is; ``href`` takes the press of its person, either way."""

    names: str
    says: str
    href: str
    shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAgain:
    """Something of one's own that is worth another look: the rows that say so, and the line that is shown for them."""

    due: Callable[[UUID, datetime], "QuerySet[Any]"]
    shows: Callable[[], Further]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing of somebody's own in the copy of it: ``data`` for programs, and how it reads.

    Entries with the same ``under``, one after the other, stand under one heading.
    """

    data: dict[str, Any]
    title: str
    lines: tuple[str, ...] = ()
    under: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A part of the copy somebody may take along of what is theirs: their own words and choices, nobody else's.

    ``tell`` asks the database a few things at a time. ``has`` says whether there is such a part for somebody at all.
    """

    title: str | Promise
    tell: Callable[["Person"], Iterable[Entry]]
    has: Callable[["Person"], bool] = lambda _person: True


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
urgent: Register[Chore] = Register(
    "what the worker does every second in a thread of its own, which no slow mail keeps waiting; each may run twice"
)
errands: Register[Chore] = Register("what the worker does every second, and upkeep too; each may run twice at once")
upkeep: Register[Chore] = Register("what the house does by itself every minute; each may run twice, or twice at once")
notices: Register[NoticeKind] = Register("kinds of words to somebody who is away")
mutes: Register[Mutes] = Register("whether somebody muted something that an id names, for themselves")
in_peace: Register[InPeace] = Register(
    "whether somebody is to be left in peace for now, so that mail that can wait does"
)
reminders: Register[Reminders] = Register("what waits at the desk of who works for a program")
now_and_then: Register[LookAgain] = Register(
    "what the page that greets asks somebody to look at again, after a month; none of it is a mail"
)
with_who_asks: Register[ReadWith] = Register("what is read of who asks for a page, in the one question that reads them")
reads_now: Register[ReadsNow] = Register(
    "who reads now what somebody writes, for Get help now; also for somebody who is not signed in"
)
on_call: Register[OnCall] = Register("who is on call now, for who may be, a line a program")
about_people: Register[AboutPerson] = Register("what else who looks at somebody's time in a program may read of them")
about_days: Register[AboutDay] = Register("what else somebody may do with a day they said something of")
saving_tells: Register[SavingTells] = Register("what saving today's check-in tells others, said before it is saved")
day_readers: Register[DayReaders] = Register("with whom else somebody may share a day they said something of")
companions: Register[Companions] = Register("who walks with somebody, to be written to on a hard day")
pinned: Register[AboutRoom] = Register("what who keeps a room pinned there, for the page about it")
about_pairs: Register[AboutRoom] = Register("what else somebody in a room of two is shown there")
walks: Register[Walks] = Register("who walks with somebody, or may, for the page Mentoring")
about_matches: Register[AboutRoom] = Register("what else two people who walk together find on their page")
cravings: Register[AsksCraving] = Register("whether a plan of somebody's own asks how strong a craving is")
shared_counts: Register[Stands] = Register("whether something that was shared of a count stands in a room")
look_alikes: Register[LookAlike] = Register("whether somebody else in a cohort's room goes by a name like this")
own_pages: Register[AboutMe] = Register("what else somebody finds in Settings and beside their time here")
copies: Register[Chapter] = Register("what stands in the copy somebody takes along of what is theirs")
wordings: Register[Wordings] = Register(
    "what of some things, as kind:id, is agreed to in a wording of its own, and in which"
)
last_here: Register[LastHere] = Register("until when somebody was part of something here; now, while they are")
blocks: Register[Among] = Register("who of some people chose not to meet whom; whichever way round, in one question")
conflicts: Register[Among] = Register("who of some people stands to whom as nobody's mentor may, in a few questions")
apart: Register[Apart] = Register(
    "who has a tie to somebody, whichever way round, so that neither decides about the other"
)
own_ties: Register[Apart] = Register(
    "to whom somebody who works here has a tie of their own, so that they lead no mentoring of theirs"
)
kept_apart: Register[Apart] = Register("with whom somebody sits in no room, by a decision of staff")
shared_rooms: Register[SharedRooms] = Register("in which rooms, by their names, two people sit at once")
places: Register[Places] = Register("what rooms are called, for who looks into something that was said there")
about_cases: Register[AboutCase] = Register("what was said, for who looks into it")
after_cases: Register[AfterCase] = Register("what may follow from it, for who has it")
after_deaths: Register[AfterDeath] = Register("what may follow in the rooms when somebody has died")
closer: Register[Closer] = Register("whether what is told of a room is to be more urgent for a while")
signed_out_sooner: Register[InPeace] = Register("whether somebody's devices are signed out as those of staff are")
gaps: Register[Gaps] = Register("what a team this small cannot promise, in sentences for who runs the program")
figures: Register[Figure] = Register("how the site stands, for whoever runs it: numbers and moments, of nobody")

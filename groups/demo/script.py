"""How the demo's conversations are written down, so that people can read and mend them like a play.

A file of ``corpus/`` is one room. ``@ Tuesday, last week`` begins a day on the program's clock (``this week``, ``last
week``, ``3 weeks ago``); ``@ now`` begins what is told in hours and minutes before this moment (``-3:40``), or
after it (``+0:04``). A line is
``18:05 Ana > Ben | a topic: words``: Ana answers Ben's last words, under a content note. What stands indented under it:

    more words, on a new line
    + hug: Ana, Ben         they gave it
    ~ the words as they were changed a little later
    - taken back by who wrote them
    = Ana, Ben              they have read up to here, and no further
    ^ Dana                  pinned by her, who keeps the room

``#`` begins a remark for who reads the file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY = re.compile(rf"@ ({'|'.join(WEEKDAYS)}), (?:(this|last) week|(\d+) weeks ago)")
LINE = re.compile(r"([+-]?)(\d{1,2}):(\d\d) (\w+)(?: > (\w+))?(?: \| ([^:]+))?: (.+)")
MARK = re.compile(r"(?:\+ (\w+): (.+)|([~-]) (.+)|= (.+)|\^ (\w+))")


@dataclass(frozen=True, slots=True)
class Moment:
    """A time on a weekday some weeks ago, or (``before``) so long before now; below zero, after it."""

    weeks: int = 0
    weekday: int = 0
    at: time = time()
    before: timedelta | None = None

    @property
    def after(self) -> timedelta:
        """How long after now; nothing for what was before."""
        return max(-(self.before or timedelta()), timedelta())

    def on(self, now: datetime) -> datetime:
        """When that was, on the clock of ``now``."""
        if self.before is not None:
            return now - self.before
        monday = now.date() - timedelta(days=now.weekday())
        return datetime.combine(monday + timedelta(weeks=-self.weeks, days=self.weekday), self.at, tzinfo=now.tzinfo)


@dataclass(slots=True)
class Line:
    """What one person said once, and what became of it. People go by their aliases."""

    moment: Moment
    author: str
    body: str
    to: str | None = None
    note: str | None = None
    reactions: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    changed: str | None = None
    taken_back: bool = False
    read_by: tuple[str, ...] = ()
    pinned_by: str | None = None


@cache
def lines(room: str) -> tuple[Line, ...]:
    """The lines of one file, as they are written. Raises ValueError at one that cannot be read."""
    return tuple(read((CORPUS / f"{room}.txt").read_text(encoding="utf-8").splitlines()))


def told_by(now: datetime, *rooms: str) -> list[tuple[datetime, Line]]:
    """What was said until ``now``, in order; where a scene is told in hours before now, no day runs into it."""
    found = sorted(((line.moment.on(now), line) for room in rooms for line in lines(room)), key=lambda pair: pair[0])
    scene = min((at for at, line in found if line.moment.before is not None), default=now)
    return [(at, line) for at, line in found if at <= now and (line.moment.before is not None or at < scene)]


def read(rows: list[str]) -> Iterator[Line]:
    """The lines of a room. Raises ValueError at one that cannot be read."""
    day: tuple[int, int] | None = None
    line: Line | None = None
    for number, row in enumerate(rows, 1):
        if not row.strip() or row.startswith("#"):
            continue
        if row.startswith("@"):
            day = _day(row, number)
        elif row.startswith(" ") and line is not None:
            _mark(line, row.strip())
        else:
            if line is not None:
                yield line
            line = _line(row, day, number)
    if line is not None:
        yield line


def _day(row: str, number: int) -> tuple[int, int] | None:
    if row == "@ now":
        return None
    found = DAY.fullmatch(row)
    if found is None:
        raise ValueError(f"line {number} is no day: {row}")
    weekday, named, ago = found.groups()
    weeks = int(ago) if ago else {"this": 0, "last": 1}[named]
    return weeks, WEEKDAYS.index(weekday)


def _line(row: str, day: tuple[int, int] | None, number: int) -> Line:
    found = LINE.fullmatch(row)
    if found is None or bool(found[1]) == (day is not None):
        raise ValueError(f"line {number} says no time, name and words: {row}")
    sign, hours, minutes, author, to, note, body = found.groups()
    moment = (
        Moment(before=timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "+" else 1))
        if day is None
        else Moment(weeks=day[0], weekday=day[1], at=time(int(hours), int(minutes)))
    )
    return Line(moment=moment, author=author, body=body, to=to, note=note)


def _mark(line: Line, row: str) -> None:
    found = MARK.fullmatch(row)
    if found is None:
        line.body += f"\n{row}"
        return
    reaction, given_by, sign, words, read_by, pinned_by = found.groups()
    if reaction:
        line.reactions.append((reaction, tuple(given_by.split(", "))))
    elif pinned_by:
        line.pinned_by = pinned_by
    elif read_by:
        line.read_by = tuple(read_by.split(", "))
    elif sign == "~":
        line.changed = words
    else:
        line.taken_back = True

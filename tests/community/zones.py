"""A calendar of zones that is not ``zoneinfo``: the compiled rules, read byte by byte, and the rule after their end.

The files are those of the system or of tzdata (RFC 8536); what is done with them here shares no line with Python's own.
"""

import re
import struct
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from zoneinfo import TZPATH

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
HEADER = struct.Struct(">4s16x6I")
NAME = r"(?:<[^>]+>|[A-Za-z]+)"
CLOCK = r"([+-]?)(\d+)(?::(\d+))?(?::(\d+))?"
RULE = re.compile(r"M(\d+)\.(\d)\.(\d)(?:/(.+))?")
FOOTER = re.compile(
    rf"{NAME}(?P<plain>[+-]?[\d:]+)(?:{NAME}(?P<summer>[+-]?[\d:]+)?,(?P<begins>[^,]+),(?P<ends>[^,]+))?"
)


@dataclass(frozen=True, slots=True)
class Zone:
    """How far ahead of UTC a place is, in seconds: ``offsets[n]`` from ``moments[n]`` on, and then by ``rule``."""

    first: int
    moments: tuple[int, ...]
    offsets: tuple[int, ...]
    rule: str

    def offset(self, at: int) -> int:
        if self.rule and (not self.moments or at >= self.moments[-1]):
            return by_rule(self.rule, at)
        place = bisect_right(self.moments, at)
        return self.offsets[place - 1] if place else self.first

    def day(self, at: int) -> date:
        """The date on the wall, so many seconds after 1970 began."""
        return (EPOCH + timedelta(seconds=at + self.offset(at))).date()

    def turns(self, years: range) -> list[int]:
        """The moments at which its clock jumps, those of these years by its rule among them."""
        found = [turn for year in years for turn in turns_of(self.rule, year)]
        return sorted({*self.moments, *found})


@cache
def zone_of(name: str) -> Zone:
    data = _file(name)
    assert data.startswith(b"TZif")
    counts = HEADER.unpack_from(data)[1:]
    at = HEADER.size + _size(counts, 4)  # the first block is for readers who know 32 bits alone
    counts = HEADER.unpack_from(data, at)[1:]
    times, types = counts[3:5]
    at += HEADER.size
    moments = struct.unpack_from(f">{times}q", data, at)
    kinds = struct.unpack_from(f">{times}B", data, at + times * 8)
    ahead = [struct.unpack_from(">iBB", data, at + times * 9 + kind * 6)[0] for kind in range(types)]
    footer = data[at + _size(counts, 8) :].decode().strip("\n")
    return Zone(ahead[0], moments, tuple(ahead[kind] for kind in kinds), footer)


def _size(counts: tuple[int, ...], width: int) -> int:
    utc, standard, leaps, times, types, chars = counts
    return times * (width + 1) + types * 6 + chars + leaps * (width + 4) + standard + utc


def _file(name: str) -> bytes:
    for folder in TZPATH:
        path = Path(folder) / name
        if path.is_file():
            return path.read_bytes()
    return (resources.files("tzdata") / "zoneinfo" / name).read_bytes()


def by_rule(rule: str, at: int) -> int:
    """The offset at a moment by a rule that goes on for ever, like ``EET-2EEST,M4.5.5/0,M10.5.4/24``."""
    plain, summer = _offsets(rule)
    if summer is None:
        return plain
    year = (EPOCH + timedelta(seconds=at + plain)).year
    begins, ends = turns_of(rule, year)
    inside = begins <= at < ends if begins < ends else not ends <= at < begins
    return summer if inside else plain


@cache
def turns_of(rule: str, year: int) -> tuple[int, ...]:
    """When summer begins and ends in a year by a rule, in seconds since 1970 began; none where it never does."""
    found = FOOTER.fullmatch(rule)
    plain, summer = _offsets(rule) if rule else (0, None)
    if found is None or summer is None:
        return ()
    return (_moment(found["begins"], year) - plain, _moment(found["ends"], year) - summer)


@cache
def _offsets(rule: str) -> tuple[int, int | None]:
    """What a rule says of the hours west of Greenwich, as seconds ahead of it."""
    found = FOOTER.fullmatch(rule)
    assert found is not None, rule
    plain = -_seconds(found["plain"])
    if found["begins"] is None:
        return plain, None
    return plain, -_seconds(found["summer"]) if found["summer"] else plain + 3600


def _moment(said: str, year: int) -> int:
    """ "M10.5.4/24": 24 hours after the midnight of the last Thursday of October, on the clock before the jump."""
    found = RULE.fullmatch(said)
    assert found is not None, said
    month, week, weekday = (int(found[part]) for part in (1, 2, 3))
    days = [day for day in _days(year, month) if day.isoweekday() % 7 == weekday]
    chosen = days[min(week, len(days)) - 1]
    midnight = datetime(chosen.year, chosen.month, chosen.day, tzinfo=UTC)
    return int((midnight - EPOCH).total_seconds()) + _seconds(found[4] or "2")


def _days(year: int, month: int) -> list[date]:
    first = date(year, month, 1)
    return [day for day in (first + timedelta(days=number) for number in range(31)) if day.month == month]


def _seconds(said: str) -> int:
    found = re.fullmatch(CLOCK, said)
    assert found is not None, said
    hours, minutes, seconds = (int(found[part] or 0) for part in (2, 3, 4))
    return (-1 if found[1] == "-" else 1) * (hours * 3600 + minutes * 60 + seconds)

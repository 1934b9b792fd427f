"""The input policy of PROTOCOL.md at one door, asked by REST, socket, page and service alike.

What is wrong never reaches the ORM, Redis or a log: malformed JSON is Malformed, a wrong value is Invalid.
"""

import json
import math
import re
import unicodedata
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any, NoReturn
from uuid import UUID
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from community.foundation.errors import FieldError, Invalid, Malformed

DEPTH = 8
INT_DIGITS = 18  # fits a signed 64-bit column with room to spare
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
VARIATIONS = re.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # they only say how the sign before them is drawn
UUID_FORM = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
DAY_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CLOCK_FORM = re.compile(r"[0-9]{2}:[0-9]{2}")
MOMENT_FORM = re.compile(
    rf"{DAY_FORM.pattern}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(\.[0-9]{{1,6}})?(Z|[+-][0-9]{{2}}:[0-9]{{2}})"
)
PHONE_FORM = re.compile(r"\+[1-9][0-9]{7,14}")
US_FORM = re.compile(r"[2-9][0-9]{9}")
SPACING = re.compile(r"[\s().-]")
YEARS = range(2000, 2101)  # a day outside was mistyped
MOMENT_YEARS = range(1900, 2201)
NO_PLACES = {"localtime", "Factory", "posixrules"}
INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp", "Cn", "Co", "Cs"}
BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f")


def decode(raw: bytes | str) -> dict[str, Any]:
    """Read one JSON object; raise Malformed for anything else, for a name twice, and below 8 levels."""
    try:
        text = raw.decode("utf-8") if isinstance(raw, bytes) else raw
        found = json.loads(
            text, object_pairs_hook=_once, parse_int=_whole, parse_float=_real, parse_constant=_no_number
        )
    except (ValueError, RecursionError) as error:
        raise Malformed from error
    if not isinstance(found, dict) or _depth_over(found, DEPTH):
        raise Malformed
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _whole(digits: str) -> int:
    if len(digits.lstrip("-")) > INT_DIGITS:
        raise ValueError("a number is too long")
    return int(digits)


def _real(digits: str) -> float:
    found = float(digits)
    if len(digits) > 32 or not math.isfinite(found):  # 1e999 would come back as Infinity, which is not JSON
        raise ValueError("a number is too long")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _depth_over(found: Any, left: int) -> bool:
    if not isinstance(found, dict | list):
        return False
    if left == 0:
        return True
    return any(_depth_over(item, left - 1) for item in (found.values() if isinstance(found, dict) else found))


def refuse(pointer: str, code: str, detail: str) -> NoReturn:
    raise Invalid(FieldError(pointer=pointer, code=code, detail=detail))


def text(value: Any, *, at: str, most: int, blank: bool = False) -> str:
    """A string of at most ``most`` code points, stored as it is, save that every line end becomes a line feed."""
    if not isinstance(value, str):
        refuse(at, "type", _("This must be text."))
    if CONTROLS.search(value):
        refuse(at, "characters", _("There is a character here that we can't keep."))
    words = value.replace("\r\n", "\n").replace("\r", "\n")
    if len(words) > most:
        refuse(at, "too_long", _("This can be %(most)s characters at most.") % {"most": most})
    if not blank and not visible(words):
        refuse(at, "blank", _("Write something first."))
    return words


def line(value: Any, *, at: str, most: int, blank: bool = False) -> str:
    """Words on one line, each sign of which can be seen: none that turns or hides what stands beside it."""
    words = " ".join(text(value, at=at, most=most, blank=True).split())
    if any(unicodedata.category(char) in INVISIBLE - {"Zs"} or char in BLANKS for char in words):
        refuse(at, "characters", _("There is a character here that nobody can see. Type the words again."))
    if not blank and not words:
        refuse(at, "blank", _("Write something first."))
    return words


def visible(words: str) -> bool:
    """Whether at least one character can be seen."""
    drawn = VARIATIONS.sub("", words)
    return any(unicodedata.category(char) not in INVISIBLE and char not in BLANKS for char in drawn)


def address(value: Any, *, at: str, blank: bool = False) -> str:
    """An e-mail address in lower case, at most 254 characters."""
    words = text(value, at=at, most=254, blank=blank).strip().lower()
    try:
        if words:
            validate_email(words)
    except ValidationError:
        refuse(at, "address", _("This does not look like an e-mail address."))
    return words


def phone(value: Any, *, at: str) -> str:
    """A phone number as +12015550144, or nothing; ten digits are one of the United States."""
    number = SPACING.sub("", text(value, at=at, most=30, blank=True))
    if US_FORM.fullmatch(number):
        number = f"+1{number}"
    if number and not PHONE_FORM.fullmatch(number):
        refuse(at, "format", _("Enter the number with its area code, like 555-201-3344."))
    return number


def uuid(value: Any, *, at: str) -> UUID:
    """An id: 36 characters, any case; the nil id is refused."""
    if not isinstance(value, str) or not UUID_FORM.fullmatch(value):
        refuse(at, "id", _("This must be an id of 36 characters."))
    found = UUID(value)
    if found.int == 0:
        refuse(at, "id", _("This must be an id of 36 characters."))
    return found


def whole(value: Any, *, at: str, least: int = 0, most: int = 2**53) -> int:
    """A whole number from ``least`` to ``most``; true and false are not numbers."""
    if not isinstance(value, int) or isinstance(value, bool):
        refuse(at, "type", _("This must be a whole number."))
    if not least <= value <= most:
        refuse(at, "range", _("This number is out of range."))
    return value


def flag(value: Any, *, at: str) -> bool:
    """True or false, nothing that resembles them."""
    if not isinstance(value, bool):
        refuse(at, "type", _("This must be true or false."))
    return value


def one_of(value: Any, choices: frozenset[str], *, at: str) -> str:
    if not isinstance(value, str) or value not in choices:
        refuse(at, "choice", _("Choose one of: %(choices)s.") % {"choices": ", ".join(sorted(choices))})
    return value


def day(value: Any, *, at: str, years: range = YEARS) -> date:
    """A calendar day of ``years``, this century unless told, as a date or YYYY-MM-DD."""
    found = value if isinstance(value, date) and not isinstance(value, datetime) else None
    if isinstance(value, str) and DAY_FORM.fullmatch(value):
        try:
            found = date.fromisoformat(value)
        except ValueError:
            found = None
    if found is None:
        refuse(at, "day", _("Enter the day as year, month, day."))
    if found.year not in years:
        refuse(at, "day", year_words(years))
    return found


def year_words(years: range) -> str:
    """What is said of a day that was mistyped."""
    return _("Please check the year. It can be %(first)d to %(last)d.") % {"first": years[0], "last": years[-1]}


def moment(value: Any, *, at: str) -> datetime:
    """A moment of RFC 3339 with its offset, as text, of this century or the last; turned into UTC."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) and MOMENT_FORM.fullmatch(value) else None
    except ValueError:
        found = None
    if found is None or found.year not in MOMENT_YEARS:
        refuse(at, "moment", _("Enter the moment as 2026-11-17T18:30:00Z."))
    return found.astimezone(UTC)


def clock_time(value: Any, *, at: str) -> time:
    """A time of day on the clock of the place, to the minute, as a time or HH:MM."""
    found = value if isinstance(value, time) else None
    if isinstance(value, str) and CLOCK_FORM.fullmatch(value):
        try:
            found = time.fromisoformat(value)
        except ValueError:
            found = None
    if found is None or found.tzinfo is not None or found.second or found.microsecond:
        refuse(at, "time", _("Enter the time as hours and minutes."))
    return found.replace(fold=0)


def zone(value: Any, *, at: str) -> str:
    """The name of a time zone."""
    if not isinstance(value, str) or value not in zones():
        refuse(at, "choice", _("This is not a time zone we know."))
    return value


@cache
def zones() -> frozenset[str]:
    """The names of places, and of UTC; not those that mean "as this machine is set", or no place at all."""
    return frozenset(available_timezones()) - NO_PLACES  # reads hundreds of files


def known(
    found: dict[str, Any], fields: frozenset[str], *, needed: frozenset[str] = frozenset(), under: str = ""
) -> None:
    """Refuse names nobody asked for and miss those that must be there, all at once; ``under`` is where they stand."""
    errors = [
        FieldError(under + pointer(name), "unknown", _("There is no such field."))
        for name in found
        if name not in fields
    ]
    errors += [
        FieldError(under + pointer(name), "required", _("This is needed.")) for name in sorted(needed - found.keys())
    ]
    if errors:
        raise Invalid(*errors)


def pointer(name: str) -> str:
    """The RFC 6901 pointer of a top-level name; what cannot be printed is replaced."""
    safe = CONTROLS.sub("\ufffd", name)[:64]
    return "/" + safe.replace("~", "~0").replace("/", "~1")

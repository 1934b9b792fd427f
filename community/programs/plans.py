"""What staff planned, judged before anything is written. Pure: the same for page, API and command."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from community.foundation import inputs

NAME_MOST = 80
WHERE_MOST = 200
CAPACITY_MOST = 60
SLOT_LEAST, SLOT_MOST = 15, 360  # minutes
SLOTS_MOST = 28
DAY_MINUTES = 24 * 60
LANGUAGES = frozenset(code for code, _label in settings.LANGUAGES)
ADMISSIONS = frozenset({"rolling", "closed"})
COHORT_FIELDS = frozenset({"name", "admission", "starts", "ends", "capacity", "zone", "where", "language"})


@dataclass(frozen=True, slots=True, order=True)
class SlotPlan:
    """One time of the week: Monday is 0."""

    weekday: int
    starts: time
    minutes: int

    @property
    def from_minute(self) -> int:
        return self.starts.hour * 60 + self.starts.minute

    @property
    def until_minute(self) -> int:
        return self.from_minute + self.minutes


def name(value: Any) -> str:
    """A name people read, on one line."""
    return " ".join(inputs.text(value, at="/name", most=NAME_MOST).split())


def cohort(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that are given, as they are kept. Raises Invalid; whether the dates fit is asked of the whole."""
    judges: dict[str, Callable[[Any], Any]] = {
        "name": name,
        "admission": lambda value: inputs.one_of(value, ADMISSIONS, at="/admission"),
        "starts": lambda value: inputs.day(value, at="/starts"),
        "ends": lambda value: None if value is None else inputs.day(value, at="/ends"),
        "capacity": lambda value: inputs.whole(value, at="/capacity", least=1, most=CAPACITY_MOST),
        "zone": lambda value: inputs.zone(value, at="/zone"),
        "where": lambda value: inputs.text(value, at="/where", most=WHERE_MOST, blank=True).strip(),
        "language": lambda value: inputs.one_of(value, LANGUAGES | {""}, at="/language"),
    }
    inputs.known(dict(wanted), COHORT_FIELDS)
    return {field: judges[field](value) for field, value in wanted.items()}


def dates(*, admission: str, starts: date, ends: date | None) -> None:
    """Raises Invalid when the last day lies before the first, or a group that starts together has no last day."""
    if ends is None and admission == "closed":
        inputs.refuse("/ends", "required", _("A group that starts together needs a last day."))
    if ends is not None and ends < starts:
        inputs.refuse("/ends", "backwards", _("The last day comes before the first one."))


def slots(wanted: Sequence[Mapping[str, Any] | SlotPlan]) -> list[SlotPlan]:
    """The times of a week in order. Raises Invalid for one that cannot be, and for two at the same time."""
    if len(wanted) > SLOTS_MOST:
        inputs.refuse("/slots", "too_many", _("That is more times than a week can hold."))
    found = [_slot(one, at=f"/slots/{number}") for number, one in enumerate(wanted)]
    by_number = sorted(range(len(found)), key=lambda number: found[number])
    for before, after in pairwise(by_number):
        earlier, later = found[before], found[after]
        if earlier.weekday == later.weekday and later.from_minute < earlier.until_minute:
            inputs.refuse(f"/slots/{after}", "overlap", _("Two of these times overlap."))
    return sorted(found)


def _slot(wanted: Mapping[str, Any] | SlotPlan, *, at: str) -> SlotPlan:
    given = (
        {"weekday": wanted.weekday, "starts": wanted.starts, "minutes": wanted.minutes}
        if isinstance(wanted, SlotPlan)
        else dict(wanted)
    )
    fields = frozenset({"weekday", "starts", "minutes"})
    inputs.known(given, fields, needed=fields)
    plan = SlotPlan(
        weekday=inputs.whole(given["weekday"], at=f"{at}/weekday", most=6),
        starts=inputs.clock_time(given["starts"], at=f"{at}/starts"),
        minutes=inputs.whole(given["minutes"], at=f"{at}/minutes", least=SLOT_LEAST, most=SLOT_MOST),
    )
    if plan.until_minute > DAY_MINUTES:
        inputs.refuse(f"{at}/minutes", "past_midnight", _("This goes on past midnight. Let it end on the same day."))
    return plan


def end_ahead(value: date | datetime | None, *, zone: str, now: datetime) -> datetime | None:
    """The moment something is to end; of a day, its last one in ``zone``. Raises Invalid for what is over already."""
    found = value if value is None or isinstance(value, datetime) else end_of_day(value, zone)
    if found is not None and found <= now:
        inputs.refuse("/ends", "backwards", _("This day is over already."))
    return found


def end_of_day(day: date, zone: str) -> datetime:
    """Midnight after this day, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)

"""What an emergency sheet asks, how long an opening lasts, and by when somebody else looks at it, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LASTS = timedelta(minutes=60)
AGAIN = timedelta(days=30)  # after which its person is asked whether it is still right
LINE_MOST = 300
WHY_MOST = 1000
KIND = "emergency_sheet"  # the agreement to it, and the code of the step in the queue
SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One line of the sheet: what its person is asked, and what stands above the answer for who opens it."""

    asks: Promise
    reads: Promise
    hint: Promise | str = ""


#: In the order in which somebody who calls for help needs them.
QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        "name": Question(
            asks=_("A name to ask for"),
            reads=_("Ask for"),
            hint=_("The name people where you live would know."),
        ),
        "phone": Question(asks=_("Your phone"), reads=_("Their phone")),
        "place": Question(
            asks=_("Where help would find you"),
            reads=_("Where help finds them"),
            hint=_("Where you sleep these nights; a door code, if there is one."),
        ),
        "contact": Question(
            asks=_("Whom to call"), reads=_("Whom they want called"), hint=_("One person, with their phone.")
        ),
        "relation": Question(
            asks=_("What they are to you"),
            reads=_("What that person is to them"),
            hint=_("A sister, a neighbor, a friend."),
        ),
        "say": Question(
            asks=_("What to tell them"),
            reads=_("What to tell that person"),
            hint=_("In your words. Without any: “They need help.” Nobody says why."),
        ),
        "health": Question(
            asks=_("Allergies and medicines"),
            reads=_("Allergies and medicines"),
            hint=_("What an ambulance should know."),
        ),
        "doctor": Question(asks=_("Your doctor, or a hospital"), reads=_("Their doctor, or a hospital")),
    }
)


def look_by(opened: datetime, zone: str) -> date:
    """The next working day after an opening, on the clock of the place."""
    day = opened.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day

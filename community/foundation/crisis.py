"""The lines for somebody in danger, as the organization has set them, with what a phone can do with each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core import checks

from community.foundation import clock

LOOK_AGAIN = timedelta(days=365)  # after a person last looked whether a number is still right
TEXTED = {5, 6}  # digits: short codes are for texting


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One line of Get help now; ``kind`` is emergency, text or call. It may have no ``tel``, or no ``sms``."""

    name: str
    number: str
    reviewed: date
    kind: str
    tel: str
    sms: str


def help_lines() -> list[HelpLine]:
    """All of them, in the organization's order."""
    found = []
    for line in settings.CRISIS_LINES:
        digits = line.digits
        texting = len(digits) in TEXTED
        found.append(
            HelpLine(
                name=line.name,
                number=line.number,
                reviewed=line.reviewed,
                kind="emergency" if line.is_emergency else "text" if texting else "call",
                tel="" if texting else digits,
                sms=digits if texting or digits == "988" else "",
            )
        )
    return found


def emergency_line() -> HelpLine | None:
    return next((line for line in help_lines() if line.kind == "emergency"), None)


def unreviewed() -> list[str]:
    """A sentence for each that nobody has reviewed for a year, or that says so of a day to come."""
    today = clock.today("UTC")
    return [
        f"CRISIS_LINES: somebody should look whether {line.number} ({line.name}) is still right; it was reviewed on"
        f" {line.reviewed.isoformat()}."
        for line in help_lines()
        if not today - LOOK_AGAIN <= line.reviewed <= today + timedelta(days=1)
    ]


def longest_unreviewed() -> float:
    """Days since the line was reviewed that waits for it the longest."""
    today = clock.today("UTC")
    return max((float((today - line.reviewed).days) for line in help_lines()), default=0.0)


def lines_are_reviewed(**_asked: Any) -> Iterable[checks.CheckMessage]:
    """A number that was right years ago may ring nowhere."""
    return [checks.Warning(said, id="foundation.W001") for said in unreviewed()]


def line_to_call() -> HelpLine | None:
    """The first that somebody can call and that is not for emergencies alone; often 988."""
    return next((line for line in help_lines() if line.kind == "call"), None)

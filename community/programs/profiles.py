"""What each track asks for, as data: whom a program is walled from, what a new seat shows, how much a week is usual."""

from dataclasses import dataclass

from django.conf import settings

TEEN = "teen"
MINORS = "13-17"
#: Where a number of days says nothing good (MATCHING.md 4a): weeks, skills and own goals count there.
COUNTS_NO_DAYS = frozenset({"mental_health", "eating_disorder"})
#: Usual clinic hours a week, at least and at most (SAMHSA Advisory 2021 on intensive outpatient treatment; ASAM).
ADULT_HOURS = (9, 19)
MINOR_HOURS = (6, 19)


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyProfile:
    """``walled``: nobody is in such a program and in one outside the wall, or behind another one, at the same time.

    ``history_days``: how much from before it began a new seat shows. ``weekly_hours``: what is usual; advice, no bound.
    ``counts_days``: whether days in recovery are counted at all.
    """

    walled: bool
    history_days: int
    weekly_hours: tuple[int, int]
    counts_days: bool


def profile_of(track: str, age_band: str) -> SafetyProfile:
    """The profile of a track (code) and, in a teen program, of the ages it is for."""
    teen = track == TEEN
    return SafetyProfile(
        walled=teen,
        history_days=settings.HISTORY_DAYS_TEEN if teen else settings.HISTORY_DAYS,
        weekly_hours=MINOR_HOURS if age_band == MINORS else ADULT_HOURS,
        counts_days=track not in COUNTS_NO_DAYS,
    )

"""What a person is shown of what they may share, and an administrator of the scan."""

from groups.celebrations.reading.days import days_to_choose
from groups.celebrations.reading.saving import speaking, standing_names
from groups.celebrations.reading.scan import is_late, waits_for_somebody
from groups.celebrations.reading.shares import (
    WITH_YOU,
    asked_of,
    asks_of,
    finished_by,
    gone,
    preview,
    shared_in,
    shares_line,
    still_stands,
    title_of,
    words_in_room,
)
from groups.celebrations.reading.today import shared_today
from groups.celebrations.reading.week import week_of

__all__ = [
    "WITH_YOU",
    "asked_of",
    "asks_of",
    "days_to_choose",
    "finished_by",
    "gone",
    "is_late",
    "preview",
    "shared_in",
    "shared_today",
    "shares_line",
    "speaking",
    "standing_names",
    "still_stands",
    "title_of",
    "waits_for_somebody",
    "week_of",
    "words_in_room",
]

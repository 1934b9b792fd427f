"""What a person is shown of what they may share, and an administrator of the scan."""

from groups.celebrations.reading.scan import is_late, waits_for_somebody
from groups.celebrations.reading.shares import (
    WITH_YOU,
    asked_of,
    preview,
    shared_in,
    still_stands,
    week_of,
    when,
    words_in_room,
)

__all__ = [
    "WITH_YOU",
    "asked_of",
    "is_late",
    "preview",
    "shared_in",
    "still_stands",
    "waits_for_somebody",
    "week_of",
    "when",
    "words_in_room",
]

"""Rooms and seats. Import the room, say the verb: ``membership.seat(...)``."""

from groups.membership.services.endings import retire, take, unseat
from groups.membership.services.hearing import settle_days
from groups.membership.services.muting import mute
from groups.membership.services.rooms import (
    change_restriction,
    hold_room,
    keep_quiet,
    open_group,
    rename_group,
    restrict,
)
from groups.membership.services.seats import note_change, rename, seat, take_seat
from groups.membership.services.writing import close_writing, let_write, note_doors

__all__ = [
    "change_restriction",
    "close_writing",
    "hold_room",
    "keep_quiet",
    "let_write",
    "mute",
    "note_change",
    "note_doors",
    "open_group",
    "rename",
    "rename_group",
    "restrict",
    "retire",
    "seat",
    "settle_days",
    "take",
    "take_seat",
    "unseat",
]

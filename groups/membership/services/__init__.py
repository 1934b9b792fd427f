"""Rooms and seats. Import the room, say the verb: ``membership.seat(...)``."""

from groups.membership.services.rooms import hold_room, open_group, rename_group, restrict
from groups.membership.services.seats import close_writing, note_change, rename, retire, seat, unseat

__all__ = [
    "close_writing",
    "hold_room",
    "note_change",
    "open_group",
    "rename",
    "rename_group",
    "restrict",
    "retire",
    "seat",
    "unseat",
]

"""Rooms and seats. Import the room, say the verb: ``membership.seat(...)``."""

from groups.membership.services.hearing import settle_days
from groups.membership.services.rooms import hold_room, open_group, rename_group, restrict
from groups.membership.services.seats import note_change, rename, retire, seat, unseat
from groups.membership.services.writing import close_writing, let_write

__all__ = [
    "close_writing",
    "hold_room",
    "let_write",
    "note_change",
    "open_group",
    "rename",
    "rename_group",
    "restrict",
    "retire",
    "seat",
    "settle_days",
    "unseat",
]

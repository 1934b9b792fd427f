from dataclasses import dataclass
from uuid import UUID

from community.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagesChanged(Event):
    """Something in this group's log is new, up to ``version``. One a group and transaction, whatever changed."""

    group_id: UUID
    version: int

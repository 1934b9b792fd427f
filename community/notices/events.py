from dataclasses import dataclass
from uuid import UUID

from community.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWritten(Event):
    """There is a word for somebody; ``again``: one that waited is said anew."""

    notice_id: UUID
    person_id: UUID
    version: int
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticesSeen(Event):
    """Somebody saw these; whatever else would have carried them need not."""

    notice_ids: tuple[UUID, ...]
    person_id: UUID
    version: int

from dataclasses import dataclass
from uuid import UUID

from community.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSuspended(Event):
    """A person reads and writes in no room from now on."""

    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRestored(Event):
    """No suspension of a person stands any more: everything is as before."""

    person_id: UUID

from dataclasses import dataclass
from uuid import UUID

from community.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsEnded(Event):
    """These devices of a person are signed out; their sockets close at once."""

    person_id: UUID
    session_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountClosed(Event):
    """A person has died, as staff confirmed: nobody signs in as them, and no machine speaks to or of them any more."""

    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOpened(Event):
    """That was an error: the account is theirs as before."""

    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChanged(Event):
    """A person signs in with another password from now on."""

    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRenamed(Event):
    """A person goes by another name from now on. Heard by the rooms where they used the old one."""

    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonBlocked(Event):
    """One person blocked, or unblocked, another. Told to nobody but the blocker's own screens."""

    blocker_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceChosen(Event):
    """A person chose to show, or to show no longer, that they are around."""

    person_id: UUID
    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneChosen(Event):
    """A person lives by another clock from now on: what is due on their day is due at another moment."""

    person_id: UUID

from dataclasses import dataclass

from community.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRestored(Event):
    """All of this site is as it was some time ago. What was ended since is open in it again, until somebody ends it."""

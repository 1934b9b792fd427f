"""What the people of this place make of facts that are told below."""

from community.audit.events import BackupRestored
from community.people import services


def sign_everybody_out(_event: BackupRestored) -> None:
    """A device that was signed out since the backup, or lost, must not be signed in again."""
    services.end_every_session()

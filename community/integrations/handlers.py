"""What integrations make of facts that are told below."""

from community.audit.events import BackupRestored
from community.integrations import services


def stop_every_token(_event: BackupRestored) -> None:
    """A token that was revoked since the backup, or leaked, must not open anything again."""
    services.revoke_every_token()

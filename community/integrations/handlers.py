"""What integrations make of facts that are told below."""

from community.audit.events import BackupRestored
from community.integrations import services
from community.people.events import AccountClosed


def stop_every_token(_event: BackupRestored) -> None:
    """A token that was revoked since the backup, or leaked, must not open anything again."""
    services.revoke_every_token()


def on_closed(event: AccountClosed) -> None:
    services.revoke_every_token(person_id=event.person_id)

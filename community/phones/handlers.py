"""What keys do when something happened below."""

from community.people.events import SessionsEnded
from community.phones import services


def on_sessions_ended(event: SessionsEnded) -> None:
    services.forget_keys(session_ids=event.session_ids)

"""Whether this process is leaving. Set by the server, read by the health pages."""

import threading

_leaving = threading.Event()


def leave() -> None:
    """From now on this process takes no new visitors."""
    _leaving.set()


def stay() -> None:
    """Take it back (tests)."""
    _leaving.clear()


def staying() -> bool:
    return not _leaving.is_set()

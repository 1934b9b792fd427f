"""Facts that rooms tell each other. Heard *together* (same transaction, must succeed) or *afterwards* (on commit)."""

import logging
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened: ids and plain values only, never words people wrote, never a model."""


type Listener[E: Event] = Callable[[E], object]

_together: dict[type[Event], list[Listener[Any]]] = defaultdict(list)
_afterwards: dict[type[Event], list[Listener[Any]]] = defaultdict(list)


def together[E: Event](kind: type[E], listener: Listener[E]) -> None:
    """Hear ``kind`` inside the publishing transaction; if the listener fails, nothing happened."""
    _add(_together[kind], listener)


def afterwards[E: Event](kind: type[E], listener: Listener[E]) -> None:
    """Hear ``kind`` once it is true. A listener that fails is logged and silences nobody else."""
    _add(_afterwards[kind], listener)


def publish(event: Event) -> None:
    """State a fact. Must be called inside a transaction."""
    for listener in _together[type(event)]:
        listener(event)
    for listener in _afterwards[type(event)]:
        transaction.on_commit(partial(_hear, listener, event))


def kinds() -> set[type[Event]]:
    """Every event class of the house, for the walls that ask who hears it.

    A dataclass with slots is a second class; the first one lingers as a subclass for a while, and is no event.
    """
    found: set[type[Event]] = set()
    waiting = list(Event.__subclasses__())
    while waiting:
        kind = waiting.pop()
        if getattr(sys.modules[kind.__module__], kind.__name__, None) is kind:
            found.add(kind)
        waiting += kind.__subclasses__()
    return found


def _add(listeners: list[Listener[Any]], listener: Listener[Any]) -> None:
    if listener not in listeners:
        listeners.append(listener)


def _hear(listener: Listener[Any], event: Event) -> None:
    try:
        listener(event)
    except Exception:
        log.exception("listener failed", extra={"event": type(event).__name__})

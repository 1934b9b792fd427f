"""What the house does by itself every minute: chores that rooms hand in, from forgetting old answers to mail."""

import logging

from community.foundation.registers import Chore, Register, errands, upkeep, urgent

log = logging.getLogger(__name__)


def keep_up(*registers: Register[Chore]) -> dict[str, int | None]:
    """Do every chore once and say how many rows each one touched; None for one that failed.

    A chore that fails is logged and keeps no other one waiting. Two processes may do this at once: whatever a chore
    does twice must be the same as once.
    """
    chores = [pair for register in registers or (urgent, errands, upkeep) for pair in register.items()]
    return {name: _done(name, chore) for name, chore in chores}


def _done(name: str, chore: Chore) -> int | None:
    try:
        return chore()
    except Exception:
        log.exception("a chore failed", extra={"chore": name})
        return None

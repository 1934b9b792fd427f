"""Who is around, of those who chose to show it: leases that end by themselves.

A process renews the leases of those whose sockets it holds: in the cache, for pages and REST, and by hints to their
groups, for the readers of every process. Nobody ever has to say that they are gone.
"""

import asyncio
import logging
import random
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from community.foundation import leases
from community.foundation.errors import Busy
from groups.membership.rules import AROUND
from realtime.around import STANDS
from realtime.audience import Hint, group_address
from realtime.delivery import bell
from realtime.questions import chose_to_show_presence

if TYPE_CHECKING:
    from realtime.hub import Hub

log = logging.getLogger(__name__)
RENEWED = 15.0  # seconds


class Presence:
    """The renewing half: one round in a while for everybody whose socket is here, and at once for who has just come."""

    def __init__(self, hub: "Hub") -> None:
        self.hub = hub

    async def run(self) -> None:
        while True:
            await asyncio.sleep(RENEWED * random.uniform(0.8, 1.2))  # noqa: S311 - jitter, not a secret
            try:
                await self.renew(list(self.hub.people))
            except Busy:
                log.warning("presence waits for the store")
            except Exception:
                log.exception("presence stumbled")

    async def renew(self, people: Iterable[UUID]) -> None:
        """Say once more that those of ``people`` who chose to show it are around, in each of their groups."""
        chosen = await self.hub.threads.run(lambda: _held(list(people)))
        told: dict[UUID, dict[str, int]] = {}
        for person in chosen:
            for socket in self.hub.people.get(person, ()):
                for group_id, subscription in socket.subscriptions.items():
                    told.setdefault(group_id, {})[subscription.place.member_id] = STANDS
        bell.ring([Hint(group_address(group_id), {"around": members}) for group_id, members in told.items()])


def _held(people: list[UUID]) -> list[UUID]:
    chosen = chose_to_show_presence(people)
    leases.hold(what=AROUND, who=map(str, chosen), seconds=STANDS)
    return chosen

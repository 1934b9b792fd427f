"""The demo's quiet evening: in rooms that somebody has open, its people write now and then."""

import asyncio
import logging
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

from community.foundation.errors import Busy, Refusal
from groups.demo import evening

if TYPE_CHECKING:
    from realtime.hub import Hub

log = logging.getLogger(__name__)
ROUND = timedelta(seconds=15)


def has_an_evening() -> bool:
    """Only the demo has one, and only while PORCHLIGHT_EVENING lets it."""
    return bool(getattr(settings, "DEMO", False) and settings.EVENING)


class Evening:
    """One round in a while over the rooms with somebody in them; a room without anybody waits."""

    def __init__(self, hub: "Hub") -> None:
        self.hub = hub
        self.company: dict[UUID, timedelta] = {}

    async def run(self) -> None:
        while True:
            await asyncio.sleep(ROUND.total_seconds())
            try:
                await self.once()
            except Busy:
                log.warning("the evening waits for the store")
            except Exception:
                log.exception("the evening stumbled")

    async def once(self) -> None:
        for group_id in [group_id for group_id, reader in self.hub.readers.items() if reader.subscriptions]:
            spent = self.company[group_id] = self.company.get(group_id, timedelta()) + ROUND
            with suppress(Refusal):  # somebody who keeps the room asked them to be still: then they are
                if await self.hub.threads.run(partial(evening.say_next, group_id=group_id, company=spent)) is not None:
                    self.company[group_id] = timedelta()

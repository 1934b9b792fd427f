"""How this process hears hints: one channel of the layer for all its sockets, subscribed to whoever is here."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import Any

from channels.layers import get_channel_layer

log = logging.getLogger(__name__)
PATIENCE = 2.0  # seconds for a subscription
AGAIN = 1.0  # seconds until a layer that is away is asked again


class Ear:
    """Listens for ever. A layer that is away is asked again, and the sweep serves meanwhile."""

    def __init__(self, *, wanted: Callable[[], Iterable[str]], hear: Callable[[dict[str, Any]], None]) -> None:
        self._wanted, self._hear = wanted, hear
        self._channel = ""

    async def listen(self) -> None:
        while True:
            try:
                layer = get_channel_layer()
                assert layer is not None  # noqa: S101 - settings always name one
                self._channel = self._channel or await layer.new_channel()
                for address in self._wanted():
                    await layer.group_add(address, self._channel)
                while True:
                    self._take(await layer.receive(self._channel))
            except asyncio.CancelledError:
                raise
            except Exception:  # noqa: BLE001 - whatever it is, listening goes on
                log.warning("the layer is away")
                await asyncio.sleep(AGAIN)

    def _take(self, hint: dict[str, Any]) -> None:
        try:
            self._hear(hint)
        except Exception:
            log.exception("a hint could not be understood")

    async def subscribe(self, address: str) -> None:
        """Hear hints for ``address``; if that fails, the sweep serves meanwhile and subscribes again."""
        layer = get_channel_layer()
        if layer is None or not self._channel:
            return  # listen() adds whatever is wanted once it has a channel
        try:
            await asyncio.wait_for(layer.group_add(address, self._channel), PATIENCE)
        except Exception:  # noqa: BLE001 - as above
            log.warning("could not subscribe")

    async def unsubscribe(self, address: str) -> None:
        """Hear no more of ``address``, unless somebody came back meanwhile. A hint for nobody does no harm."""
        layer = get_channel_layer()
        if layer is None or not self._channel or address in self._wanted():
            return
        try:
            await asyncio.wait_for(layer.group_discard(address, self._channel), PATIENCE)
        except Exception:  # noqa: BLE001 - as above
            log.warning("could not unsubscribe")

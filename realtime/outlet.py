"""How bytes leave. The portable outlet speaks ASGI; a faster one for one server stands behind the same words."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

type Send = Callable[[dict[str, Any]], Awaitable[None]]


class Outlet(Protocol):
    """Where a socket's frames go."""

    async def write(self, text: str) -> None: ...

    async def close(self, code: int) -> None: ...


class Portable:
    """Any ASGI server."""

    def __init__(self, send: Send) -> None:
        self._send = send

    async def write(self, text: str) -> None:
        await self._send({"type": "websocket.send", "text": text})

    async def close(self, code: int) -> None:
        await self._send({"type": "websocket.close", "code": code})

"""The door of every process: pages and API to Django, one socket address to its consumer, anything else is refused."""

import os
from collections.abc import Awaitable, Callable
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings.demo")
pages = get_asgi_application()

from community.foundation import drain  # noqa: E402 - as below
from realtime.consumers import PersonConsumer  # noqa: E402 - models load once Django is set up
from realtime.drain import answering, leave_well  # noqa: E402
from realtime.handshake import origin_is_good  # noqa: E402
from realtime.sole import take_the_lock  # noqa: E402

SOCKET = "/ws/v1/"
person = PersonConsumer.as_asgi()
take_the_lock()

type Scope = Any  # ASGI is spoken here: its events are plain dicts
type Receive = Callable[[], Awaitable[Any]]
type Send = Callable[[Any], Awaitable[None]]


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Route by kind and path. A foreign Origin and an unknown path are refused before accept (HTTP 403)."""
    leave_well()
    if scope["type"] == "http":
        with answering():
            await pages({**scope, "root_path": ""}, receive, send)  # Daphne believes a header about it from anybody
    elif scope["type"] == "websocket" and scope["path"] == SOCKET and drain.staying() and origin_is_good(scope):
        await person(scope, receive, send)
    elif scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close"})
    else:
        raise ValueError(f"no such kind of connection: {scope['type']}")

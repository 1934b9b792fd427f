"""One socket a person: it decodes, forwards and sends, and knows no rule and no table."""

from typing import Any, override

from channels.consumer import AsyncConsumer, get_handler_name
from channels.exceptions import StopConsumer
from django.conf import settings

from community.foundation import limits
from community.foundation.errors import Busy, TooLarge, TooMany
from realtime import protocol
from realtime.commands import Desk
from realtime.handshake import visitor
from realtime.hub import Hub, hub_here
from realtime.outlet import Portable
from realtime.sockets import Socket, Visitor

MALFORMED_MOST = 10


class PersonConsumer(AsyncConsumer):
    """The socket at /ws/v1/. Its Origin was judged before; here it is accepted, so that a close can say why."""

    channel_layer_alias = "none"  # the hub listens for all sockets; a layer's channel a socket would cost one each

    desk: Desk | None = None
    malformed = 0

    @override
    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """However this connection ends (Daphne cancels one whose last command takes too long), its socket goes."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            if self.desk is not None:
                await self.desk.hub.exit(self.desk.socket)

    @override
    async def dispatch(self, message: dict[str, Any]) -> None:
        """Straight to the handler: the stock one hops through a thread on every event."""
        handler = getattr(self, get_handler_name(message), None)
        if handler is not None:
            await handler(message)

    async def websocket_connect(self, message: dict[str, Any]) -> None:
        await self.send({"type": "websocket.accept"})
        try:
            hub = await hub_here()
            found = await hub.threads.run(self._visitor)
        except Busy:
            await self._turn_away(protocol.CLOSE_RESTART)
            return
        except TooMany:
            await self._turn_away(protocol.CLOSE_TOO_FAST)
            return
        if found is None:
            await self._turn_away(protocol.CLOSE_SIGNED_OUT)
        elif len(hub.people.get(found.person.pk, ())) >= settings.LIMITS["sockets"]:
            await self._turn_away(protocol.CLOSE_TOO_FAST)
        else:
            await self._welcome(hub, found)

    def _visitor(self) -> Visitor | None:
        found = visitor(dict(self.scope))
        if found is not None and found.limited:
            most = settings.LIMITS["connects_a_minute"]
            limits.spend(what="connect", who=str(found.person.pk), most=most, seconds=60)
        return found

    async def _welcome(self, hub: Hub, found: Visitor) -> None:
        socket = Socket(found, Portable(self.base_send))  # type: ignore[arg-type]  # the stubs name each event
        self.desk = Desk(hub, socket)
        try:
            await hub.enter(socket)
        except Busy:
            socket.close(protocol.CLOSE_RESTART)

    async def _turn_away(self, code: int) -> None:
        await self.send({"type": "websocket.close", "code": code})

    async def websocket_receive(self, message: dict[str, Any]) -> None:
        desk = self.desk
        if desk is None or desk.socket.closed:
            return
        in_pace = desk.within_pace()
        try:
            command = protocol.decode(message.get("text"))
        except TooLarge as refusal:
            desk.refuse(None, refusal)
            desk.socket.close(protocol.CLOSE_TOO_LARGE)
        except protocol.Unfit as refusal:
            self.malformed += 1
            desk.refuse(refusal.frame_id, refusal)
            if self.malformed >= MALFORMED_MOST:
                desk.socket.close(protocol.CLOSE_PROTOCOL)
        else:
            self.malformed = 0
            if in_pace:
                await desk.obey(command)
            else:
                desk.refuse(command.id, TooMany(1))

    async def websocket_disconnect(self, message: dict[str, Any]) -> None:
        raise StopConsumer  # what is to be undone is undone in __call__

from typing import override

from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    """How words arrive: the top floor. Nothing imports it.

    Only listeners are registered here, since this runs in every command; the running half starts with the first socket.
    """

    name = "realtime"

    @override
    def ready(self) -> None:
        from community.foundation.events import afterwards
        from community.foundation.registers import Figure, figures
        from realtime.audience import AUDIENCE
        from realtime.delivery import on_event
        from realtime.hub import open_sockets

        for kind in AUDIENCE:
            afterwards(kind, on_event)
        figures.add("sockets", Figure("Sockets open in this process.", open_sockets))

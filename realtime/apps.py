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
        from realtime.audience import AUDIENCE
        from realtime.delivery import on_event

        for kind in AUDIENCE:
            afterwards(kind, on_event)

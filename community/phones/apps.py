from typing import override

from django.apps import AppConfig


class PhonesConfig(AppConfig):
    name = "community.phones"
    label = "phones"

    @override
    def ready(self) -> None:
        from community.foundation.events import together
        from community.foundation.registers import upkeep
        from community.people.events import SessionsEnded
        from community.phones.handlers import on_sessions_ended
        from community.phones.services import forget_old_keys

        together(SessionsEnded, on_sessions_ended)
        upkeep.add("phones: forget keys nobody asked for in 60 days", forget_old_keys)

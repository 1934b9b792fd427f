from typing import override

from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "groups.chat"
    label = "chat"

    @override
    def ready(self) -> None:
        from community.foundation.events import together
        from community.foundation.registers import marks
        from community.people.events import PersonRenamed
        from groups.chat.handlers import on_farewell, on_renamed
        from groups.chat.rules import reached_before
        from groups.passages.events import SeatFarewell

        together(SeatFarewell, on_farewell)
        together(PersonRenamed, on_renamed)
        marks.add("chat: position at a moment", reached_before)

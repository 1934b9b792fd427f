from typing import override

from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "groups.chat"
    label = "chat"

    @override
    def ready(self) -> None:
        from community.foundation.registers import marks
        from groups.chat.rules import reached_before

        marks.add("chat: position at a moment", reached_before)

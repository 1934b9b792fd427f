from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChatConfig(AppConfig):
    name = "groups.chat"
    label = "chat"

    @override
    def ready(self) -> None:
        from community.foundation.events import together
        from community.foundation.registers import NoticeKind, marks, notices
        from community.people.events import PersonRenamed
        from groups.chat.handlers import on_farewell, on_renamed
        from groups.chat.rules import reached_before
        from groups.passages.events import SeatFarewell

        together(SeatFarewell, on_farewell)
        together(PersonRenamed, on_renamed)
        says = _("What you wrote is in your room now. Thank you for waiting.")
        notices.add("words_released", NoticeKind(says=says, link="room", takes="group_id"))
        marks.add("chat: position at a moment", reached_before)

from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChatConfig(AppConfig):
    name = "groups.chat"
    label = "chat"

    @override
    def ready(self) -> None:
        from community.foundation.events import together
        from community.foundation.registers import Chapter, NoticeKind, copies, marks, notices, pinned
        from community.people.events import PersonRenamed
        from groups.chat.copying import messages, reactions
        from groups.chat.handlers import on_farewell, on_renamed
        from groups.chat.reading import pinned_in
        from groups.chat.rules import reached_before
        from groups.passages.events import SeatFarewell

        copies.add("messages", Chapter(title=_("What you wrote in your rooms"), tell=messages))
        copies.add("reactions", Chapter(title=_("Reactions you gave"), tell=reactions))
        together(SeatFarewell, on_farewell)
        together(PersonRenamed, on_renamed)
        says = _("What you wrote is in your room now. Thank you for waiting.")
        notices.add("words_released", NoticeKind(says=says, link="room", takes="group_id", of_room=True))
        pinned.add("chat: messages", pinned_in)
        marks.add("chat: position at a moment", reached_before)

from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JoiningConfig(AppConfig):
    """How somebody comes in: a card or a mail, and the questions of the first day."""

    name = "community.joining"
    label = "joining"

    @override
    def ready(self) -> None:
        from community.foundation.registers import NoticeKind, notices, reminders, upkeep
        from community.joining import services
        from community.joining.reading import ending_soon
        from community.joining.tasks import send_waiting

        says = _("Somebody who came with a card of yours needs another room.")
        notices.add(services.NEEDS_ROOM, NoticeKind(says=says, link="invitations"))
        reminders.add("joining: invitations that end soon", ending_soon)
        upkeep.add("joining: forget names 30 days after an invitation", services.forget_names)
        upkeep.add("joining: invitations that leave by mail", send_waiting)

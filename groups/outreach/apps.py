from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutreachConfig(AppConfig):
    """Nobody is left standing at the door: what newcomers do on their first day, and who is told."""

    name = "groups.outreach"
    label = "outreach"

    @override
    def ready(self) -> None:
        from community.consent.events import ConsentRevoked
        from community.foundation.events import together
        from community.foundation.registers import NoticeKind, notices
        from community.programs.events import Enrolled
        from groups.outreach import handlers

        for kind, says in (
            ("newcomer_hello", _("Somebody new said hello in your group.")),
            ("newcomer_looks", _("Somebody new is looking around in your group.")),
        ):
            notices.add(kind, NoticeKind(says=says, link="room", takes="group_id"))
        together(Enrolled, handlers.on_enrolled)
        together(ConsentRevoked, handlers.on_consent_revoked)

from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MilestonesConfig(AppConfig):
    name = "community.milestones"
    label = "milestones"

    @override
    def ready(self) -> None:
        from community.foundation.registers import NoticeKind, notices
        from community.milestones.services import WOULD_TALK

        says = _("Somebody in your group would like to talk with you.")
        notices.add(WOULD_TALK, NoticeKind(says=says, link="desk_person", takes="enrollment_id"))

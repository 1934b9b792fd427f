from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    name = "community.programs"
    label = "programs"

    @override
    def ready(self) -> None:
        from community.foundation.registers import NoticeKind, conflicts, grounds, notices, upkeep
        from community.programs.rules import cares_for, treats_among
        from community.programs.services import WOULD_TALK
        from community.programs.tasks import end_due_appointments

        conflicts.add("programs: treats them", treats_among)
        grounds.add("programs: cares for", cares_for)
        says = _("Somebody in your group would like to talk with you.")
        notices.add(WOULD_TALK, NoticeKind(says=says, link="desk_person", takes="enrollment_id"))
        upkeep.add("programs: appointments that are over", end_due_appointments)

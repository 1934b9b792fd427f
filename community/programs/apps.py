from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    name = "community.programs"
    label = "programs"

    @override
    def ready(self) -> None:
        from community.foundation.events import together
        from community.foundation.registers import (
            Chapter,
            NoticeKind,
            conflicts,
            copies,
            grounds,
            in_peace,
            last_here,
            notices,
            signed_out_sooner,
            upkeep,
            with_who_asks,
        )
        from community.programs.copying import in_a_program, times
        from community.programs.events import Appointed, AppointmentEnded
        from community.programs.handlers import bind_devices, free_devices
        from community.programs.rules import cares_for, holds_any, is_away, treats_among, works_somewhere
        from community.programs.services import WOULD_TALK
        from community.programs.tasks import end_due_appointments

        together(Appointed, bind_devices)
        together(AppointmentEnded, free_devices)
        signed_out_sooner.add("programs: holds an appointment", holds_any)
        copies.add("programs", Chapter(title=_("Your programs and groups"), tell=times))
        last_here.add("programs: in a program, or working for one", in_a_program)
        conflicts.add("programs: treats them", treats_among)
        grounds.add("programs: cares for", cares_for)
        with_who_asks.add("works_here", works_somewhere)
        in_peace.add("programs: away", is_away)
        says = _("Somebody in your group would like to talk with you.")
        notices.add(WOULD_TALK, NoticeKind(says=says, link="desk_person", takes="enrollment_id"))
        upkeep.add("programs: appointments that are over", end_due_appointments)

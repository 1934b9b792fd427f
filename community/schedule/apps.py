from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScheduleConfig(AppConfig):
    """Who is on call when, and what a room may say of it."""

    name = "community.schedule"
    label = "schedule"

    @override
    def ready(self) -> None:
        from community.foundation.events import together
        from community.foundation.registers import NoticeKind, notices, on_call, urgent
        from community.programs.events import AppointmentEnded
        from community.schedule import tasks
        from community.schedule.desk import OPEN
        from community.schedule.handlers import on_appointment_ended
        from community.schedule.reading import on_call_here

        notices.add(OPEN, NoticeKind(says=_("A shift needs somebody."), link="desk_on_call"))
        on_call.add("schedule: who is on call where I may be", on_call_here)
        urgent.add("schedule: open again what nobody answers for", tasks.fall_silent)
        urgent.add("schedule: ask who is on call", tasks.ask)
        urgent.add("schedule: end the shifts that are over", tasks.finish)
        together(AppointmentEnded, on_appointment_ended)

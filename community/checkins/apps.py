from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CheckinsConfig(AppConfig):
    """How a day is, said in five words: private, and shared by choice, one day at a time."""

    name = "community.checkins"
    label = "checkins"

    @override
    def ready(self) -> None:
        from community.checkins.copying import days
        from community.checkins.handlers import on_episode_over
        from community.checkins.reading import shared_at_the_desk
        from community.checkins.rules import shared_by_choice
        from community.checkins.services import REMINDER, SHARED
        from community.checkins.tasks import remind_due
        from community.foundation import registers
        from community.foundation.events import together
        from community.foundation.registers import Chapter, NoticeKind
        from community.programs.events import EnrollmentEnded, Graduated

        says = _("This is the reminder you asked for.")
        registers.notices.add(REMINDER, NoticeKind(says=says, link="check_ins"))
        says = _("Somebody shared something with you.")
        registers.notices.add(SHARED, NoticeKind(says=says, link="desk_check_ins", takes="enrollment_id"))
        registers.copies.add("check_ins", Chapter(title=_("Your check-ins"), tell=days))
        registers.grounds.add("checkins: shared by choice", shared_by_choice)
        registers.about_people.add("checkins: what somebody shared", shared_at_the_desk)
        registers.upkeep.add("checkins: reminders people set", remind_due)
        together(EnrollmentEnded, on_episode_over)
        together(Graduated, on_episode_over)

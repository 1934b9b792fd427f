from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """What needs a named person, with a clock: the ground on which rooms are kept and people are looked after."""

    name = "community.cases"
    label = "cases"

    @override
    def ready(self) -> None:
        from community.cases import tasks
        from community.cases.desk.telling import NOW, WAITS
        from community.cases.reading import waiting_at_the_desk
        from community.foundation import registers
        from community.foundation.registers import NoticeKind

        says = _("Something at your desk needs a person.")
        registers.notices.add(WAITS, NoticeKind(says=says, link="desk_case", takes="case_id"))
        registers.notices.add(NOW, NoticeKind(says=says, link="desk_case", takes="case_id", always=True))
        registers.reminders.add("desk: what needs a person", waiting_at_the_desk)
        registers.upkeep.add("desk: free again what nobody gave a sign of", tasks.give_back)
        registers.upkeep.add("desk: tell more people of what nobody took", tasks.tell_others)

from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagingConfig(AppConfig):
    """Somebody who is on call is told of what cannot wait, and if they do not answer, the next one is."""

    name = "community.paging"
    label = "paging"

    @override
    def ready(self) -> None:
        from community.cases.events import CaseChanged, CaseOpened
        from community.foundation.events import together
        from community.foundation.registers import Figure, NoticeKind, figures, notices, upkeep, urgent
        from community.paging import handlers, services, tasks
        from community.paging.desk import PAGED, TEST
        from community.schedule.events import DutyAnswered, DutyAsked

        paged = _("You are on call, and somebody needs you now.")
        test = _("A test page. Please say that you’re here.")
        notices.add(PAGED, NoticeKind(says=paged, link="desk_case", takes="case_id", always=True))
        notices.add(TEST, NoticeKind(says=test, link="desk_on_call", always=True))
        urgent.add("paging: what nobody answered goes on", tasks.escalate)
        urgent.add("paging: make the calls that are due", tasks.deliver)
        upkeep.add("paging: forget what was settled 90 days ago", services.forget)
        figures.add("pages_longest_wait_seconds", Figure("How long a call waits to be taken.", tasks.longest_wait))
        together(CaseOpened, handlers.on_opened)
        together(CaseChanged, handlers.on_changed)
        together(DutyAsked, handlers.on_asked)
        together(DutyAnswered, handlers.on_answered)

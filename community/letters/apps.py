from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LettersConfig(AppConfig):
    """How a neutral line leaves the house: an outbox with leases, carried by the worker."""

    name = "community.letters"
    label = "letters"

    @override
    def ready(self) -> None:
        from community.foundation.events import together
        from community.foundation.registers import Chapter, Figure, copies, errands, figures, upkeep
        from community.letters import services
        from community.letters.copying import reach
        from community.letters.handlers import on_closed, on_written
        from community.letters.tasks import deliver, longest_wait
        from community.notices.events import NoticeWritten
        from community.people.events import AccountClosed

        together(NoticeWritten, on_written)
        together(AccountClosed, on_closed)
        copies.add("updates", Chapter(title=_("How you hear of updates"), tell=reach))
        errands.add("letters: send what is due", deliver)
        figures.add("letters_longest_wait_seconds", Figure("How long a letter that may go waits.", longest_wait))
        upkeep.add("letters: forget what was settled 14 days ago", services.forget_settled)

from typing import override

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """How a neutral line leaves the house: an outbox with leases, carried by the worker."""

    name = "community.letters"
    label = "letters"

    @override
    def ready(self) -> None:
        from community.foundation.events import together
        from community.foundation.registers import Figure, errands, figures, upkeep
        from community.letters import services
        from community.letters.handlers import on_written
        from community.letters.tasks import deliver, longest_wait
        from community.notices.events import NoticeWritten

        together(NoticeWritten, on_written)
        errands.add("letters: send what is due", deliver)
        figures.add("letters_longest_wait_seconds", Figure("How long a letter that may go waits.", longest_wait))
        upkeep.add("letters: forget what was settled 14 days ago", services.forget_settled)

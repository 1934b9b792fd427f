from typing import override

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "community.foundation"
    label = "foundation"

    @override
    def ready(self) -> None:
        from community.foundation.api import forget_old_answers
        from community.foundation.registers import upkeep

        upkeep.add("foundation: forget first answers after 24 hours", forget_old_answers)

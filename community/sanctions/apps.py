from typing import override

from django.apps import AppConfig


class SanctionsConfig(AppConfig):
    """Who is out of every room for a while, or for good."""

    name = "community.sanctions"
    label = "sanctions"

    @override
    def ready(self) -> None:
        from community.foundation.registers import grounds, upkeep
        from community.sanctions import tasks
        from community.sanctions.rules import shuts

        grounds.add("sanctions: suspended", shuts)
        upkeep.add("sanctions: end what is over", tasks.end_over)

from typing import override

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "community.programs"
    label = "programs"

    @override
    def ready(self) -> None:
        from community.foundation.registers import grounds, upkeep
        from community.programs.rules import cares_for
        from community.programs.tasks import end_due_appointments

        grounds.add("programs: cares for", cares_for)
        upkeep.add("programs: appointments that are over", end_due_appointments)

from typing import override

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "community.programs"
    label = "programs"

    @override
    def ready(self) -> None:
        from community.foundation.registers import conflicts, grounds, upkeep
        from community.programs.rules import cares_for, treats_among
        from community.programs.tasks import end_due_appointments

        conflicts.add("programs: treats them", treats_among)
        grounds.add("programs: cares for", cares_for)
        upkeep.add("programs: appointments that are over", end_due_appointments)

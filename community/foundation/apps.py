from typing import override

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "community.foundation"
    label = "foundation"

    @override
    def ready(self) -> None:
        from django.core import checks

        from community.foundation.api import forget_old_answers
        from community.foundation.crisis import lines_are_reviewed, longest_unreviewed
        from community.foundation.registers import Figure, figures, upkeep
        from community.foundation.worker import forget_tasks, free_tasks, waiting_tasks

        upkeep.add("foundation: forget first answers after 24 hours", forget_old_answers)
        upkeep.add("foundation: free tasks of a worker that is gone", free_tasks)
        upkeep.add("foundation: forget tasks that ended 14 days ago", forget_tasks)
        figures.add("tasks_waiting", Figure("Tasks that may run and do not yet.", waiting_tasks))
        figures.add("help_line_unreviewed_days", Figure("Days since a help line was reviewed.", longest_unreviewed))
        checks.register(lines_are_reviewed, deploy=True)

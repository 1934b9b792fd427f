from typing import override

from django.apps import AppConfig


class TodayConfig(AppConfig):
    """The page that greets, and saying a day in a group. It has no tables: it asks the other rooms."""

    name = "groups.today"
    label = "today"

    @override
    def ready(self) -> None:
        from community.foundation.registers import about_days
        from groups.today.reading import say_in_a_group

        about_days.add("today: say it in a group", say_in_a_group)

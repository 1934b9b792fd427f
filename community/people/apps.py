from typing import override

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "community.people"
    label = "people"

    @override
    def ready(self) -> None:
        from community.foundation.registers import grounds
        from community.people.rules import blocked

        grounds.add("people: blocked", blocked)

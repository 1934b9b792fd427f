from typing import override

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "community.people"
    label = "people"

    @override
    def ready(self) -> None:
        from community.foundation.registers import grounds, upkeep
        from community.people.rules import blocked
        from community.people.services import forget_ended_devices

        grounds.add("people: blocked", blocked)
        upkeep.add("people: forget devices whose time is over", forget_ended_devices)

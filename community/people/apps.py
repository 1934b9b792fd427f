from typing import override

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "community.people"
    label = "people"

    @override
    def ready(self) -> None:
        from community.audit.events import BackupRestored
        from community.foundation.events import together
        from community.foundation.registers import blocks, grounds, upkeep
        from community.people.handlers import sign_everybody_out
        from community.people.rules import blocked, blocked_among
        from community.people.services import forget_ended_devices

        together(BackupRestored, sign_everybody_out)
        grounds.add("people: blocked", blocked)
        blocks.add("people: blocked", blocked_among)
        upkeep.add("people: forget devices whose time is over", forget_ended_devices)

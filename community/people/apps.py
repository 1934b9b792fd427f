from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "community.people"
    label = "people"

    @override
    def ready(self) -> None:
        from community.audit.events import BackupRestored
        from community.foundation.events import together
        from community.foundation.registers import Chapter, apart, blocks, copies, grounds, upkeep
        from community.people.copying import me
        from community.people.handlers import sign_everybody_out
        from community.people.rules import apart_by_block, blocked, blocked_among
        from community.people.services import forget_ended_devices

        together(BackupRestored, sign_everybody_out)
        copies.add("me", Chapter(title=_("You and your settings"), tell=me))
        grounds.add("people: blocked", blocked)
        apart.add("people: blocked", apart_by_block)
        blocks.add("people: blocked", blocked_among)
        upkeep.add("people: forget devices whose time is over", forget_ended_devices)

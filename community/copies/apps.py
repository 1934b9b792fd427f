from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CopiesConfig(AppConfig):
    """The copy somebody takes along of what is theirs. Every room hands in its own part."""

    name = "community.copies"
    label = "copies"

    @override
    def ready(self) -> None:
        from community.copies.reading import way_there
        from community.copies.services import TAKEN
        from community.foundation import registers
        from community.foundation.registers import NoticeKind

        says = _("Your data was downloaded. If that wasn't you, tell your facilitator.")
        registers.notices.add(TAKEN, NoticeKind(says=says, link="settings_devices", always=True))
        registers.own_pages.add("copies: a copy of one's own", way_there)

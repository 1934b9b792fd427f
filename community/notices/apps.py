from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """A word to somebody who is away. Rooms hand in what kinds there are, and ``tell`` one."""

    name = "community.notices"
    label = "notices"

    @override
    def ready(self) -> None:
        from community.foundation import registers
        from community.foundation.events import together
        from community.foundation.registers import NoticeKind
        from community.notices import services
        from community.notices.handlers import on_password_changed
        from community.people.events import PasswordChanged

        says = _("Your password was changed. If that wasn't you, tell your facilitator.")
        registers.notices.add("password_changed", NoticeKind(says=says, always=True))
        registers.upkeep.add("notices: forget what was seen 90 days ago", services.forget_seen)
        together(PasswordChanged, on_password_changed)

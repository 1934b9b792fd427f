from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AddressesConfig(AppConfig):
    """An e-mail address somebody adds themselves: it is theirs once they opened the mail that went there."""

    name = "community.addresses"
    label = "addresses"

    @override
    def ready(self) -> None:
        from community.addresses import services
        from community.addresses.tasks import send_waiting
        from community.foundation.registers import NoticeKind, notices, upkeep

        says = _("The way you sign in was changed. If that wasn't you, tell your facilitator.")
        notices.add("address_changed", NoticeKind(says=says, link="settings_address", always=True))
        upkeep.add("addresses: mails that ask whether one is somebody's", send_waiting)
        upkeep.add("addresses: forget what nobody confirmed in three days", services.forget_old)

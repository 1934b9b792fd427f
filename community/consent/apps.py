from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsentConfig(AppConfig):
    name = "community.consent"
    label = "consent"

    @override
    def ready(self) -> None:
        from community.consent.copying import agreements
        from community.foundation.registers import Chapter, copies

        copies.add("agreements", Chapter(title=_("Your agreements"), tell=agreements))

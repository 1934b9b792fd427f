from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MilestonesConfig(AppConfig):
    name = "community.milestones"
    label = "milestones"

    @override
    def ready(self) -> None:
        from community.foundation.registers import Chapter, copies
        from community.milestones.copying import counts, has_counts, tallies

        copies.add("counts", Chapter(title=_("Days you count"), tell=counts, has=has_counts))
        copies.add("tallies", Chapter(title=_("What else you count"), tell=tallies))

from typing import override

from django.apps import AppConfig


class RemembranceConfig(AppConfig):
    """The rooms of somebody who has died, in the days after."""

    name = "groups.remembrance"
    label = "remembrance"

    @override
    def ready(self) -> None:
        from community.foundation import registers
        from groups.remembrance.reading import note_of
        from groups.remembrance.rules import grieves

        registers.after_deaths.add("remembrance: a note to their rooms", note_of)
        registers.closer.add("remembrance: somebody there has died", grieves)

from typing import override

from django.apps import AppConfig


class PairsConfig(AppConfig):
    """The room of two people who walk together."""

    name = "groups.pairs"
    label = "pairs"

    @override
    def ready(self) -> None:
        from community.foundation.events import together
        from community.foundation.registers import upkeep
        from community.matches.events import MatchAccepted, MatchEnded
        from community.people.events import PersonRenamed
        from groups.pairs import handlers, tasks

        together(MatchAccepted, handlers.on_accepted)
        together(MatchEnded, handlers.on_ended)
        together(PersonRenamed, handlers.on_renamed)
        upkeep.add("pairs: whether two people talk, and never what", tasks.listen)

from typing import override

from django.apps import AppConfig


class PairsConfig(AppConfig):
    """The room of two people who walk together."""

    name = "groups.pairs"
    label = "pairs"

    @override
    def ready(self) -> None:
        from community.foundation.events import together
        from community.foundation.registers import about_matches, about_pairs, companions, upkeep
        from community.matches.events import MatchAccepted, MatchEnded
        from community.people.events import PersonRenamed
        from groups.pairs import handlers, tasks
        from groups.pairs.reading import beside_the_room, goodbye, room_of_two, to_write_to

        together(MatchAccepted, handlers.on_accepted)
        together(MatchEnded, handlers.on_ended)
        together(PersonRenamed, handlers.on_renamed)
        about_pairs.add("pairs: what belongs to the two, and whom to turn to", beside_the_room)
        companions.add("pairs: the mentor in the room of two", to_write_to)
        about_matches.add("pairs: a word to say goodbye, before a planned end", goodbye)
        about_matches.add("pairs: the room of two", room_of_two)
        upkeep.add("pairs: whether two people talk, and never what", tasks.listen)

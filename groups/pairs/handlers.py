"""What rooms of two do when two people come together, part, or go by another name."""

from community.matches.events import MatchAccepted, MatchEnded
from community.people.events import PersonRenamed
from groups.pairs import services


def on_accepted(event: MatchAccepted) -> None:
    services.open_room(match_id=event.match_id)


def on_ended(event: MatchEnded) -> None:
    services.close_room(match_id=event.match_id)


def on_renamed(event: PersonRenamed) -> None:
    services.carry_names(person_id=event.person_id)

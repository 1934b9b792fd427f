"""What seats do when something happened below."""

from community.people.events import PersonRenamed
from groups.membership import services


def on_renamed(event: PersonRenamed) -> None:
    services.rename(person_id=event.person_id)

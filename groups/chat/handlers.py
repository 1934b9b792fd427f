"""What a room says when something happened below."""

from community.people.events import PersonRenamed
from groups.chat import lines
from groups.membership.models import Membership
from groups.passages.events import SeatFarewell


def on_farewell(event: SeatFarewell) -> None:
    seat = Membership.objects.select_related("group__program").get(pk=event.membership_id)
    lines.say_system(group=seat.group, code="time_ended", about=seat)


def on_renamed(event: PersonRenamed) -> None:
    lines.carry_name(person_id=event.person_id)

"""What an appointment means for the devices its person is signed in on."""

from community.people import services as people
from community.programs.events import Appointed, AppointmentEnded
from community.programs.rules import holds_any


def bind_devices(event: Appointed) -> None:
    people.bind_devices(person_id=event.person_id)


def free_devices(event: AppointmentEnded) -> None:
    if not holds_any(event.person_id):
        people.free_devices(person_id=event.person_id)

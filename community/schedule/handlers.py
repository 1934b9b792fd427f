"""What a roster makes of facts that are told below."""

from community.people.models import Person
from community.programs.events import AppointmentEnded
from community.schedule import services as schedule


def on_appointment_ended(event: AppointmentEnded) -> None:
    schedule.leave(person=Person.objects.filter(pk=event.person_id).get())

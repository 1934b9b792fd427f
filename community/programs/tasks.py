"""What happens to programs by itself."""

from community.foundation import clock
from community.programs import services as programs
from community.programs.models import Appointment


def end_due_appointments() -> int:
    """End what is over by its own date, one transaction each; returns how many."""
    due = Appointment.objects.due(clock.now()).order_by("ends", "pk")
    return sum(programs.expire(appointment=one) for one in due)

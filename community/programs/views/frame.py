"""What the frame around every page shows of the desk."""

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest

from community.foundation import clock
from community.programs.models import Appointment


def frame(request: HttpRequest) -> dict[str, Callable[[], bool]]:
    """For templates: ``works_here``, whether there is a way to the desk; asked once, where a page shows it."""

    @cache
    def works_here() -> bool:
        person = getattr(request, "user", None)
        if person is None or not person.is_authenticated:
            return False
        return Appointment.objects.of(person.pk).live(clock.now()).exists()

    return {"works_here": works_here}

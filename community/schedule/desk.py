"""What the verbs of a roster have in common: an end of somebody's duty, and who hears that a shift is open."""

from datetime import datetime

from community.foundation import clock
from community.foundation.events import publish
from community.notices import services as notices
from community.people.models import Person
from community.programs.querysets import RUNS
from community.schedule.events import DutyAsked, RosterChanged
from community.schedule.models import Duty, Shift
from community.schedule.plans import Ending
from community.schedule.rules import staff_of

OPEN = "shift_is_open"


def begin_asking(duty: Duty, now: datetime) -> None:
    """Send the test page, and save the row. Publishes DutyAsked."""
    duty.ask(now)
    duty.save()
    publish(DutyAsked(duty_id=duty.pk, person_id=duty.person_id, program_id=duty.shift.program_id))


def end(duty: Duty, ending: Ending) -> None:
    """They are on call no more; what is left of the shift is open. Publishes RosterChanged."""
    duty.end(ending, clock.now())
    duty.save()
    shift = duty.shift
    if ending != Ending.OVER and shift.person_id is not None:
        shift.person = None
        shift.save(update_fields=["person"])
    publish(RosterChanged(program_id=shift.program_id))


def tell_it_is_open(shift: Shift, *, but: Person | None = None) -> None:
    """Tell who runs the program that a shift needs somebody."""
    runs = staff_of(shift.program, clock.now()).filter(role__in=RUNS).select_related("person")
    people = {one.person_id: one.person for one in runs if but is None or one.person_id != but.pk}
    for key in sorted(people):
        notices.tell(person=people[key], notice=OPEN, about=shift.pk)

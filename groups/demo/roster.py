"""Who is on call in the demo: one shift taken and answered, one begun that nobody took, and a gap."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from community.foundation import clock
from community.people.models import Person
from community.programs.models import Program
from community.schedule import services as schedule
from community.schedule.plans import Times
from community.schedule.rules import staff_of

HOUR = timedelta(hours=1)
EVENING, NIGHT = time(17), time(22)
SINCE, LASTS = 1, 5  # hours
PLANNED, GAP = (1, 2, 4), 3  # days from now


def fill(programs: Mapping[str, Program], dana: Person, now: datetime) -> None:
    """Dana is on call for the Evening program; its third evening from now is nobody's yet.

    Harbor's shift has begun, and who it is planned for has not taken it: its rooms say that nobody reads.
    """
    evening, harbor = (programs[track] for track in ("addiction", "mental_health"))
    schedule.set_coverage(program=evening, wanted={"contact_name": "Night desk", "contact_mail": "night@clinic.test"})
    with clock.turned(-SINCE * HOUR):
        taken = schedule.plan(
            program=evening, begins=clock.now(), ends=clock.now() + (SINCE + LASTS) * HOUR, person=dana
        )
        schedule.take(shift=taken, by=dana)
        schedule.answer(shift=taken, by=dana)
    others = _others(evening, dana)
    for ahead in (*PLANNED, GAP):
        day = (now + timedelta(days=ahead)).astimezone(ZoneInfo(evening.zone)).date()
        person = None if ahead == GAP else others[ahead % len(others)]
        schedule.plan_weeks(program=evening, times=Times(day=day, starts=EVENING, ends=NIGHT), person=person)
    untaken = _others(harbor, dana)
    schedule.plan(program=harbor, begins=now, ends=now + LASTS * HOUR, person=untaken[0])


def _others(program: Program, dana: Person) -> list[Person]:
    """Who else may be on call there; Dana herself where nobody else may."""
    held = staff_of(program, clock.now()).filter(program=program).select_related("person").order_by("person__alias")
    return [one.person for one in held if one.person_id != dana.pk] or [dana]

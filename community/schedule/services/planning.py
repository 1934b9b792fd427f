"""A roster as it is planned: shifts on the clock of their program, for somebody or still for nobody."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock, inputs
from community.foundation.errors import Conflict, Missing
from community.foundation.events import publish
from community.people.models import Person
from community.programs.models import Program
from community.programs.rules import runs_program
from community.schedule.desk import end
from community.schedule.events import RosterChanged
from community.schedule.models import Shift
from community.schedule.plans import AHEAD_MOST, SHIFT_LEAST, SHIFT_MOST, WEEKS_MOST, Ending, Times
from community.schedule.rules import may_be_on_call, shift_of


@transaction.atomic
def plan(
    *, program: Program, begins: datetime, ends: datetime, person: Person | None = None, by: Person | None = None
) -> Shift:
    """Put a shift into the roster, for ``person`` or for nobody yet. Who doesn't run the program plans their own alone.

    Raises NotAllowed and Invalid. Publishes RosterChanged.
    """
    if by is not None:
        _may_plan(by, program, person)
    _judged(begins, ends)
    _insist_works_there(program, person)
    row = Shift.objects.create(program=program, begins=begins, ends=ends, person=person)
    publish(RosterChanged(program_id=program.pk))
    audit.record(action="shift.plan", actor=by.pk if by else None, subject=f"shift:{row.pk}")
    return row


@transaction.atomic
def plan_weeks(
    *, program: Program, times: Times, person: Person | None = None, by: Person | None = None
) -> list[Shift]:
    """Put a shift into the roster as often as ``times`` says, on the clock of the program: all of them or none.

    Raises NotAllowed and Invalid. Publishes RosterChanged.
    """
    inputs.whole(times.weeks, at="/weeks", least=1, most=WEEKS_MOST)
    zone, over_night = ZoneInfo(program.zone), times.ends <= times.starts
    made = []
    for week in range(times.weeks):
        first = times.day + timedelta(weeks=week)
        begins = clock.on_the_wall(first, times.starts, zone)
        ends = clock.on_the_wall(first + timedelta(days=int(over_night)), times.ends, zone)
        made.append(plan(program=program, begins=begins, ends=ends, person=person, by=by))
    return made


@transaction.atomic
def plan_for(*, shift: Shift, person: Person | None, by: Person) -> Shift:
    """Plan a shift that nobody has taken for somebody else, or for nobody.

    Raises Missing, NotAllowed, Invalid and Conflict. Publishes RosterChanged.
    """
    row = _untaken(shift, by)
    _may_plan(by, row.program, person)
    if row.person_id not in {None, by.pk}:
        runs_program.require(by, row.program)
    _insist_works_there(row.program, person)
    row.person = person
    row.save(update_fields=["person"])
    publish(RosterChanged(program_id=row.program_id))
    audit.record(action="shift.plan_for", actor=by.pk, subject=f"shift:{row.pk}")
    return row


@transaction.atomic
def call_off(*, shift: Shift, by: Person) -> Shift:
    """Take a shift out of the roster; who had it is on call no more. Raises Missing and NotAllowed.

    Publishes RosterChanged.
    """
    runs_program.require(by, shift_of(by, shift.pk).program)
    row = Shift.objects.standing().locked_one(shift.pk)
    if row is None:
        raise Missing
    row.called_off = clock.now()
    row.save(update_fields=["called_off"])
    duty = row.duties.lasting().select_related("shift").first()
    if duty is not None:
        end(duty, Ending.CALLED_OFF)
    else:
        publish(RosterChanged(program_id=row.program_id))
    audit.record(action="shift.call_off", actor=by.pk, subject=f"shift:{row.pk}")
    return row


def _may_plan(by: Person, program: Program, person: Person | None) -> None:
    may_be_on_call.require(by, program)
    if person is None or person.pk != by.pk:
        runs_program.require(by, program)


def _insist_works_there(program: Program, person: Person | None) -> None:
    if person is not None and not may_be_on_call(person, program):
        inputs.refuse("/person", "choice", _("Only who leads a group here, or runs the program, can be on call."))


def _untaken(shift: Shift, by: Person) -> Shift:
    shift_of(by, shift.pk)
    row = Shift.objects.standing().locked_one(shift.pk)
    if row is None:
        raise Missing
    if row.duties.lasting().exists():
        raise Conflict(_("Somebody has this shift already."), code="taken")
    return row


def _judged(begins: Any, ends: Any) -> None:
    now = clock.now()
    if ends <= now:
        inputs.refuse("/ends", "past", _("This would be over already."))
    if begins > now + AHEAD_MOST:
        inputs.refuse("/begins", "range", _("Plan at most three months ahead."))
    if not SHIFT_LEAST <= ends - begins <= SHIFT_MOST:
        inputs.refuse("/ends", "range", _("A shift lasts half an hour to a day."))

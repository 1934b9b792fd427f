"""Who works here, as what, and who could."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef

from community.foundation import clock
from community.foundation.times import date_words
from community.people.models import Person
from community.people.querysets import PersonQuerySet
from community.programs.models import Appointment, Enrollment, Outcome, Program, StaffRole

LAST_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class StaffRow:
    """What somebody does here. Needs ``to_show()``."""

    appointment: Appointment

    @property
    def until(self) -> str:
        """The last whole day, on the clock of the program."""
        ends, program = self.appointment.ends, self.appointment.program
        if ends is None or program is None:
            return ""
        return date_words((ends - LAST_SECOND).astimezone(ZoneInfo(program.zone)).date())


def roles_in(program: Program, held: Iterable[Appointment]) -> list[str]:
    """What somebody who holds these appointments is there: each role once, however many groups it is for."""
    theirs = {one.role for one in held if one.program_id in {None, program.pk}}
    return [str(role.label) for role in StaffRole if role in theirs]


def may_work_in(program: Program) -> PersonQuerySet:
    """Who can be asked to work for a program: colleagues of any, and people who finished this one."""
    live = Appointment.objects.live(clock.now()).filter(person=OuterRef("pk"))
    finished = Enrollment.objects.filter(person=OuterRef("pk"), program=program, outcome=Outcome.GRADUATED)
    return Person.objects.filter(Exists(live) | Exists(finished))

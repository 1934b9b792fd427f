"""Somebody on call, and what is to be looked after there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from community.cases import services as cases
from community.cases.models import Case, StepKind
from community.cases.plans import Reason
from community.foundation import clock
from community.paging.models import Page
from community.people.models import Person
from community.programs.models import Program
from community.schedule import services as schedule
from community.schedule.models import Shift
from groups.demo.services import World

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def shift(
    program: Program, person: Person | None = None, *, starts: timedelta = -MINUTE, lasts: timedelta = 5 * HOUR
) -> Shift:
    """One in the roster; if nothing is said, it has just begun."""
    begins = clock.now() + starts
    return schedule.plan(program=program, begins=begins, ends=begins + lasts, person=person)


def on_call(program: Program, person: Person, *, lasts: timedelta = 5 * HOUR) -> Shift:
    """A shift that ``person`` has taken and answered for."""
    made = shift(program, lasts=lasts)
    schedule.take(shift=made, by=person)
    schedule.answer(shift=made, by=person)
    return made


def worry(world: World, about: Person | None = None, *, reason: Reason = Reason.WORRIED) -> Case:
    """We are told of somebody in the evening program: Ana, if nobody is named."""
    subject = about or world.ana
    told = cases.Telling(
        reason=reason, subject=subject, about=f"person:{subject.pk}", program=world.evening, cohort=world.cohort
    )
    return cases.open_case(told=told)


@contextmanager
def after(**length: int) -> Iterator[None]:
    """So much later."""
    with clock.turned(timedelta(**length)):
        yield


def paged(case: Case) -> list[str]:
    """Who was paged about it so far, in order, as the case's own timeline says."""
    told = case.steps.filter(kind__in=[StepKind.PAGED, StepKind.PAGED_CONTACT, StepKind.OFF_HOURS]).order_by("number")
    return [one.note or one.kind for one in told]


def waiting(case: Case) -> list[Page]:
    return list(Page.objects.open().of_case(case.pk))

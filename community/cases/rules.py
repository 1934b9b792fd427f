"""Whose cases are whose: what is not for somebody is not there."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from uuid import UUID

from community.cases.models import Case
from community.cases.querysets import CaseQuerySet, looking
from community.foundation import clock, ties
from community.foundation.errors import Missing
from community.foundation.rules import rule
from community.people.models import Person
from community.programs.models import Appointment, Enrollment
from community.programs.querysets import AppointmentQuerySet


def apart_from(people: Iterable[UUID]) -> set[UUID]:
    """Who has a tie of their own to one of these people, and so decides nothing about them; a question a register."""
    return {other for person in people for other in ties.of(person)}


@rule
def leads_or_runs(by: Person, person: Person) -> bool:
    """Leads a group the person is or was in, or runs its program, today; and is not that person."""
    return by.pk != person.pk and Enrollment.objects.of_staff(by.pk, clock.now()).of(person.pk).exists()


@rule
def has_no_tie(by: Person, person: Person) -> bool:
    """Has nothing of their own with the person: grief decides nothing alone, and neither does a quarrel."""
    return person.pk not in apart_from([by.pk])


def untied(case: Case) -> AppointmentQuerySet:
    """What people do here today who have no tie to anybody the case has to do with, themselves included."""
    return _untied(case, Appointment.objects.live(clock.now()))


def reviewers(case: Case) -> set[UUID]:
    """Who may look at a decision in it from outside today; none who has a tie to anybody it has to do with."""
    return set(_untied(case, Appointment.objects.reviewing(clock.now())).values_list("person_id", flat=True))


def _untied(case: Case, held: AppointmentQuerySet) -> AppointmentQuerySet:
    parties = set(case.parties.values_list("person_id", flat=True))
    return held.for_program(case.program_id).exclude(person__in=parties | apart_from(parties))


def lookers(case: Case) -> set[UUID]:
    """Who may look into it today: :meth:`CaseQuerySet.open_to`, asked the other way round."""
    by_reach = looking(case.program_id, case.cohort_id).items()
    theirs = reduce(or_, (held for reach, held in by_reach if case.reach >= reach))
    return set(untied(case).filter(theirs).values_list("person_id", flat=True))


def cases_of(person: Person) -> CaseQuerySet:
    """All that this person may look into today, open and closed."""
    return Case.objects.open_to(person.pk, clock.now(), apart=apart_from([person.pk]))


def case_of(person: Person, case_id: UUID) -> Case:
    """One that this person may look into. Raises Missing: "not there" and "not yours" are one."""
    found = cases_of(person).to_show().filter(pk=case_id).first()
    if found is None:
        raise Missing
    return found

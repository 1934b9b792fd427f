"""Who may keep two people apart, and whose page that is. Neither of the two ever learns of it, by any door."""

from uuid import UUID

from community.cases.rules import apart_from, has_no_tie, leads_or_runs
from community.foundation import clock
from community.foundation.errors import Missing
from community.foundation.rules import rule
from community.keep_apart.models import KeepApart
from community.keep_apart.querysets import KeepApartQuerySet
from community.people.models import Person
from community.programs.models import Appointment, Enrollment
from community.programs.querysets import AppointmentQuerySet, EnrollmentQuerySet

may_decide_about = leads_or_runs & has_no_tie


@rule
def runs_where_they_work(by: Person, person: Person) -> bool:
    """Runs a program the person works in, or worked in; and is not that person."""
    return by.pk != person.pk and Appointment.objects.run_by(by.pk, clock.now()).of(person.pk).exists()


@rule
def may_keep_apart(by: Person, two: tuple[Person, Person]) -> bool:
    """Leads or runs where one of them is or was, and where the other is, was or works; and has no tie to either."""
    in_care = [one for one in two if leads_or_runs(by, one)]
    known = all(one in in_care or runs_where_they_work(by, one) for one in two)
    return bool(in_care) and known and all(has_no_tie(by, one) for one in two)


def kept_by_staff(by: Person) -> KeepApartQuerySet:
    """Those that stand, of people this person leads or runs. What has to do with a tie of theirs is not there."""
    tied = apart_from([by.pk])
    rows = KeepApart.objects.standing().of_staff(by.pk, clock.now()).to_show()
    return rows.exclude(one__in=tied).exclude(other__in=tied)


def kept_one(by: Person, apart_id: UUID) -> KeepApart:
    """One that stands. Raises Missing."""
    found = kept_by_staff(by).filter(pk=apart_id).first()
    if found is None:
        raise Missing
    return found


def others_for(by: Person, person: Person) -> EnrollmentQuerySet:
    """Whom somebody may be kept apart from, by an episode each: everybody else this person leads or runs."""
    theirs = Enrollment.objects.of_staff(by.pk, clock.now()).exclude(person__in=_not_offered(by, person))
    return theirs.to_show().order_by("person__alias", "-began", "pk")


def staff_for(by: Person, person: Person) -> AppointmentQuerySet:
    """The same of who works in a program this person runs, or worked there, by an appointment each."""
    theirs = Appointment.objects.run_by(by.pk, clock.now()).exclude(person__in=_not_offered(by, person))
    return theirs.to_show().order_by("person__alias", "-began", "pk")


def _not_offered(by: Person, person: Person) -> set[UUID]:
    return {person.pk, by.pk} | apart_from([by.pk])

"""Who may keep two people apart, and whose page that is. Neither of the two ever learns of it, by any door."""

from uuid import UUID

from community.cases.rules import apart_from, has_no_tie, leads_or_runs
from community.foundation import clock
from community.foundation.errors import Missing
from community.foundation.rules import rule
from community.keep_apart.models import KeepApart
from community.keep_apart.querysets import KeepApartQuerySet
from community.people.models import Person
from community.programs.models import Enrollment
from community.programs.querysets import EnrollmentQuerySet

may_decide_about = leads_or_runs & has_no_tie


@rule
def may_keep_apart(by: Person, two: tuple[Person, Person]) -> bool:
    """Leads or runs where each of them is or was, and has no tie to either."""
    return all(may_decide_about(by, one) for one in two)


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
    theirs = Enrollment.objects.of_staff(by.pk, clock.now()).exclude(person__in=[person.pk, by.pk])
    return theirs.to_show().order_by("person__alias", "-began", "pk")

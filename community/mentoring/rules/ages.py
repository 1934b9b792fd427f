"""Who is of age. A birthday counts where it is known; where it is not, what the program is for says so."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.conf import settings

from community.foundation import clock
from community.mentoring.plans.codes import ADULT
from community.people.models import Identity, Person
from community.programs.models import AgeBand, Enrollment


def birth_dates(people: Iterable[UUID]) -> dict[UUID, date | None]:
    """As far as they are known; for rules alone, never to be shown."""
    return {one.person_id: one.birth_date for one in Identity.objects.filter(person__in=list(people))}


def years(born: date, today: date) -> int:
    """Whole years; who was born on 29 February has their birthday on 1 March in other years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def is_minor(person: Person) -> bool:
    """Under the age of the organization (settings.MAJORITY, years), by birthday in their zone.

    Where no birthday is known, who was ever in a program for minors is one.
    """
    born = birth_dates([person.pk]).get(person.pk)
    if born is not None:
        return years(born, clock.today(person.zone)) < settings.MAJORITY
    among_minors = Enrollment.objects.of(person.pk).filter(program__age_band=AgeBand.MINORS)
    return among_minors.exists()


def is_adult(person: Person, born: date | None, *, among_minors: bool) -> bool:
    """18 or older by birthday in their zone; not known is no for who was in a program for minors."""
    return years(born, clock.today(person.zone)) >= ADULT if born is not None else not among_minors

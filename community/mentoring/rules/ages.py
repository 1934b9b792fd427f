"""Who is of age. A birthday counts where it is known; where it is not, what the program is for says so."""

from collections.abc import Iterable, Mapping
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
    return person.pk in minors([person], birth_dates([person.pk]))


def minors(people: Iterable[Person], born: Mapping[UUID, date | None]) -> set[UUID]:
    """Who of these is one, the same for many; ``born`` as :func:`birth_dates` tells it."""
    asked = list(people)
    known = {one.pk: day for one in asked if (day := born.get(one.pk)) is not None}
    found = {one.pk for one in asked if one.pk in known and years(known[one.pk], _today(one)) < settings.MAJORITY}
    if len(known) < len(asked):
        among_minors = Enrollment.objects.filter(program__age_band=AgeBand.MINORS)
        unknown = [one.pk for one in asked if one.pk not in known]
        found |= set(among_minors.filter(person__in=unknown).values_list("person_id", flat=True))
    return found


def is_adult(person: Person, born: date | None, *, among_minors: bool) -> bool:
    """18 or older by birthday in their zone; not known is no for who was in a program for minors."""
    return years(born, _today(person)) >= ADULT if born is not None else not among_minors


def _today(person: Person) -> date:
    return clock.today(person.zone)

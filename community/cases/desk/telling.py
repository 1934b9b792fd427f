"""Who hears that something needs a person: first who is nearest and may, then who runs the program."""

import logging
from uuid import UUID

from community.cases.models import Case
from community.cases.plans import Priority, Reach
from community.cases.querysets import looking
from community.cases.rules import untied
from community.notices import services as notices
from community.people.models import Person
from community.programs.querysets import AppointmentQuerySet

log = logging.getLogger(__name__)
WAITS = "needs_a_person"
NOW = "needs_a_person_now"  # heard at any hour, whatever somebody chose


def tell_first(case: Case) -> int:
    """Tell those who are nearest to it; returns how many that are. Volunteers are never first where a life may be."""
    return _tell(case, _nearest(case))


def tell_second(case: Case) -> int:
    """Tell also who runs the program."""
    return _tell(case, {**_nearest(case), **_runs(case, untied(case))})


def tell_holder(case: Case) -> int:
    """Tell who has it that there is more."""
    return _tell(case, {case.holder.pk: case.holder} if case.holder else {})


def _tell(case: Case, people: dict[UUID, Person]) -> int:
    kind = NOW if case.priority == Priority.P0 else WAITS
    for key in sorted(people):
        notices.tell(person=people[key], notice=kind, about=case.pk)
    if not people:
        log.error("nobody may look into a case", extra={"case": str(case.pk)})
    return len(people)


def _nearest(case: Case) -> dict[UUID, Person]:
    held, by_reach = untied(case), looking(case.program_id, case.cohort_id)
    near = min(Reach(case.reach), Reach.STAFF if case.priority == Priority.P0 else Reach.ROOM)
    nearest = {} if near == Reach.LEAD else _people(held.filter(by_reach[near]))
    return nearest or _runs(case, held)


def _runs(case: Case, held: AppointmentQuerySet) -> dict[UUID, Person]:
    """Who runs the program; where nobody does, who runs the organization."""
    runs = held.running()
    return _people(runs.filter(program=case.program_id)) or _people(runs)


def _people(held: AppointmentQuerySet) -> dict[UUID, Person]:
    return {one.person_id: one.person for one in held.select_related("person")}

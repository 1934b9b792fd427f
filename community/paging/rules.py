"""Whom a page goes to: who is on call and may look into it, the next one, who runs the program, its contact."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from community.cases.models import Case
from community.cases.rules import cases_of, lookers, untied
from community.foundation.errors import Missing
from community.paging.models import Call, Page
from community.people.models import Person
from community.schedule.models import Coverage
from community.schedule.rules import coverage_of, on_duty


def on_call(case: Case, now: datetime) -> list[Person]:
    """Who is on call where the case is, the longest there first; whether they may look into it is another question."""
    return on_duty(case.program, now) if case.program else []


def able(case: Case, people: list[Person], *, but: Collection[UUID] = ()) -> list[Person]:
    """Those of them who may look into it today."""
    may = lookers(case) - set(but) if people else set()
    return [one for one in people if one.pk in may]


def leads(case: Case, *, but: Collection[UUID] = ()) -> list[Person]:
    """Who runs the program and has no tie to anybody it is about; where none does, who runs the organization."""
    held = list(untied(case).running().exclude(person__in=but).select_related("person"))
    ours = [one for one in held if one.program_id is not None]
    found = {one.person_id: one.person for one in ours or held}
    return [found[key] for key in sorted(found)]


def contact_of(case: Case) -> Coverage | None:
    """The program's emergency contact; None where none is set."""
    coverage = coverage_of(case.program) if case.program else None
    return coverage if coverage is not None and coverage.has_contact else None


def called_about(case: Case) -> list[Call]:
    """Who is called about it just now, in the order of the calls; an answered page calls nobody any more."""
    calls = Call.objects.filter(page__case=case, page__settled=None).select_related("person")
    return list(calls.order_by("created", "pk"))


def page_of(person: Person, page_id: UUID) -> Page:
    """A page about something that this person may look into. Raises Missing."""
    found = Page.objects.filter(case__in=cases_of(person), pk=page_id).first()
    if found is None:
        raise Missing
    return found

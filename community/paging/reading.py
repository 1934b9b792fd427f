"""Pages that wait for an answer, as who may give it reads them."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from community.cases.reading import CaseRow, rows_of
from community.cases.rules import cases_of
from community.foundation import clock
from community.foundation.times import clock_time
from community.paging.models import Page
from community.people.models import Person


@dataclass(frozen=True, slots=True)
class PageRow:
    """One that waits, with what it is about; ``mine``: it went to the reader."""

    page: Page
    row: CaseRow
    mine: bool
    at: str


def waiting_for(person: Person) -> list[PageRow]:
    """What nobody answered yet and ``person`` may look into, one a case, the most urgent on top."""
    cases = {one.pk: one for one in cases_of(person).still_open().to_show().most_urgent_first()}
    waiting = Page.objects.open().filter(case__in=list(cases)).prefetch_related("calls").order_by("created", "pk")
    latest = {page.case_id: page for page in waiting}
    rows = rows_of(person, [case for key, case in cases.items() if key in latest])
    return [_row(person, latest[row.case.pk], row) for row in rows]


def _row(person: Person, page: Page, row: CaseRow) -> PageRow:
    mine = any(call.person_id == person.pk for call in page.calls.all())
    return PageRow(page, row, mine, clock_time(page.created.astimezone(ZoneInfo(person.zone))))


def shape_page(one: PageRow) -> dict[str, Any]:
    """One that waits, as the API says it."""
    page = one.page
    return {
        "id": str(page.pk),
        "case": str(page.case_id),
        "why": page.why,
        "paged": clock.moment(page.created),
        "mine": one.mine,
        "next": clock.moment(page.next_due),
        "contact": clock.moment(page.contact_due),
    }

"""What a page makes of what happens to a case, and of who comes on call. All of it in the same transaction."""

from community.cases.events import CaseChanged, CaseOpened
from community.cases.models import Case, StepKind
from community.paging import services as paging
from community.paging.plans import Why
from community.people.models import Person
from community.schedule.events import DutyAnswered, DutyAsked
from community.schedule.models import Duty

FREED = frozenset({StepKind.LAPSED, StepKind.HANDED_OVER, StepKind.PASSED})


def on_opened(event: CaseOpened) -> None:
    paging.page(case=Case.objects.filter(pk=event.case_id).get(), why=Why.OPENED)


def on_changed(event: CaseChanged) -> None:
    """More of it pages, and so does what nobody has any more, or again; what somebody does about it answers them."""
    case = Case.objects.filter(pk=event.case_id).get()
    last = case.steps.select_related("by").latest("number")
    if last.kind == StepKind.TOLD_AGAIN:
        paging.page(case=case, why=Why.CRY)
    elif last.kind == StepKind.REOPENED:
        paging.page(case=case, why=Why.FREE)  # who opened it again did not say that they have it
    elif last.kind in FREED:
        paging.settle_case(case_id=case.pk, by=None)
        paging.page(case=case, why=Why.FREE, but=[last.by.pk] if last.by else [])
    elif last.by is not None:
        paging.settle_case(case_id=case.pk, by=last.by)


def on_asked(event: DutyAsked) -> None:
    paging.test(duty=Duty.objects.filter(pk=event.duty_id).to_show().get())


def on_answered(event: DutyAnswered) -> None:
    person = Person.objects.filter(pk=event.person_id).get()
    paging.settle_test(duty_id=event.duty_id, by=person)
    if event.first:
        paging.wake(person=person, program_id=event.program_id)

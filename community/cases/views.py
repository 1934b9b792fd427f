"""The queue and one case, for who looks into what somebody told us; every press works without a script."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.cases import services as cases
from community.cases.forms import PriorityForm, ResolveForm, StepForm, TalkedForm, WaitForm
from community.cases.models import Case
from community.cases.reading import rows_of, view_of
from community.cases.rules import case_of, cases_of
from community.foundation import clock
from community.foundation.errors import Missing
from community.foundation.web import Request, done, page_of
from community.people.models import Person
from community.programs.rules import works_here
from community.programs.views.common import insist

LATELY = timedelta(days=30)


@require_safe
@login_required
def queue(request: Request) -> HttpResponse:
    """Everything that needs a person, the most urgent on top. Nothing for who works for none."""
    insist(works_here, request, None)
    page = page_of(request, cases_of(request.user).still_open().to_show().most_urgent_first())
    context = {"page": page, "rows": rows_of(request.user, list(page)), "closed": False}
    return render(request, "cases/queue.html", context)


@require_safe
@login_required
def closed(request: Request) -> HttpResponse:
    """What was closed in the last thirty days, the newest on top."""
    insist(works_here, request, None)
    page = page_of(request, cases_of(request.user).closed_since(clock.now() - LATELY).to_show())
    context = {"page": page, "rows": rows_of(request.user, list(page)), "closed": True}
    return render(request, "cases/queue.html", context)


@require_safe
@login_required
def case(request: Request, case_id: UUID) -> HttpResponse:
    """One case: what we were told, what was said, what was done, and what may be done."""
    return _page(request, case_of(request.user, case_id))


@dataclass(frozen=True, slots=True)
class Press:
    """One press on a case: its form, what the service does, and what the page says afterwards."""

    form: Callable[[Any, Case], StepForm]
    verb: Callable[[Case, Person, Any], object]
    says: Callable[[], str]
    leaves: bool = False  # whether one goes back to the queue


def _plain(data: Any, _case: Case) -> StepForm:
    return StepForm(data)


def _said(form: Any) -> dict[str, Any]:
    return {"version": form.cleaned_data["version"], "note": form.cleaned_data["note"]}


PRESSES: dict[str, Press] = {
    "take": Press(
        _plain,
        lambda case, by, form: cases.take(case=case, by=by, version=form.cleaned_data["version"]),
        lambda: _("You have it."),
    ),
    "hand-on": Press(
        _plain,
        lambda case, by, form: cases.hand_on(case=case, by=by, **_said(form)),
        lambda: _("Handed on. Who may take it was told."),
        leaves=True,
    ),
    "note": Press(
        _plain, lambda case, by, form: cases.note(case=case, by=by, **_said(form)), lambda: _("Written down.")
    ),
    "talked": Press(
        lambda data, _case: TalkedForm(data),
        lambda case, by, form: cases.talked(
            case=case, by=by, reached=form.cleaned_data["reached"] == "yes", **_said(form)
        ),
        lambda: _("Written down."),
    ),
    "wait": Press(
        lambda data, _case: WaitForm(data),
        lambda case, by, form: cases.wait(
            case=case, by=by, for_clinician=form.cleaned_data["waits_for"] == "clinician", **_said(form)
        ),
        lambda: _("It waits, and stays with you."),
    ),
    "priority": Press(
        lambda data, case: PriorityForm(data, case=case),
        lambda case, by, form: cases.set_priority(
            case=case, by=by, priority=form.cleaned_data["priority"], **_said(form)
        ),
        lambda: _("Weighed anew."),
    ),
    "resolve": Press(
        lambda data, _case: ResolveForm(data),
        lambda case, by, form: cases.resolve(
            case=case, by=by, outcome=form.cleaned_data["outcome"], facts=form.facts, **_said(form)
        ),
        lambda: _("Closed. If somebody told us, they hear that it was looked at, and nothing more."),
        leaves=True,
    ),
    "reopen": Press(
        _plain, lambda case, by, form: cases.reopen(case=case, by=by, **_said(form)), lambda: _("It is open again.")
    ),
}


@require_POST
@login_required
def step(request: Request, case_id: UUID, step: str) -> HttpResponse:
    """One press; what was wrong is said beside it, and what somebody wrote stays there."""
    shown = case_of(request.user, case_id)
    press = PRESSES.get(step)
    if press is None:
        raise Missing
    form = press.form(request.POST, shown)
    if form.done(lambda: press.verb(shown, request.user, form)):
        return done(request, press.says(), *(["desk_queue"] if press.leaves else ["desk_case", case_id]))
    return _page(request, case_of(request.user, case_id), tried=step, form=form)


@require_POST
@login_required
def stay(request: Request, case_id: UUID) -> HttpResponse:
    """I am still here, says the page while it is looked at."""
    cases.stay(case=case_of(request.user, case_id), by=request.user)
    return HttpResponse(status=204) if request.headers.get("X-Quiet") else redirect("desk_case", case_id)


def _page(request: Request, shown: Case, *, tried: str = "", form: StepForm | None = None) -> HttpResponse:
    forms: dict[str, StepForm] = {}
    for name, press in PRESSES.items():
        made = form if form is not None and name == tried else press.form(None, shown)
        made.initial["version"] = shown.version
        forms[name.replace("-", "_")] = made
    context = {"view": view_of(request.user, shown), "forms": forms, "tried": tried, "version": shown.version}
    return render(request, "cases/case.html", context, status=form.status if form else 200)

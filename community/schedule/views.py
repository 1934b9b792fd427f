"""The roster of a program, one shift, and what a program says of its hours; every press works without a script."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.foundation import clock, inputs
from community.foundation.errors import Conflict, Invalid, Missing
from community.foundation.web import Request, done, typed
from community.people.models import Person
from community.programs.models import Program
from community.programs.rules import runs_program
from community.schedule import services as schedule
from community.schedule.forms import CoverageForm, PlanForm, WhoForm
from community.schedule.models import Shift
from community.schedule.plans import lack_words
from community.schedule.reading import line_of, row_of, week_view
from community.schedule.rules import coverage_of, lacks, program_on_call, shift_of, staff_of
from community.schedule.times import week_of


@require_safe
@login_required
def roster(request: Request, program_id: UUID) -> HttpResponse:
    """A week of shifts, with whose each is and what somebody should look at. Nothing for who may not be on call."""
    program = program_on_call(request.user, program_id)
    context = {
        "program": program,
        "week": week_view(program, request.user, _week(request, program)),
        "line": line_of(program.pk, request.user),
        "runs": runs_program(request.user, program),
    }
    return render(request, "schedule/roster.html", context)


def _week(request: Request, program: Program) -> date:
    """The Monday of the week that ``?week=`` names by any of its days; else of this one."""
    try:
        asked = inputs.day(request.GET["week"], at="/week")
    except (KeyError, Invalid):
        asked = clock.today(program.zone)
    return week_of(asked)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def plan(request: Request, program_id: UUID) -> HttpResponse:
    """Put a shift into the roster. Who doesn't run the program plans their own."""
    program = program_on_call(request.user, program_id)
    form = PlanForm(_people(request.user, program), typed(request), day=clock.today(program.zone))
    if request.method == "POST" and form.done(
        lambda: schedule.plan_weeks(program=program, times=form.times, person=form.chosen, by=request.user)
    ):
        return done(request, _("It is in the roster."), "desk_roster", program.pk)
    context = {"program": program, "form": form, "runs": runs_program(request.user, program)}
    return render(request, "schedule/plan.html", context, status=form.status)


def _people(person: Person, program: Program) -> list[Person]:
    """For whom somebody may plan: everybody who may be on call, or themselves alone."""
    if not runs_program(person, program):
        return [person]
    held = staff_of(program, clock.now()).select_related("person").order_by("person__alias", "person")
    return list({one.person_id: one.person for one in held}.values())


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def shift(request: Request, shift_id: UUID) -> HttpResponse:
    """One shift: plan it for somebody else, or call it off."""
    found = shift_of(request.user, shift_id)
    row = row_of(request.user, found)
    if not row.may_change:
        raise Missing
    form = WhoForm(_people(request.user, found.program), typed(request), initial={"person": str(found.person_id or "")})
    if request.method == "POST" and form.done(
        lambda: schedule.plan_for(shift=found, person=form.chosen, by=request.user)
    ):
        return done(request, _("Saved."), "desk_roster", found.program_id)
    return render(request, "schedule/shift.html", {"row": row, "form": form}, status=form.status)


@dataclass(frozen=True, slots=True)
class Press:
    """One press on a shift, and what the page says afterwards."""

    verb: Callable[[Shift, Request], object]
    says: Callable[[], str]


PRESSES: dict[str, Press] = {
    "take": Press(
        lambda found, request: schedule.take(shift=found, by=request.user),
        lambda: _("You have taken it. It counts once you answer the test page."),
    ),
    "here": Press(
        lambda found, request: schedule.answer(shift=found, by=request.user, rang="rang" in request.POST),
        lambda: _("Thank you. The rooms say that you are on call."),
    ),
    "hand-back": Press(
        lambda found, request: schedule.hand_back(shift=found, by=request.user),
        lambda: _("Handed back. Who runs the program hears that it is open."),
    ),
    "call-off": Press(
        lambda found, request: schedule.call_off(shift=found, by=request.user),
        lambda: _("It is no more in the roster."),
    ),
}


@require_POST
@login_required
def step(request: Request, shift_id: UUID, step: str) -> HttpResponse:
    """One press; what was too late is said on the page that shows how it is now."""
    found, press = shift_of(request.user, shift_id), PRESSES.get(step)
    if press is None:
        raise Missing
    try:
        press.verb(found, request)
    except Conflict as conflict:
        return _too_late(request, found, conflict)
    to = ["desk_on_call"] if request.POST.get("back") == "on-call" else ["desk_roster", found.program_id]
    return done(request, press.says(), *to)


def _too_late(request: Request, found: Shift, conflict: Conflict) -> HttpResponse:
    now = shift_of(request.user, found.pk)
    context = {"row": row_of(request.user, now), "too_late": conflict.detail}
    return render(request, "schedule/too_late.html", context, status=conflict.status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def coverage(request: Request, program_id: UUID) -> HttpResponse:
    """What the program says of its hours, and whom it pages when nobody here answers; for who runs it."""
    program = program_on_call(request.user, program_id)
    if not runs_program(request.user, program):
        raise Missing
    known = coverage_of(program)
    form = CoverageForm.of(known, typed(request))
    if request.method == "POST" and form.done(
        lambda: schedule.set_coverage(program=program, wanted=form.cleaned_data, by=request.user)
    ):
        return done(request, _("Saved."), "desk_roster", program.pk)
    missing = [lack_words(one) for one in lacks(program, clock.now())]
    context = {"program": program, "form": form, "missing": missing, "known": known}
    return render(request, "schedule/coverage.html", context, status=form.status)

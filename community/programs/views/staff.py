"""Who works for a program: chosen among people one knows, given work, and let go."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.foundation import clock, looked_for
from community.foundation.errors import Missing
from community.foundation.web import Request, done, page_of, typed
from community.people.models import Person
from community.programs import services as programs
from community.programs.forms import AppointForm, StepForm
from community.programs.models import Program, StaffRole
from community.programs.reading import StaffRow, may_work_in
from community.programs.rules import appointment_ranked, may_dismiss, ranks_above, runs_organization, runs_program
from community.programs.views.common import insist, program_of

OFFERED = (StaffRole.FACILITATOR, StaffRole.MODERATOR, StaffRole.COORDINATOR, StaffRole.REVIEWER)
TYPED_MOST = 254


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def candidates(request: Request, program_id: UUID) -> HttpResponse:
    """People I may ask to work here, by part of a name; for who runs the organization, by address too."""
    program = _run(request, program_id)
    if request.method == "POST":
        asked = request.POST.get("name", "")[:TYPED_MOST].replace("\x00", "").strip()
        query = {"found": looked_for.keep(request, asked)} if asked else {}
        return redirect(reverse("desk_candidates", args=[program.pk], query=query))
    typed = looked_for.kept(request)
    found = may_work_in(program).named(typed)
    if "@" in typed and runs_organization(request.user, None):
        found = Person.objects.at(typed)
    page = page_of(request, found.order_by("alias", "pk"))
    return render(
        request,
        "programs/desk_candidates.html",
        {"program": program, "typed": typed, "page": page, "found": request.GET.get("found", "")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def appoint(request: Request, program_id: UUID, person_id: UUID) -> HttpResponse:
    program = _run(request, program_id)
    anybody = runs_organization(request.user, None)
    person = (Person.objects.all() if anybody else may_work_in(program)).filter(pk=person_id).first()
    if person is None:
        raise Missing
    cohorts = program.cohorts.not_over(clock.today(program.zone)).order_by("name", "pk")
    form = AppointForm(OFFERED, cohorts, program.zone, typed(request))
    if request.method == "POST" and form.done(
        lambda: programs.appoint(person=person, program=program, by=request.user, **form.cleaned_data)
    ):
        return done(request, _("%(name)s works here now.") % {"name": person.alias}, "desk_program", program.pk)
    context = {"form": form, "program": program, "person": person}
    return render(request, "programs/desk_appoint.html", context, status=form.status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def dismiss(request: Request, appointment_id: UUID) -> HttpResponse:
    held = appointment_ranked(request.user, appointment_id)
    if held.program_id is None:  # who works for all programs stands on the page of none
        raise Missing
    insist(may_dismiss, request, held)
    form = StepForm(typed(request))
    if request.method == "POST" and form.done(lambda: programs.dismiss(appointment=held, by=request.user)):
        return done(
            request, _("%(name)s's work here has ended.") % {"name": held.person.alias}, "desk_program", held.program_id
        )
    context = {"form": form, "row": StaffRow(held), "renews": ranks_above(request.user, held.person)}
    return render(request, "programs/desk_dismiss.html", context, status=form.status)


def _run(request: Request, program_id: UUID) -> Program:
    program = program_of(request, program_id)
    insist(runs_program, request, program)
    return program

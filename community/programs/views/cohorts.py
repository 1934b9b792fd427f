"""Cohorts at the desk: opened, looked at with their people, changed, given their times."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.foundation import clock
from community.foundation.times import zone_words
from community.foundation.web import Request, done, page_of, typed
from community.programs import services as programs
from community.programs.forms import CohortForm, WeekForm
from community.programs.models import Cohort, Enrollment
from community.programs.reading import CohortRow, PersonRow, advice, slot_words
from community.programs.rules import may_change_cohort, may_open_cohort
from community.programs.views.common import cohort_of, insist, program_of


@require_safe
@login_required
def cohort(request: Request, cohort_id: UUID) -> HttpResponse:
    """A cohort I lead: when it meets, and who is in it today; or, asked for, whose time in it has ended."""
    shown, past = cohort_of(request, cohort_id), request.GET.get("show") == "past"
    episodes = Enrollment.objects.of_staff(request.user.pk, clock.now()).filter(cohort=shown).with_phase().to_show()
    page = page_of(request, episodes.ended().latest_end_first() if past else episodes.open().by_name())
    context = {
        "row": CohortRow(shown, clock.now()),
        "cohort": shown,
        "week": [slot_words(slot) for slot in shown.slots.all()],
        "advice": advice(shown),
        "runs": may_change_cohort(request.user, shown.program),
        "past": past,
        "page": page,
        "people": [PersonRow(one) for one in page],
    }
    return render(request, "programs/desk_cohort.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def open_cohort(request: Request, program_id: UUID) -> HttpResponse:
    program = program_of(request, program_id)
    insist(may_open_cohort, request, program)
    first = {"zone": program.zone, "starts": clock.today(program.zone), "capacity": 12}
    form = CohortForm(typed(request), initial=first)
    opened: list[Cohort] = []
    if request.method == "POST" and form.done(
        lambda: opened.append(programs.open_cohort(program=program, wanted=form.cleaned_data, by=request.user))
    ):
        return done(
            request, _("The group is open, and so is its room. Now say when it meets."), "desk_times", opened[0].pk
        )
    return render(request, "programs/desk_cohort_open.html", {"form": form, "program": program}, status=form.status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change_cohort(request: Request, cohort_id: UUID) -> HttpResponse:
    shown = cohort_of(request, cohort_id)
    insist(may_change_cohort, request, shown.program)
    form = CohortForm.of(shown, typed(request))
    if request.method == "POST" and form.done(
        lambda: programs.change_cohort(cohort=shown, wanted=form.cleaned_data, by=request.user)
    ):
        return done(request, _("Saved."), "desk_cohort", shown.pk)
    return render(request, "programs/desk_cohort_change.html", {"form": form, "cohort": shown}, status=form.status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def times(request: Request, cohort_id: UUID) -> HttpResponse:
    """When a cohort meets, a row a time. ``more`` only asks for more rows; nothing is kept then."""
    shown = cohort_of(request, cohort_id)
    if request.method != "POST":
        form = WeekForm.of(list(shown.slots.all()))
    elif "more" in request.POST:
        form = WeekForm.longer(request.POST)
    else:
        form = WeekForm.typed(request.POST)
        if form.done(lambda week: programs.set_slots(cohort=shown, slots=week, by=request.user)):
            return done(request, _("Saved."), "desk_cohort", shown.pk)
    seen = {"form": form, "cohort": shown, "zone": zone_words(shown.zone)}
    return render(request, "programs/desk_times.html", seen, status=form.status)

"""Programs at the desk: opened, looked at, changed."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.foundation import clock
from community.foundation.registers import gaps
from community.foundation.web import Request, done, page_of, typed
from community.programs import services as programs
from community.programs.forms import OpenProgramForm, ProgramForm
from community.programs.models import AgeBand, Appointment, Cohort, Track
from community.programs.profiles import profile_of
from community.programs.reading import CohortRow, StaffRow, roles_in
from community.programs.rules import may_change_program, runs_organization, runs_program
from community.programs.views.common import insist, program_of


@require_safe
@login_required
def program(request: Request, program_id: UUID) -> HttpResponse:
    """A program I work for: its groups as far as I lead them and, for who runs it, its staff."""
    shown, now = program_of(request, program_id), clock.now()
    runs = runs_program(request.user, shown)
    cohorts = Cohort.objects.of_staff(request.user.pk, now).filter(program=shown).with_people().to_show()
    page = page_of(request, cohorts.newest_first())
    held = Appointment.objects.standing(now).to_show()
    context = {
        "program": shown,
        "preset": preset(Track(shown.track), shown.age_band),
        "runs": runs,
        "page": page,
        "rows": [CohortRow(cohort, now) for cohort in page],
        "staff": [StaffRow(one) for one in held.filter(program=shown).order_by("person__alias", "began", "pk")]
        if runs
        else [],
        "gaps": [says for found in gaps for says in found(shown)] if runs else [],
        "roles": roles_in(shown, held.of(request.user.pk)),
    }
    return render(request, "programs/desk_program.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def open_program(request: Request) -> HttpResponse:
    """First which track, with what it brings along; then the rest."""
    insist(runs_organization, request, None)
    track = request.POST.get("track") or request.GET.get("track")
    if track not in Track.values:
        return render(request, "programs/desk_tracks.html", {"tracks": [preset(one) for one in Track]})
    form = OpenProgramForm(track, typed(request), initial={"zone": request.user.zone})
    if request.method == "POST" and form.done(lambda: programs.open_program(by=request.user, **form.cleaned_data)):
        return done(request, _("The program is open. Now open its first group."), "desk")
    context = {"form": form, "preset": preset(Track(track))}
    return render(request, "programs/desk_program_open.html", context, status=form.status)


def preset(track: Track, age_band: str = "") -> dict[str, object]:
    """What a track brings along, for people; where teens' ages are still to be chosen, for both."""
    profile = profile_of(track, age_band)
    minors = profile_of(track, AgeBand.MINORS).weekly_hours if track == Track.TEEN and not age_band else None
    return {"track": track, "walled": profile.walled, "days": profile.history_days, "hours": profile.weekly_hours,
            "minors": minors}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change_program(request: Request, program_id: UUID) -> HttpResponse:
    shown = program_of(request, program_id)
    insist(may_change_program, request, shown)
    form = ProgramForm.of(shown, typed(request))
    if request.method == "POST" and form.done(
        lambda: programs.change_program(program=shown, wanted=form.cleaned_data, by=request.user)
    ):
        return done(request, _("Saved."), "desk_program", shown.pk)
    return render(request, "programs/desk_program_change.html", {"form": form, "program": shown}, status=form.status)

"""A program's ladders at the desk: looked at, changed, and set back to how programs begin."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.foundation.errors import Missing
from community.foundation.web import Request, done, typed
from community.milestones import services as milestones
from community.milestones.desk import ladder_of
from community.milestones.forms import BeginningForm, LadderForm
from community.milestones.ladders import BY_TIMES, LadderKind, kinds
from community.milestones.models import KINDS
from community.milestones.reading import ladders_shown
from community.programs.models import Program
from community.programs.rules import program_run_by

ASKS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def ladders(request: Request, program_id: UUID) -> HttpResponse:
    """Which days count in a program I run, with their chips."""
    program = program_run_by(request.user, program_id)
    return render(request, "milestones/ladders.html", {"program": program, "ladders": ladders_shown(program)})


@ASKS
@login_required
def ladder(request: Request, program_id: UUID, kind: str) -> HttpResponse:
    """The steps of one ladder, a row a step, and how they look in light and dark.

    ``more`` asks for more rows and ``look`` for the chips of what is typed; nothing is kept then.
    """
    program, found = _found(request, program_id, kind)
    form = LadderForm.sent(request.POST, found) if request.method == "POST" else None
    if (
        form
        and form.judged
        and form.done(
            lambda steps: milestones.set_ladder(
                program=program, kind=found, steps=steps, by=request.user, **form.besides
            )
        )
    ):
        return done(request, _("Saved. What people shared stays as it was."), "desk_ladders", program.pk)
    shown = form or LadderForm.of(ladder_of(program, found), found)
    if shown.stale:
        shown.version = ladder_of(program, found).version  # whoever has looked at it may replace it
    about = {"program": program, "kind": found.value, "title": KINDS[found], "times": found in BY_TIMES}
    context = {**about, "form": shown}
    return render(request, "milestones/ladder.html", context, status=shown.status)


@ASKS
@login_required
def ladder_beginning(request: Request, program_id: UUID, kind: str) -> HttpResponse:
    """Back to what programs begin with."""
    program, found = _found(request, program_id, kind)
    form = BeginningForm(found, typed(request))
    if request.method == "POST" and form.done(
        lambda: milestones.reset_ladder(program=program, kind=found, by=request.user, **form.cleaned_data)
    ):
        return done(request, _("Saved. What people shared stays as it was."), "desk_ladders", program.pk)
    context = {"program": program, "kind": found.value, "title": KINDS[found], "form": form}
    return render(request, "milestones/ladder_beginning.html", context, status=form.status)


def _found(request: Request, program_id: UUID, kind: str) -> tuple[Program, LadderKind]:
    """A program I run and one of its ladders. Raises Missing, also for one it cannot have."""
    program = program_run_by(request.user, program_id)
    if kind not in kinds(counts_days=program.profile.counts_days):
        raise Missing
    return program, LadderKind(kind)

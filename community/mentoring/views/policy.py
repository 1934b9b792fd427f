"""What a program asks of its mentors, at the desk of who runs it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.foundation import inputs
from community.foundation.web import Request, done, typed
from community.mentoring import services as mentoring
from community.mentoring.forms import PolicyForm
from community.mentoring.rules import policy_of, usual_policy
from community.programs.models import AgeBand
from community.programs.rules import program_run_by


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def policy(request: Request, program_id: UUID) -> HttpResponse:
    """What my program asks, to be changed; who changed it meanwhile is not overwritten unseen."""
    program = program_run_by(request.user, program_id)
    kept = policy_of(program)
    form = PolicyForm(program, usual_policy(program), typed(request), initial=model_to_dict(kept))
    version = _number(request.POST.get("version", "")) if request.method == "POST" else kept.version
    if request.method == "POST" and form.done(
        lambda: mentoring.set_policy(program=program, wanted=form.wanted, version=version, by=request.user)
    ):
        return done(request, _("Saved. Who walks together already goes on as before."), "desk_program", program.pk)
    context = {
        "form": form,
        "program": program,
        "said": kept.version > 0,
        "minors": program.age_band == AgeBand.MINORS,
        "version": kept.version if form.stale else version,  # whoever has looked at it may replace it
    }
    return render(request, "mentoring/desk_policy.html", context, status=form.status)


def _number(typed: str) -> int | str:
    """As the service judges it; what is no number is left for it to refuse."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= inputs.INT_DIGITS else typed

"""How matching goes, in numbers."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.foundation.web import Request
from community.matches.reading.outcomes import declines_of, load_of, outcomes_of
from community.programs.rules import program_run_by


@require_safe
@login_required
def outcomes(request: Request, program_id: UUID) -> HttpResponse:
    """Of the last year, and no small number."""
    program = program_run_by(request.user, program_id)
    context = {
        "program": program,
        "outcomes": outcomes_of(program),
        "load": load_of(program),
        "declines": declines_of(program),
    }
    return render(request, "matches/outcomes.html", context)

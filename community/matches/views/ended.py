"""Who parted lately, and why."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.foundation.web import Request, page_of
from community.matches import services as matches
from community.matches.reading.ended import ended_lately, ended_rows
from community.programs.rules import program_run_by


@require_safe
@login_required
def ended(request: Request, program_id: UUID) -> HttpResponse:
    """Two who walked together and parted in the last thirty days; the board has them no more."""
    program = program_run_by(request.user, program_id)
    page = page_of(request, ended_lately(request.user, program))
    if len(page):
        matches.note_look_at_ended(program_id=program.pk, by=request.user)
    context = {"program": program, "page": page, "rows": ended_rows(page, request.user, program)}
    return render(request, "matches/ended.html", context)

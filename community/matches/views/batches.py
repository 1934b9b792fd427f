"""A proposal for everybody who waits: asked for, looked at, taken over."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from community.foundation import clock
from community.foundation.errors import Missing
from community.foundation.web import Request, done
from community.matches import services as matches
from community.matches.models import Batch
from community.matches.reading.batches import preview_of
from community.mentoring.rules import request_of_staff
from community.programs.rules import program_run_by


@require_safe
@login_required
def batch(request: Request, program_id: UUID) -> HttpResponse:
    """The newest, before anything is done with it."""
    program = program_run_by(request.user, program_id)
    theirs = Batch.objects.of(program.pk)
    asked = theirs.being_worked_out(clock.now()).first()
    made = Batch.objects.of(program.pk).made_first().select_related("program").first()
    context = {
        "program": program,
        "asked": asked,
        "lost": asked is None and theirs.asked().exists(),
        "preview": preview_of(made, request.user) if made is not None else None,
    }
    return render(request, "matches/batch.html", context)


@require_POST
@login_required
def ask(request: Request, program_id: UUID) -> HttpResponse:
    """Let it be worked out anew."""
    program = program_run_by(request.user, program_id)
    matches.ask_for_all(program=program, by=request.user)
    return done(request, _("It is being worked out. We leave you a word when it is there."), "desk_batch", program.pk)


@require_POST
@login_required
def take_over(request: Request, program_id: UUID, batch_id: UUID) -> HttpResponse:
    """Suggest what it proposes; each pair is looked at again."""
    program = program_run_by(request.user, program_id)
    found = Batch.objects.of(program.pk).select_related("program").filter(pk=batch_id).first()
    if found is None:
        raise Missing
    number = len(matches.take_over(batch=found, by=request.user))
    words = ngettext("%(count)d card is suggested.", "%(count)d cards are suggested.", number) % {"count": number}
    return done(request, words, "desk_board", program.pk)


@require_POST
@login_required
def best(request: Request, request_id: UUID) -> HttpResponse:
    """The best three for one person, at once."""
    hoping = request_of_staff(request.user, request_id)
    number = len(matches.suggest(request=hoping, by=request.user))
    if not number:
        return done(request, _("Nobody may be suggested just now."), "desk_suggest", hoping.pk)
    words = ngettext("%(count)d card is suggested.", "%(count)d cards are suggested.", number) % {"count": number}
    return done(request, words, "desk_board", hoping.program_id)

"""Who is on call, what is mine there, and what waits for an answer."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.foundation import clock
from community.foundation.errors import Missing
from community.foundation.web import Request, done
from community.paging import services as paging
from community.paging.reading import waiting_for
from community.paging.rules import page_of
from community.schedule.reading import mine_of, on_call_here


@require_safe
@login_required
def on_call(request: Request) -> HttpResponse:
    """Everything about being on call on one page. Nothing for who may not be."""
    now = clock.now()
    programs = on_call_here(request.user, now)
    if not programs:
        raise Missing
    context = {"programs": programs, "rows": mine_of(request.user, now), "pages": waiting_for(request.user)}
    return render(request, "schedule/on_call.html", context)


@require_POST
@login_required
def answer(request: Request, page_id: UUID) -> HttpResponse:
    """I have it, with one press; it goes on to the page that says what it is."""
    found = page_of(request.user, page_id)
    row = paging.acknowledge(page=found, by=request.user)
    mine = row.holder_id == request.user.pk
    return done(request, _("You have it.") if mine else _("Answered. Somebody has it already."), "desk_case", row.pk)
